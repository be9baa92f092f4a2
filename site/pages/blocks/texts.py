"""Fields that hold words, and what is asked of the words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from pages import wording

RICH = ["bold", "italic", "link", "document-link", "ol", "ul"]


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
