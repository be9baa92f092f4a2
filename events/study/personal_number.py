"""Swedish personal numbers as people type them, and what looks wrong about one.

Nothing is looked up: that the digits fit together is all that is known.
"""

import re
from dataclasses import dataclass
from datetime import date

# A coordination number has so much added to its day.
COORDINATION = 60
# Digits of an LMA number, which has no check digit.
LMA_LENGTH = range(5, 13)
# Who is older than this types a plus sign instead of the hyphen.
CENTURY = 100

_TYPED = re.compile(r"(?:\d{8}|\d{6})[-+]?\d{4}")


class NotANumber(ValueError):
    """Not ten or twelve digits."""


class NoSuchDay(ValueError):
    """The digits of the birthday are no day that has been."""


class DigitsDoNotFit(ValueError):
    """The last digit is not what the others make it."""


@dataclass(frozen=True)
class Number:
    """`digits`: twelve, without a hyphen."""

    digits: str
    is_coordination: bool

    @property
    def birth_year(self) -> int:
        return int(self.digits[:4])


def read(typed: str, *, today: date) -> Number:
    """Raises NotANumber, NoSuchDay or DigitsDoNotFit."""
    text = re.sub(r"[\s.]", "", typed).replace("–", "-").replace("−", "-")
    if not text.isascii() or not _TYPED.fullmatch(text):
        raise NotANumber
    digits = re.sub(r"\D", "", text)
    if len(digits) == 10:
        digits = _century(digits, today, older="+" in text) + digits
    day = int(digits[6:8])
    is_coordination = day > COORDINATION
    _must_have_been(digits, day - COORDINATION if is_coordination else day, today)
    if not fits(digits[2:]):
        raise DigitsDoNotFit
    return Number(digits, is_coordination)


def read_lma(typed: str) -> str:
    """Raises NotANumber."""
    digits = re.sub(r"[\s.\-–]", "", typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) in LMA_LENGTH):
        raise NotANumber
    return digits


def fits(digits: str) -> bool:
    """Luhn's sum over ten digits."""
    total = 0
    for place, digit in enumerate(map(int, digits)):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _century(digits: str, today: date, *, older: bool) -> str:
    """The latest century in which the year has been."""
    year = today.year // CENTURY * CENTURY + int(digits[:2])
    if year > today.year:
        year -= CENTURY
    return str((year - CENTURY if older else year) // CENTURY)


def _must_have_been(digits: str, day: int, today: date) -> None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), day)
    except ValueError as error:
        raise NoSuchDay from error
    if born > today or today.year - born.year > CENTURY + 20:
        raise NoSuchDay
