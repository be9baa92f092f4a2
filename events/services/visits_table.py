"""The statistics of visits as a table: on the page, as XLSX and as CSV, always the same cells."""

from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from events.services import visits_years
from events.services.visits import (
    Statistics,
    change,
    hidden,
    is_small,
    of_year,
    share,
    told,
    told_sums,
)
from events.services.visits_years import Cost, Year
from privacy.exports import Column, Sheet, comma_separated, workbook

ORE = 100
Table = tuple[list[str], list[list[str]]]


def table(year: int) -> Table:
    """The headings, and a row for each month and for the year."""
    months, whole = of_year(year)
    changes = _changes(year, months, whole)
    sums = hidden([month.sum for month in months])
    firsts = hidden([month.first_timers for month in months])
    rows = [
        _row(month, changes[month.month], hide_sum=sums[at], hide_first=firsts[at])
        for at, month in enumerate(months)
    ]
    return headings(), [*rows, _row(whole, changes[None])]


def _changes(year: int, months: list[Statistics], whole: Statistics) -> dict[int | None, str]:
    """For each month and the year: the visits against those a year ago, when both are over."""
    before, whole_before = of_year(year - 1)
    now, then = told_sums(months), told_sums(before)
    today = timezone.localdate()
    found: dict[int | None, str] = {
        month.month: change(now.get(month.month), then.get(month.month))
        if (year, month.month) < (today.year, today.month)
        else "–"
        for month in months
    }
    return found | {None: change(whole.sum, whole_before.sum) if year < today.year else "–"}


def headings() -> list[str]:
    return [
        _("Period"),
        _("Träffar"),
        _("Besök"),
        _("Mot året före"),
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


def _row(
    one: Statistics, trend: str, *, hide_sum: bool = False, hide_first: bool = False
) -> list[str]:
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
        trend,
        *middle,
        *([secret] * 2 if secret else ends),
        _("visas inte") if hide_first and one.first_timers >= 5 else told(one.first_timers),
        share(one.women, one.sex_known),
        share(one.from_elsewhere, one.home_known),
        told(one.unique.value if one.unique else None),
        str(one.unique.get_method_display()) if one.unique else "",
    ]


def years_table(last: int) -> Table:
    """A line for each figure and a column for each year."""
    years = visits_years.up_to(last)
    before = [None, *years[:-1]]
    columns = [_column(one, other) for one, other in zip(years, before, strict=True)]
    lines = [[name, *values] for name, *values in zip(_names(), *columns, strict=True)]
    return [_("År"), *(str(one.year) for one in years)], lines


def _names() -> list[str]:
    return [
        _("Träffar"),
        _("Besök"),
        _("Mot året före"),
        _("Besök per träff"),
        _("Första gången"),
        _("Andel kvinnor"),
        _("Olika personer"),
        _("Kostnad i kronor"),
        _("Kostnad per besök i kronor"),
        _("Vidare till en grupp"),
        _("Blev medlem"),
        _("Blev volontär"),
        _("Vidare till vården"),
        _("Vidare till 1177 eller akut hjälp"),
    ]


def _column(one: Year, before: Year | None) -> list[str]:
    found = one.all
    follows = before is not None and before.year == one.year - 1 and one.is_over
    return [
        str(found.occasions),
        told(found.sum),
        change(found.sum, before.all.sum) if before and follows else "–",
        _one(found.mean) if found.totals and not is_small(found.sum) else "–",
        told(found.first_timers),
        share(found.women, found.sex_known),
        told(found.unique.value if found.unique else None),
        *_money(one.cost),
        *(told(number) for number in one.outcomes.values()),
    ]


def _money(cost: Cost) -> list[str]:
    if not cost.ore:
        return ["–", "–"]
    if not cost.is_told:
        return [_("visas inte")] * 2
    each = "–" if cost.per_visit is None else str(round(cost.per_visit / ORE))
    return [str(round(cost.ore / ORE)), each]


def _one(number: float) -> str:
    """One decimal, with a comma."""
    return f"{number:.1f}".replace(".", ",")


def as_workbook(year: int, *, actor: Any) -> bytes:
    mark = _("Besök %(year)s. Uttagen av %(who)s %(when)s. Tal under fem visas inte.")
    mark %= {"year": year, "who": actor, "when": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    return workbook(
        [_sheet(_("Besök"), table(year)), _sheet(_("År för år"), years_table(year))], mark=mark
    )


def _sheet(title: str, table: Table) -> Sheet:
    headings, rows = table
    return Sheet(title, [Column(heading, 16) for heading in headings], rows)


def as_csv(table: Table) -> bytes:
    return comma_separated(*table)
