"""Swedish working days."""

from datetime import date

import pytest
from dateutil.easter import easter

from mail import workdays


@pytest.mark.parametrize("year", range(1990, 2100))
def test_easter_is_where_the_calendar_has_it(year):
    assert workdays.holidays(year) >= {
        date.fromordinal(easter(year).toordinal() + days) for days in (-2, 1, 39)
    }


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        ("2026-12-24", True),
        ("2026-12-28", False),
        ("2026-12-31", True),
        ("2027-01-01", True),
        ("2027-01-06", True),
        ("2027-03-26", True),
        ("2027-03-29", True),
        ("2027-05-06", True),
        ("2027-06-25", True),  # midsommarafton
        ("2027-06-18", False),
        ("2026-11-21", True),  # a Saturday
        ("2026-11-23", False),
    ],
)
def test_holidays_eves_and_weekends_are_no_working_days(day, is_off):
    assert workdays.is_working_day(date.fromisoformat(day)) is not is_off


@pytest.mark.parametrize(
    ("came", "answered"),
    [
        ("2026-11-23", "2026-11-26"),  # Monday to Thursday
        ("2026-11-21", "2026-11-25"),  # a Saturday begins to count on Monday
        ("2026-12-22", "2026-12-29"),  # over Christmas
        ("2027-03-24", "2027-03-31"),  # over Easter
    ],
)
def test_three_working_days_are_counted_from_the_day_after(came, answered):
    assert workdays.after(date.fromisoformat(came), 3) == date.fromisoformat(answered)
