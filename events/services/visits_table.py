"""The statistics of visits as a table: on the page, as XLSX and as CSV, always the same cells."""

from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from events.services.visits import Statistics, hidden, of_year, share, told
from privacy.exports import Column, Sheet, comma_separated, workbook

Table = tuple[list[str], list[list[str]]]


def table(year: int) -> Table:
    """The headings, and a row for each month and for the year."""
    months, whole = of_year(year)
    sums = hidden([month.sum for month in months])
    firsts = hidden([month.first_timers for month in months])
    rows = [
        _row(month, hide_sum=sums[at], hide_first=firsts[at]) for at, month in enumerate(months)
    ]
    return headings(), [*rows, _row(whole)]


def headings() -> list[str]:
    return [
        _("Period"),
        _("Träffar"),
        _("Besök"),
        _("Medel"),
        _("Median"),
        _("Minst"),
        _("Mest"),
        _("Första gången"),
        _("Andel kvinnor"),
        _("Andel från andra områden (uppskattat)"),
        _("Olika personer"),
        _("Så vet vi det"),
    ]


def _row(one: Statistics, *, hide_sum: bool = False, hide_first: bool = False) -> list[str]:
    name = str(MONTHS[one.month]).capitalize() if one.month else _("Hela året")
    secret = (
        _("färre än 5") if hide_sum and 0 < one.sum < 5 else _("visas inte") if hide_sum else ""
    )
    middle = [secret or "–"] * 2 if secret or not one.totals else [_one(one.mean), _one(one.median)]
    ends = [told(None)] * 2 if not one.totals else [told(min(one.totals)), told(max(one.totals))]
    return [
        name,
        str(one.occasions),
        secret or told(one.sum),
        *middle,
        *([secret] * 2 if secret else ends),
        _("visas inte") if hide_first and one.first_timers >= 5 else told(one.first_timers),
        share(one.women, one.sex_known),
        share(one.from_elsewhere, one.home_known),
        told(one.unique.value if one.unique else None),
        str(one.unique.get_method_display()) if one.unique else "",
    ]


def _one(number: float) -> str:
    """One decimal, with a comma."""
    return f"{number:.1f}".replace(".", ",")


def as_workbook(year: int, *, actor: Any) -> bytes:
    headings, rows = table(year)
    mark = _("Besök %(year)s. Uttagen av %(who)s %(when)s. Tal under fem visas inte.")
    mark %= {"year": year, "who": actor, "when": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    columns = [Column(heading, 16) for heading in headings]
    return workbook([Sheet(_("Besök"), columns, rows)], mark=mark)


def as_csv(year: int) -> bytes:
    return comma_separated(*table(year))
