"""What an editor is asked to write in another way (ux.md 3.3 and section 6)."""

import re
from datetime import date
from html import unescape

# Links that say nothing when they are read aloud on their own.
VAGUE_LINKS = {"läs mer", "klicka här", "klicka", "här", "mer", "läs", "länk", "se mer", "mer info"}
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_DATE = re.compile(rf"\b\d{{1,2}}\s+(?:{_MONTHS})\b(?!\s+\d{{4}})", re.IGNORECASE)
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({_MONTHS})\b(?:\s+(\d{{4}}))?", re.IGNORECASE)
_END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|dt|dd)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_NOT_A_WORD = re.compile(r"[^\w\s]")


def plain(html: str) -> str:
    """The words of the editor's rich text, each paragraph and item on a line of its own."""
    return unescape(_TAG.sub("", _END_OF_LINE.sub("\n", html))).strip()


def is_vague(link_text: str) -> bool:
    return " ".join(_NOT_A_WORD.sub("", link_text).lower().split()) in VAGUE_LINKS


def vague_links(html: str) -> list[str]:
    return [text for inner in _LINK.findall(html) if is_vague(text := plain(inner))]


def dates_without_year(text: str) -> list[str]:
    """Dates that will be a riddle in a year: "10 december" and no year."""
    return [found.group() for found in _DATE.finditer(text)]


def days_in(text: str, today: date) -> list[tuple[str, date | None, bool]]:
    """As written, which day it is, and whether a year was written. A day without a year is the
    nearest one; one that is in no calendar is None."""
    found = []
    for match in _DAY.finditer(text):
        number, month, year = match.groups()
        place = _MONTHS.split("|").index(month.lower()) + 1
        years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
        days = [day for one in years if (day := _as_date(int(number), place, one))]
        nearest = min(days, key=lambda day: abs(day - today), default=None)
        found.append((match.group(), nearest, year is not None))
    return found


def _as_date(number: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
