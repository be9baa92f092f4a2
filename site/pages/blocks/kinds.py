"""The blocks that have several fields."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from events.models import Event
from pages.blocks.texts import RichText
from prose import blocks as shared
from prose.blocks import Checked

# Sites whose films a block may link to.
FILM_HOSTS = {"youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com"}
# A shorter transcript cannot be one, in words (ux.md A9).
SHORTEST_TRANSCRIPT = 100
# Most things that one list shows (ux.md 3.3).
LONGEST_LIST = 6


class Heading(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("rubrik"), max_length=80)
    level = blocks.ChoiceBlock(
        label=gettext_lazy("nivå"),
        choices=[("h2", gettext_lazy("Rubrik")), ("h3", gettext_lazy("Underrubrik"))],
        default="h2",
    )

    class Meta:
        label = gettext_lazy("Rubrik")
        icon = "title"
        template = "pages/blocks/heading.html"
        label_format = "{text}"
        description = gettext_lazy("Delar upp sidan. Gärna en var hundrade ord.")
        preview_value: ClassVar = {"text": "Du kan komma som du är", "level": "h2"}


class Picture(shared.Picture):
    class Meta:
        template = "pages/blocks/picture.html"
        description = gettext_lazy("En lugn bild. Sidan ska gå att förstå utan den.")


class Film(Checked):
    title = blocks.CharBlock(label=gettext_lazy("filmens namn"), max_length=90)
    address = blocks.URLBlock(label=gettext_lazy("adress på YouTube eller Vimeo"))
    minutes = blocks.IntegerBlock(label=gettext_lazy("längd i minuter"), min_value=1)
    image = ImageChooserBlock(
        label=gettext_lazy("bild"),
        required=False,
        help_text=gettext_lazy("Ligger hos oss, så att ingen annan ser vem som tittar in."),
    )
    captioned = blocks.BooleanBlock(label=gettext_lazy("filmen är textad"), required=False)
    transcript = blocks.TextBlock(label=gettext_lazy("det som sägs, som text"), rows=8)

    class Meta:
        label = gettext_lazy("Film")
        icon = "media"
        template = "pages/blocks/film.html"
        label_format = "{title}"
        description = gettext_lazy("En länk till en film. Inget laddas förrän någon trycker.")

    def problems(self, value: Any) -> dict[str, str]:
        found = {}
        if urlsplit(value["address"]).hostname not in FILM_HOSTS:
            found["address"] = _("Filmen behöver ligga på YouTube eller Vimeo.")
        if not value["captioned"]:
            found["captioned"] = _("Filmen behöver vara textad innan sidan publiceras.")
        if len(value["transcript"].split()) < SHORTEST_TRANSCRIPT:
            found["transcript"] = _("Skriv ut det som sägs, minst %(count)s ord.") % {
                "count": SHORTEST_TRANSCRIPT
            }
        return found

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        on_vimeo = "vimeo" in (urlsplit(value.get("address") or "").hostname or "")
        return context | {"host": "Vimeo" if on_vimeo else "YouTube"}


class Question(blocks.StructBlock):
    question = blocks.CharBlock(label=gettext_lazy("fråga"), max_length=120)
    answer = RichText(label=gettext_lazy("svar"))

    class Meta:
        label_format = "{question}"


class Box(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=gettext_lazy("sort"),
        choices=[
            ("info", gettext_lazy("Bra att veta")),
            ("warn", gettext_lazy("Viktigt")),
            ("acute", gettext_lazy("Akut")),
        ],
        default="info",
    )
    text = RichText(label=gettext_lazy("text"))

    class Meta:
        label = gettext_lazy("Ruta")
        icon = "info-circle"
        template = "pages/blocks/box.html"
        label_format = "{text}"
        description = gettext_lazy("Något som inte får missas. Högst en eller två på en sida.")
        preview_value: ClassVar = {"kind": "info", "text": "<p>Du får bara sitta med.</p>"}


class Button(shared.Button):
    class Meta:
        template = "pages/blocks/button.html"
        description = gettext_lazy("Det viktigaste man kan göra på sidan.")


class Listing(blocks.StructBlock):
    what = blocks.ChoiceBlock(
        label=gettext_lazy("vad"),
        choices=[
            ("activities", gettext_lazy("Kommande aktiviteter")),
            ("news", gettext_lazy("Nyheter")),
        ],
        default="activities",
    )
    count = blocks.IntegerBlock(
        label=gettext_lazy("hur många"), min_value=1, max_value=LONGEST_LIST, default=3
    )

    class Meta:
        label = gettext_lazy("Lista från systemet")
        icon = "list-ul"
        template = "pages/blocks/listing.html"
        label_format = "{what}"
        description = gettext_lazy("Det som är på gång, alltid aktuellt.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        now, count = timezone.now(), value["count"]
        if value["what"] == "activities":
            found = Event.objects.upcoming(now).with_occasions().with_places(now)[:count]
            return context | {"activities": found, "now": now}
        # The page types are built of these blocks, so they cannot be imported here.
        news = apps.get_model("pages", "NewsPage").objects
        return context | {"news": news.current(timezone.localdate())[:count]}
