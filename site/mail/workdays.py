"""Swedish working days: what we promise in days is counted without weekends and holidays."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
FRIDAY = 4


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The days of the year on which nobody is expected at work, weekends aside.

    The public holidays, and the three eves that working life keeps as such.
    """
    easter = _easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 6),
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            date(year, 5, 1),
            easter + timedelta(days=39),
            date(year, 6, 6),
            _first(FRIDAY, date(year, 6, 19)),
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
            date(year, 12, 31),
        }
    )


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def after(day: date, number: int, *, at_work: Callable[[date], bool] = is_working_day) -> date:
    """The `number`th working day after `day`. `at_work` may leave out more than holidays."""
    while number > 0:
        day += timedelta(days=1)
        number -= at_work(day)
    return day


def _first(weekday: int, day: date) -> date:
    """The first such weekday from this day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leap, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, left = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
