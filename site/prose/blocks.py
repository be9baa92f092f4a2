"""Blocks that pages and letters share: their fields, and what is asked of the words in them.

How a block looks is said where it is used. Whatever must hold for a reader is checked when something
is to be seen, never when a draft is saved: what is half-written can always be put away.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from prose import wording

RICH = ["bold", "italic", "link", "ol", "ul"]


def check_links(text: str) -> None:
    """Refuse links that say nothing."""
    if vague := wording.vague_links(text):
        raise ValidationError(
            _("Länken ”%(text)s” säger inte vart den går. Skriv vad man kommer till.")
            % {"text": vague[0]}
        )


class RichWords(blocks.RichTextBlock):
    """Words with bold, italics, links and lists; nothing that changes the look."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": RICH} | kwargs))

    def check_words(self, text: str) -> None:
        check_links(text)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            self.check_words(value.source)
        return value


class Checked(blocks.StructBlock):
    """A block whose fields are weighed together before anyone sees what it is part of."""

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
        label_format = "{alt}"
        description = gettext_lazy("En lugn bild. Det ska gå att förstå utan den.")

    def problems(self, value: Any) -> dict[str, str]:
        if not value["alt"] and not value["decorative"]:
            return {"alt": _("Beskriv bilden, eller kryssa i att den bara är dekoration.")}
        return {}


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
        label_format = "{text}"
        description = gettext_lazy("Det viktigaste man kan göra.")
        preview_value: ClassVar = {"text": "Se träffar för nya", "address": "/aktiviteter/"}

    def problems(self, value: Any) -> dict[str, str]:
        found = {}
        if wording.is_vague(value["text"]):
            found["text"] = _("Skriv vad som händer, till exempel Se träffar för nya.")
        if bool(value.get("page")) == bool(value["address"]):
            found["address"] = _("Välj en sida eller skriv en adress.")
        elif value["address"] and not value["address"].startswith(("/", "https://")):
            found["address"] = _("Adressen ska börja med / eller https://")
        return found


def words_in(stream: Any, skip: set[str]) -> Iterator[str]:
    """The words of a body, field by field, without the fields that are named in `skip`."""
    for child in stream:
        yield from _words(child.block, child.value, skip)


def _words(block: Any, value: Any, skip: set[str]) -> Iterator[str]:
    if not value:
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name not in skip:
                yield from _words(child, value.get(name), skip)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _words(block.child_block, item, skip)
    elif isinstance(block, blocks.RichTextBlock):
        yield wording.plain(value.source)
    elif isinstance(block, blocks.TextBlock | blocks.CharBlock):
        yield str(value)
