"""The demo is right on every day of the year, not only on the day when it was written."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samvaro.demo_data.loading.activities import ACTIVITIES
from samvaro.demo_data.timing import SATURDAY, When, bipolar_day, easter, is_closed, on_weekday

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 3 * 366, 5)]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_when_the_church_says(year: int, day: date) -> None:
    assert easter(year) == day


def test_week_zero_is_the_coming_seven_days_and_week_minus_one_the_last_seven() -> None:
    for today in DAYS:
        for weekday in range(7):
            ahead, past = (on_weekday(weekday, week, today) for week in (0, -1))
            assert ahead.weekday() == past.weekday() == weekday
            assert 1 <= (ahead - today).days <= 7
            assert 1 <= (today - past).days <= 7


def test_nobody_meets_on_christmas_eve_or_on_good_friday() -> None:
    assert is_closed(date(2026, 12, 24))
    assert is_closed(date(2026, 4, 3))
    assert is_closed(date(2027, 6, 25))  # midsummer eve
    assert not is_closed(date(2026, 12, 21))


def test_a_series_leaves_holidays_out_and_is_as_long_as_promised() -> None:
    spans = When(3, "17.00-19.00", week=1, times=6).spans(date(2026, 11, 30))

    days = [timezone.localtime(span.starts_at).date() for span in spans]
    assert days == [
        date(2026, 12, 10),
        date(2026, 12, 17),
        date(2027, 1, 7),
        date(2027, 1, 14),
        date(2027, 1, 21),
        date(2027, 1, 28),
    ]


def test_hours_are_those_of_the_wall_clock_in_winter_and_in_summer() -> None:
    for today in (date(2027, 1, 20), date(2027, 7, 20)):
        (span,) = When(1, "18.00-20.15").spans(today)
        assert timezone.localtime(span.starts_at).strftime("%a %H.%M") == "Tue 18.00"
        assert timezone.localtime(span.ends_at).strftime("%H.%M") == "20.15"


def test_world_bipolar_day_is_always_to_come() -> None:
    for today in DAYS:
        assert 0 < (bipolar_day(today) - today).days <= 366


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.slug)
def test_an_activity_is_at_a_sensible_time_on_every_day_of_the_year(activity) -> None:
    for today in DAYS:
        for span in activity.when.spans(today) if activity.when else []:
            start, end = timezone.localtime(span.starts_at), timezone.localtime(span.ends_at)
            assert start.hour >= 8
            assert end.hour <= 21
            assert start.date() == end.date()
            assert start < end
            if start.weekday() >= SATURDAY:
                assert 10 <= start.hour <= 15


def test_what_was_once_stays_in_the_past() -> None:
    for today in DAYS:
        for activity in ACTIVITIES:
            when = activity.when
            if isinstance(when, When) and when.times == 1:
                (span,) = when.spans(today)
                is_past = timezone.localtime(span.starts_at).date() < today
                assert is_past == (when.week < 0)


def test_sign_up_closes_before_the_last_time_and_opens_before_the_first() -> None:
    for today in DAYS:
        for activity in ACTIVITIES:
            spans = activity.when.spans(today) if activity.when else []
            if activity.closes_in is not None:
                assert today + timedelta(days=activity.closes_in) < spans[-1].ends_at.date()
            if activity.opens_in is not None:
                assert today + timedelta(days=activity.opens_in) < spans[0].starts_at.date()
