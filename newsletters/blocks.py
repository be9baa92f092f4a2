"""The blocks of which a letter is built. Each is written once and read as mail, as text, as page and on paper.

Every block has four templates: NAME.mail.html, NAME.txt, NAME.html and NAME.paper.html (`READINGS`).
A block that lacks one fails the tests. What fills itself is read when the letter is made, so that all readers of
an issue get the same words.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from events.models import Event

# Endings of the templates that every block has.
READINGS = (".mail.html", ".txt", ".html", ".paper.html")
RICH = ["bold", "italic", "link", "ol", "ul"]
# What a tired reader takes in (ux.md 2i).
MOST_NEWS, MOST_ACTIVITIES = 3, 6


class Fact(blocks.StructBlock):
    term = blocks.CharBlock(label=gettext_lazy("vad"), max_length=40)
    value = blocks.CharBlock(label=gettext_lazy("svar"), max_length=200)

    class Meta:
        label_format = "{term}: {value}"


class Picture(blocks.StructBlock):
    image = ImageChooserBlock(label=gettext_lazy("bild"))
    alt = blocks.CharBlock(
        label=gettext_lazy("beskriv bilden för den som inte ser"), required=False, max_length=200
    )
    decorative = blocks.BooleanBlock(
        label=gettext_lazy("bilden är bara dekoration"), required=False
    )

    class Meta:
        label = gettext_lazy("Bild")
        icon = "image"
        label_format = "{alt}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value["alt"] and not value["decorative"]:
            text = _("Beskriv bilden, eller kryssa i att den bara är dekoration.")
            raise StructBlockValidationError(block_errors={"alt": ValidationError(text)})
        return value


class Button(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("text på knappen"), max_length=40)
    address = blocks.CharBlock(
        label=gettext_lazy("adress"),
        max_length=300,
        help_text=gettext_lazy("Till exempel /aktiviteter/ eller https://"),
    )

    class Meta:
        label = gettext_lazy("Knapp")
        icon = "arrow-right"
        label_format = "{text}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value["address"].startswith(("/", "https://")):
            text = _("Adressen ska börja med / eller https://")
            raise StructBlockValidationError(block_errors={"address": ValidationError(text)})
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"url": absolute(value["address"])}


class News(blocks.PageChooserBlock):
    """A piece of news: its headline, its first words and the way to the rest."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = value.specific
        return context | {"news": page, "url": absolute(page.url or "/")}


class Coming(blocks.StructBlock):
    """What happens in the next days. Fills itself when the letter is made."""

    days = blocks.IntegerBlock(
        label=gettext_lazy("så många dagar framåt"), min_value=1, max_value=60, default=14
    )
    count = blocks.IntegerBlock(
        label=gettext_lazy("högst så många"),
        min_value=1,
        max_value=MOST_ACTIVITIES,
        default=MOST_ACTIVITIES,
    )

    class Meta:
        label = gettext_lazy("Det här händer")
        icon = "date"
        label_format = "{days}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        now = timezone.now()
        until = now + timedelta(days=value["days"])
        soon = Event.objects.upcoming(now).filter(cancelled_at=None).with_occasions()
        rows = [
            (event, occasion, absolute(event.url))
            for event in soon
            if (occasion := event.next_occasion(now)) and occasion.starts_at <= until
        ][: value["count"]]
        return context | {"rows": rows, "all_url": absolute("/aktiviteter/")}


def absolute(address: str) -> str:
    """In a mailbox there is no site to start from."""
    return settings.SITE_URL + address if address.startswith("/") else address


class LetterBody(blocks.StreamBlock):
    """The body of a letter."""

    summary = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("punkt"), max_length=120),
        label=gettext_lazy("Kort sagt"),
        icon="doc-full",
        min_num=1,
        max_num=3,
    )
    heading = blocks.CharBlock(label=gettext_lazy("Rubrik"), icon="title", max_length=80)
    text = blocks.RichTextBlock(label=gettext_lazy("Text"), icon="pilcrow", features=RICH)
    news = News(label=gettext_lazy("Nyhet"), icon="doc-full-inverse", page_type="pages.NewsPage")
    coming = Coming()
    facts = blocks.ListBlock(Fact(), label=gettext_lazy("Fakta"), icon="table")
    image = Picture()
    button = Button()

    class Meta:
        required = False
        max_num = 20
        block_counts: ClassVar = {
            "summary": {"max_num": 1},
            "coming": {"max_num": 1},
            "button": {"max_num": 1},
            "news": {"max_num": MOST_NEWS},
        }
