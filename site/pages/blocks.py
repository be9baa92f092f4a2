"""The eleven blocks of which editors build a page (ux.md 3.3). No block holds another.

Whatever must hold for a reader is checked when a page is to be seen, never when a draft is saved:
a half-written page can always be put away.
"""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from events.models import Event
from pages import wording

RICH = ["bold", "italic", "link", "document-link", "ol", "ul"]
# Sites whose films a block may link to.
FILM_HOSTS = {"youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com"}
# A shorter transcript cannot be one, in words (ux.md A9).
SHORTEST_TRANSCRIPT = 100
# Most things that one list shows (ux.md 3.3).
LONGEST_LIST = 6


def check_wording(text: str) -> None:
    """Refuse links that say nothing and dates without a year."""
    if vague := wording.vague_links(text):
        raise ValidationError(
            _("Länken ”%(text)s” säger inte vart den går. Skriv vad man kommer till.")
            % {"text": vague[0]}
        )
    if dates := wording.dates_without_year(wording.plain(text)):
        raise ValidationError(_("Skriv årtal efter ”%(date)s”.") % {"date": dates[0]})


class RichText(blocks.RichTextBlock):
    """Words with bold, italics, links and lists; nothing that changes the look."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH, **kwargs)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            check_wording(value.source)
        return value


class ShortText(blocks.TextBlock):
    """A few plain sentences."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=2, **kwargs)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            check_wording(value or "")
        return value


class Checked(blocks.StructBlock):
    """A block whose fields are weighed together before anyone sees the page."""

    def problems(self, value: Any) -> dict[str, str]:
        """What is wrong, by field."""
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and (found := self.problems(value)):
            raise StructBlockValidationError(
                block_errors={name: ValidationError(text) for name, text in found.items()}
            )
        return value


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


class Fact(blocks.StructBlock):
    term = blocks.CharBlock(label=gettext_lazy("vad"), max_length=40)
    value = blocks.CharBlock(label=gettext_lazy("svar"), max_length=200)

    class Meta:
        label_format = "{term}: {value}"


class Picture(Checked):
    image = ImageChooserBlock(label=gettext_lazy("bild"))
    alt = blocks.CharBlock(
        label=gettext_lazy("beskriv bilden för den som inte ser"), required=False, max_length=200
    )
    decorative = blocks.BooleanBlock(
        label=gettext_lazy("bilden är bara dekoration"), required=False
    )
    caption = blocks.CharBlock(label=gettext_lazy("bildtext"), required=False, max_length=200)

    class Meta:
        label = gettext_lazy("Bild")
        icon = "image"
        template = "pages/blocks/picture.html"
        label_format = "{alt}"
        description = gettext_lazy("En lugn bild. Sidan ska gå att förstå utan den.")

    def problems(self, value: Any) -> dict[str, str]:
        if not value["alt"] and not value["decorative"]:
            return {"alt": _("Beskriv bilden, eller kryssa i att den bara är dekoration.")}
        return {}


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


