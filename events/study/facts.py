"""What is known of a circle when it is judged."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MINUTE = timedelta(minutes=1)


def study_hours(
    starts_at: datetime, ends_at: datetime, *, break_minutes: int = 0, hour_minutes: int = 45
) -> int:
    """Whole study hours, with the break taken off. What is left of one does not count."""
    return minutes_of(starts_at, ends_at, break_minutes) // hour_minutes


def minutes_of(starts_at: datetime, ends_at: datetime, break_minutes: int) -> int:
    # In UTC: two local times on either side of a change of clocks differ by another hour.
    length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    return max(0, length // MINUTE - break_minutes)


@dataclass(frozen=True)
class Meeting:
    """One time that the circle meets. What is cancelled is not among them.

    `starts_at` and `ends_at` are aware and in Swedish time: days and weeks are read from them.
    `typed_hours`: what the leader typed, when that differs from the clock.
    `present`: keys of those who were there, leaders too; None until somebody has ticked.
    `audience`: where nobody is named, how many there were; None until it is known.
    """

    key: Hashable
    starts_at: datetime
    ends_at: datetime
    break_minutes: int = 0
    typed_hours: int | None = None
    present: frozenset[Hashable] | None = None
    audience: int | None = None

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def week(self) -> date:
        """Its Monday."""
        return self.day - timedelta(days=self.day.weekday())

    @property
    def minutes(self) -> int:
        return minutes_of(self.starts_at, self.ends_at, self.break_minutes)

    def hours(self, hour_minutes: int) -> int:
        if self.typed_hours is not None:
            return self.typed_hours
        return self.minutes // hour_minutes

    def number(self, *, named: bool) -> int | None:
        """How many were there; None until it is known."""
        if named:
            return None if self.present is None else len(self.present)
        return self.audience


@dataclass(frozen=True)
class Person:
    """Somebody with a place, or a leader. `papers`: has read the agreement, has given a number."""

    key: Hashable
    leads: bool = False
    has_agreed: bool = True
    has_number: bool = True
    birth_year: int | None = None


@dataclass(frozen=True)
class Circle:
    """`most`: the group's own highest number, leaders included, lower than the rule's."""

    meetings: tuple[Meeting, ...] = ()
    people: tuple[Person, ...] = ()
    approved_on: date | None = None
    has_plan: bool = True
    has_reference: bool = True
    needs_agreement: bool = False
    most: int | None = None

    @property
    def in_order(self) -> list[Meeting]:
        return sorted(self.meetings, key=lambda meeting: meeting.starts_at)
