"""Statistics of visits for a month and a year, as the neighbouring meeting places report them.

A small number could point at somebody, so what is less than five is told as "färre än 5" and
nothing more. Where one month alone is hidden the next smallest is hidden too: otherwise the sum of
the year would tell it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, AttendanceSheet, Registration, UniqueEstimate, VisitTally

SMALLEST_SHOWN = 5
Kind = Attendance.Kind


@dataclass(frozen=True)
class Visit:
    """One occasion: how many came, and what is known of them. `event`: the key of the activity."""

    event: int
    month: int
    total: int
    first_timers: int
    women: int = 0
    sex_known: int = 0
    from_elsewhere: int = 0
    home_known: int = 0


@dataclass(frozen=True)
class Statistics:
    """A month, or the year when `month` is None. Numbers as they are: `told` hides what is small."""

    month: int | None
    totals: tuple[int, ...]
    first_timers: int
    women: int
    sex_known: int
    from_elsewhere: int
    home_known: int
    unique: UniqueEstimate | None = None

    @property
    def occasions(self) -> int:
        return len(self.totals)

    @property
    def sum(self) -> int:
        return sum(self.totals)

    @property
    def mean(self) -> float:
        return mean(self.totals) if self.totals else 0

    @property
    def median(self) -> float:
        return median(self.totals) if self.totals else 0


def told(number: int | None) -> str:
    """A number of persons or visits as it may be told."""
    if number is None:
        return "–"
    return _("färre än 5") if is_small(number) else str(number)


def is_small(number: int) -> bool:
    return 0 < number < SMALLEST_SHOWN


def share(part: int, whole: int) -> str:
    """In whole per cent; hidden when it would tell a small number on either side."""
    if not whole:
        return "–"
    if is_small(part) or is_small(whole - part):
        return _("färre än 5")
    return f"{round(100 * part / whole)} %"


def told_sums(months: list[Statistics]) -> dict[int | None, int]:
    """By month, the visits that may be told."""
    hide = hidden([month.sum for month in months])
    pairs = zip(months, hide, strict=True)
    return {month.month: month.sum for month, is_hidden in pairs if not is_hidden}


def change(now: int | None, before: int | None) -> str:
    """In per cent since a year ago. Nothing where one of the two may not be told, or was none."""
    if not now or not before or is_small(now) or is_small(before):
        return "–"
    per_cent = round(100 * (now - before) / before)
    sign = "+" if per_cent > 0 else "−" if per_cent < 0 else "±"
    return f"{sign}{abs(per_cent)} %"


def hidden(numbers: list[int]) -> list[bool]:
    """Which of these are not told beside their sum: the small ones, and never one alone."""
    small = [is_small(number) for number in numbers]
    if sum(small) == 1:
        others = [(number, at) for at, number in enumerate(numbers) if number and not small[at]]
        if others:
            small[min(others)[1]] = True
    return small


def years() -> list[int]:
    """Every year with a visit, the latest first, and this one."""
    found = {timezone.localdate().year}
    for rows in (
        VisitTally.objects.dates("opened_at", "year"),
        AttendanceSheet.objects.dates("starts_at", "year"),
    ):
        found |= {day.year for day in rows}
    return sorted(found, reverse=True)


def of_year(year: int) -> tuple[list[Statistics], Statistics]:
    """The months in which something happened, and the whole year."""
    visits = of_occasions(year)
    unique = {row.month: row for row in UniqueEstimate.objects.filter(year=year)}
    months = sorted({visit.month for visit in visits} | {month for month in unique if month})
    by_month = [
        _of(month, [one for one in visits if one.month == month], unique.get(month))
        for month in months
    ]
    return by_month, _of(None, visits, unique.get(None))


def of_occasions(year: int) -> list[Visit]:
    return [*_counted(year), *_listed(year)]


def _of(month: int | None, visits: list[Visit], unique: UniqueEstimate | None) -> Statistics:
    return Statistics(
        month=month,
        totals=tuple(visit.total for visit in visits),
        first_timers=sum(visit.first_timers for visit in visits),
        women=sum(visit.women for visit in visits),
        sex_known=sum(visit.sex_known for visit in visits),
        from_elsewhere=sum(visit.from_elsewhere for visit in visits),
        home_known=sum(visit.home_known for visit in visits),
        unique=unique,
    )


def _counted(year: int) -> Iterable[Visit]:
    """Where nobody signs up. Those of unknown sex are not a part of the share."""
    for row in VisitTally.objects.filter(opened_at__year=year):
        yield Visit(
            event=row.event_id,
            month=timezone.localtime(row.opened_at).month,
            total=row.total,
            first_timers=row.first_timers,
            women=row.women,
            sex_known=row.women + row.men + row.other,
            from_elsewhere=row.from_elsewhere,
            home_known=row.from_here + row.from_elsewhere,
        )


def _listed(year: int) -> Iterable[Visit]:
    guests = Q(rows__present=True) & ~Q(rows__kind=Kind.LEADER)
    sheets = AttendanceSheet.objects.filter(starts_at__year=year).annotate(
        total=Count("rows", filter=guests),
        first=Count("rows", filter=guests & Q(rows__first_time=True)),
    )
    for sheet in sheets:
        yield Visit(
            event=sheet.event_id,
            month=timezone.localtime(sheet.starts_at).month,
            total=sheet.total,
            first_timers=sheet.first,
            women=sheet.women,
            sex_known=sheet.sex_known,
        )


def counted_uniques(year: int, month: int | None = None) -> int | None:
    """Different persons among those who signed up and came; None when names have been forgotten.

    Cafés know nobody, so this says nothing about them.
    """
    came = Registration.objects.filter(
        attendances__present=True, attendances__sheet__starts_at__year=year
    )
    if month:
        came = came.filter(attendances__sheet__starts_at__month=month)
    if came.filter(name="").exists():
        return None
    return came.values("person_key").distinct().count()


def note_unique(
    year: int, month: int | None, *, value: int, method: str, basis: str, actor: Any
) -> UniqueEstimate:
    """How many different persons came, and how anybody knows. The newest word stands."""
    row, _is_new = UniqueEstimate.objects.update_or_create(
        year=year,
        month=month,
        defaults={
            "value": value,
            "method": method,
            "basis": basis,
            "noted_at": timezone.now(),
            "noted_by": actor,
        },
    )
    return row
