"""The body of a page: eleven blocks in any order, and what the whole must keep to."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from pages.blocks.kinds import Box, Button, Film, Heading, Listing, Picture, Question
from pages.blocks.texts import RichText, ShortText
from prose.blocks import Fact, words_in


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
    return "\n".join(words_in(value, skip))