class Button(Checked):
    text = blocks.CharBlock(label=gettext_lazy("text på knappen"), max_length=40)
    page = blocks.PageChooserBlock(label=gettext_lazy("sida"), required=False)
    address = blocks.CharBlock(
        label=gettext_lazy("eller adress"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Till exempel /aktiviteter/?for=nya"),
    )

    class Meta:
        label = gettext_lazy("Knapp")
        icon = "arrow-right"
        template = "pages/blocks/button.html"
        label_format = "{text}"
        description = gettext_lazy("Det viktigaste man kan göra på sidan.")
        preview_value: ClassVar = {"text": "Se träffar för nya", "address": "/aktiviteter/"}

    def problems(self, value: Any) -> dict[str, str]:
        found = {}
        if wording.is_vague(value["text"]):
            found["text"] = _("Skriv vad som händer, till exempel Se träffar för nya.")
        if bool(value["page"]) == bool(value["address"]):
            found["address"] = _("Välj en sida eller skriv en adress.")
        elif value["address"] and not value["address"].startswith(("/", "https://")):
            found["address"] = _("Adressen ska börja med / eller https://")
        return found


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


class Body(blocks.StreamBlock):
    """The body of a page."""

    heading = Heading(group="1")
    text = RichText(
        label=gettext_lazy("Text"),
        icon="pilcrow",
        template="pages/blocks/text.html",
        description=gettext_lazy("Korta stycken, en tanke i taget."),
        preview_value="<p>Du behöver inte kunna något. Kom när du orkar.</p>",
    )
    summary = ShortText(
        label=gettext_lazy("Kort sagt"),
        icon="doc-full",
        max_length=400,
        template="pages/blocks/summary.html",
        description=gettext_lazy("En till tre meningar. Först på en lång sida."),
        preview_value="Du kan komma på en träff utan att vara medlem.",
    )
    steps = blocks.ListBlock(
        ShortText(label=gettext_lazy("steg"), max_length=300),
        label=gettext_lazy("Steg"),
        icon="list-ol",
        min_num=2,
        max_num=7,
        template="pages/blocks/steps.html",
        description=gettext_lazy("Något som görs i ordning."),
        preview_value=["Välj en träff", "Skriv ditt namn", "Kom som du är"],
    )
    facts = blocks.ListBlock(
        Fact(),
        label=gettext_lazy("Fakta"),
        icon="table",
        template="pages/blocks/facts.html",
        description=gettext_lazy("Korta svar: var, när, vad det kostar."),
        preview_value=[{"term": "Var", "value": "Instrumentvägen 10"}],
    )
    image = Picture()
    film = Film()
    questions = blocks.ListBlock(
        Question(),
        label=gettext_lazy("Frågor och svar"),
        icon="help",
        template="pages/blocks/questions.html",
        description=gettext_lazy("Frågor som går att öppna en i taget."),
        preview_value=[{"question": "Måste jag säga något?", "answer": "<p>Nej.</p>"}],
    )
    box = Box()
    button = Button()
    listing = Listing()

    class Meta:
        template = "pages/blocks/body.html"
        max_num = 30
        collapsed = True
        required = False
        block_counts: ClassVar = {"button": {"max_num": 1}, "summary": {"max_num": 1}}

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        value = super().clean(value, *args, **kwargs)
        if not self.is_deferred_validation and (errors := dict(_broken_order(value))):
            raise StreamBlockValidationError(block_errors=errors)
        return value


def _broken_order(value: Any) -> Iterator[tuple[int, ValidationError]]:
    """Headings that skip a level: a reader who jumps between headings would be lost."""
    has_heading = False
    for number, child in enumerate(value):
        if child.block_type != "heading":
            continue
        if child.value["level"] == "h3" and not has_heading:
            yield number, ValidationError(_("Börja med en Rubrik före en Underrubrik."))
        has_heading = has_heading or child.value["level"] == "h2"


class WideBody(Body):
    """The body of a section's front page, where several ways lead on."""

    class Meta:
        block_counts: ClassVar = {"summary": {"max_num": 1}}


# Fields of blocks that are not read as part of the page.
_NOT_RUNNING_TEXT = {"address", "transcript", "level", "alt"}


def words_of(value: Any, *, everything: bool = False) -> str:
    """What a body says to a reader; with `everything` also what only a search should find."""
    skip = {"address", "level"} if everything else _NOT_RUNNING_TEXT
    return "\n".join(text for child in value for text in _texts(child.block, child.value, skip))


def _texts(block: Any, value: Any, skip: set[str]) -> Iterator[str]:
    if not value:
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name not in skip:
                yield from _texts(child, value.get(name), skip)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _texts(block.child_block, item, skip)
    elif isinstance(block, blocks.RichTextBlock):
        yield wording.plain(value.source)
    elif isinstance(block, blocks.TextBlock | blocks.CharBlock):
        yield str(value)
