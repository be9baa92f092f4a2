"""Dates relative to today, by Swedish wall clock, so that the demo never grows old."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Span:
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class When:
    """`hours` on `weekday`, `week` weeks ahead, and so on for `times` times.

    Week 0 is the coming seven days, tomorrow first; week -1 the last seven, yesterday last. So
    what happens once is never today: it is past or it is to come.
    """

    weekday: int
    hours: str
    week: int = 0
    times: int = 1
    # Weeks from one time to the next.
    every: int = 1

    def spans(self, today: date) -> list[Span]:
        day = on_weekday(self.weekday, self.week, today)
        step = self.every * WEEK
        if self.week < 0 and self.times == 1:
            step = -step  # a past one that fell on a holiday was earlier, not later
        found: list[Span] = []
        while len(found) < self.times:
            if not is_closed(day):
                found.append(_span(day, self.hours))
            day += step
        return found


@dataclass(frozen=True)
class BipolarDay:
    """World Bipolar Day, the next one: in the evening, or in the day at a weekend."""

    evening: str = "18.00-20.00"
    daytime: str = "13.00-15.00"

    def spans(self, today: date) -> list[Span]:
        day = bipolar_day(today)
        return [_span(day, self.daytime if day.weekday() >= SATURDAY else self.evening)]


def bipolar_day(today: date) -> date:
    """The next 30 March after today."""
    this_year = date(today.year, 3, 30)
    return this_year if this_year > today else date(today.year + 1, 3, 30)


def on_weekday(weekday: int, week: int, today: date) -> date:
    days = (weekday - today.weekday() - 1) % 7 + 1
    if week >= 0:
        return today + timedelta(days=days) + week * WEEK
    days = (today.weekday() - weekday - 1) % 7 + 1
    return today - timedelta(days=days) + (week + 1) * WEEK


def at(day: date, clock: str) -> datetime:
    hour, minute = clock.split(".")
    return timezone.make_aware(datetime.combine(day, time(int(hour), int(minute))))


def _span(day: date, hours: str) -> Span:
    begin, end = hours.split("-")
    return Span(at(day, begin), at(day, end))


def is_closed(day: date) -> bool:
    """Days when nobody holds a meeting: Christmas, Easter, midsummer and two more."""
    return (
        (day.month, day.day) in {(5, 1), (6, 6)}
        or (day.month == 12 and day.day >= 22)
        or (day.month == 1 and day.day <= 6)
        or (day.month == 6 and 19 <= day.day <= 26 and day.weekday() in {FRIDAY, SATURDAY})
        or -3 <= (day - easter(day.year)).days <= 1
    )


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm)."""
    century, golden = year // 100, year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    moon = (19 * golden + skipped + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
