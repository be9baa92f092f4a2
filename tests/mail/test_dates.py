"""Dates in Swedish, as authorities write them."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from mail.templatetags.dates import clock, date_long, day, day_short, hours, when


@dataclass
class Span:
    starts_at: datetime
    ends_at: datetime


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_day_has_its_weekday_and_always_its_year() -> None:
    assert day(at("2026-12-10T17:00:00+01:00")) == "torsdag 10 december 2026"


def test_a_subject_line_leaves_the_year_out() -> None:
    assert day_short(at("2026-12-10T17:00:00+01:00")) == "torsdag 10 december"


def test_a_date_alone() -> None:
    assert date_long(at("2026-12-10T17:00:00+01:00")) == "10 december 2026"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("17:00", "19:00", "kl. 17–19"),
        ("09:00", "15:30", "kl. 9.00–15.30"),
        ("17:15", "19:00", "kl. 17.15–19.00"),
    ],
)
def test_hours_are_short_when_they_are_whole(start: str, end: str, expected: str) -> None:
    span = Span(at(f"2026-12-10T{start}:00+01:00"), at(f"2026-12-10T{end}:00+01:00"))
    assert hours(span) == expected


def test_times_are_shown_as_swedish_wall_time_in_summer_and_winter() -> None:
    assert clock(at("2026-07-01T15:00:00+00:00")) == "kl. 17"
    assert clock(at("2026-12-01T16:30:00+00:00")) == "kl. 17.30"


def test_over_midnight_the_next_day_is_named() -> None:
    span = Span(at("2026-12-31T22:00:00+01:00"), at("2027-01-01T01:00:00+01:00"))
    assert when(span) == "torsdag 31 december 2026, kl. 22–1 (fredag 1 januari)"
