"""Half a year. Spring ends with June."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

LAST_MONTH_OF_SPRING = 6


@dataclass(frozen=True)
class Term:
    """`half`: 1 in spring, 2 in autumn."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "Term":
        return cls(day.year, 1 if day.month <= LAST_MONTH_OF_SPRING else 2)

    @property
    def starts_on(self) -> date:
        return date(self.year, 1 if self.half == 1 else LAST_MONTH_OF_SPRING + 1, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def code(self) -> str:
        """What a newcomer may say, so that we know what the letter led to: VT27."""
        return f"{'VT' if self.half == 1 else 'HT'}{self.year % 100:02}"

    @property
    def before(self) -> "Term":
        return Term(self.year, 1) if self.half != 1 else Term(self.year - 1, 2)

    def __str__(self) -> str:
        words = _("vårterminen %(year)s") if self.half == 1 else _("höstterminen %(year)s")
        return words % {"year": self.year}
