"""Fields that hold words, and what is asked of the words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks

from prose import wording
from prose.blocks import RICH, RichWords, check_links


def check_wording(text: str) -> None:
    """Refuse links that say nothing and dates without a year: a page is read for years."""
    check_links(text)
    if dates := wording.dates_without_year(wording.plain(text)):
        raise ValidationError(_("Skriv årtal efter ”%(date)s”.") % {"date": dates[0]})


class RichText(RichWords):
    """As in letters, and links to documents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=[*RICH[:3], "document-link", *RICH[3:]], **kwargs)

    def check_words(self, text: str) -> None:
        check_wording(text)


class ShortText(blocks.TextBlock):
    """A few plain sentences."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=2, **kwargs)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            check_wording(value or "")
        return value
