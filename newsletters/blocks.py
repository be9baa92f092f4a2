"""The blocks of which a letter is built. Each is written once and read as mail, as text, as page and on paper.

Every block has four templates: NAME.mail.html, NAME.txt, NAME.html and NAME.paper.html (`READINGS`).
A block that lacks one fails the tests. What fills itself is read when the letter is made, so that all readers of
an issue get the same words.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail import blocks

from events.models import Event
from prose import blocks as shared
from prose.blocks import Fact, RichWords

# Endings of the templates that every block has.
READINGS = (".mail.html", ".txt", ".html", ".paper.html")
# What a tired reader takes in (ux.md 2i).
MOST_NEWS, MOST_ACTIVITIES, DAYS = 3, 6, 14


class Picture(shared.Picture):
    """As on a page. Its words go with it to who sees no pictures."""


class Button(shared.Button):
    """The one thing that a letter asks for."""

    class Meta:
        description = gettext_lazy("Det viktigaste man kan göra. Högst en i ett brev.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        address = value["page"].url if value.get("page") else value["address"]
        return context | {"url": absolute(address or "/")}


class News(blocks.PageChooserBlock):
    """A piece of news: its headline, its first words and the way to the rest."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = value.specific if value else None
        return context | {"news": page, "url": absolute((page and page.url) or "/")}


class Coming(blocks.StructBlock):
    """What happens in the next days. Fills itself when the letter is made."""

    days = blocks.IntegerBlock(
        label=gettext_lazy("så många dagar framåt"), min_value=1, max_value=60, default=DAYS
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
        until = now + timedelta(days=value["days"] or DAYS)
        soon = Event.objects.upcoming(now).filter(cancelled_at=None).with_occasions()
        rows = [
            (event, occasion, absolute(event.url))
            for event in soon
            if (occasion := event.next_occasion(now)) and occasion.starts_at <= until
        ][: value["count"] or MOST_ACTIVITIES]
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
    text = RichWords(label=gettext_lazy("Text"), icon="pilcrow")
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
