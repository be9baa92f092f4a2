"""Laying out a series: the same weekday and the same time on the wall, week after week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from events.models import Event, Occasion
from events.services import changes, places
from events.services.wall_time import NoSuchTime, comes_twice, wall_time


@dataclass(frozen=True)
class Proposed:
    """One time of a series that is being laid out."""

    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    # The activity has a time that begins then already.
    is_there: bool = False

    @property
    def is_no_time(self) -> bool:
        return self.starts_at is None or self.ends_at is None

    @property
    def comes_twice(self) -> bool:
        return any(one is not None and comes_twice(one) for one in (self.starts_at, self.ends_at))


def propose(
    event: Event, *, first: date, starts: time, ends: time, every: int, times: int
) -> list[Proposed]:
    """The times of the series, every so many weeks. Nothing is written."""
    there = {occasion.starts_at for occasion in event.schedule}
    days = [first + timedelta(weeks=every * number) for number in range(times)]
    return [_proposed(day, starts, ends, there) for day in days]


def _proposed(day: date, starts: time, ends: time, there: set[datetime]) -> Proposed:
    # What ends at the hour when it starts, or earlier, ends the day after.
    last_day = day if ends > starts else day + timedelta(days=1)
    try:
        begin, end = wall_time(day, starts), wall_time(last_day, ends)
    except NoSuchTime:
        return Proposed(day, None, None)
    if end <= begin:
        return Proposed(day, None, None)
    return Proposed(day, begin, end, begin in there)


@transaction.atomic
def lay_out(event: Event, proposed: list[Proposed], *, actor: Any) -> list[Occasion]:
    """Write these times. Told twice they are there once; of a published activity they are public
    at once."""
    event = places.lock(event.pk)
    there = set(event.occasions.values_list("starts_at", flat=True))
    new = [
        {"starts_at": one.starts_at, "ends_at": one.ends_at}
        for one in proposed
        if one.starts_at and one.ends_at and one.starts_at not in there
    ]
    return changes.write(event, added=new, actor=actor)
