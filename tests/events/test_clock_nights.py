"""The two nights when the clocks change, stepped through ten minutes at a time: each reminder, offer
and closing happens once, at the right time on the wall."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.models import Event, Occasion, Registration
from events.services.reminders import remind_due
from events.services.waiting_list import release_due
from events.services.wall_time import wall_time
from mail.models import Letter
from mail.services.outbox import deliver_due
from tests.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

STEP = timedelta(minutes=10)
NIGHTS = [
    pytest.param("2027-03-27", "2027-03-29", "2027-03-28", id="spring"),
    pytest.param("2027-10-30", "2027-11-01", "2027-10-31", id="autumn"),
]


def local(moment: datetime | None) -> str:
    assert moment
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def day(text: str) -> Any:
    return datetime.fromisoformat(text).date()


def clock(hour: int, minute: int = 0) -> Any:
    return datetime(2027, 1, 1, hour, minute).time()


def steps(first: str, last: str) -> Iterator[datetime]:
    """Every ten minutes that pass, from the first midnight to the end of the last day."""
    now = wall_time(day(first), clock(0)).astimezone(UTC)
    end = wall_time(day(last) + timedelta(days=1), clock(0))
    while now < end:
        yield now
        now += STEP


class Watch:
    """What the clock of the house did, and when on the wall."""

    def __init__(self) -> None:
        self.seen: dict[str, list[str]] = {}

    def note(self, what: str, now: datetime) -> None:
        self.seen.setdefault(what, []).append(local(now))


def run(first: str, last: str, watch: Watch, events: dict[str, Event]) -> None:
    lapsed: set[int] = set()
    takes = dict.fromkeys(events, True)
    with time_machine.travel(wall_time(day(first), clock(0)), tick=False) as traveller:
        for now in steps(first, last):
            traveller.move_to(now)
            release_due()
            for _ in range(remind_due()):
                watch.note("reminder", now)
            deliver_due()
            for row in Registration.objects.filter(offers_unanswered=1).exclude(pk__in=lapsed):
                lapsed.add(row.pk)
                watch.note("offer ran out", now)
            for name, event in events.items():
                open_now = Event.objects.get(pk=event.pk).takes_sign_ups(now)
                if takes[name] and not open_now:
                    watch.note(f"{name} closed", now)
                takes[name] = open_now


@pytest.mark.slow
@pytest.mark.parametrize(("first", "last", "night"), NIGHTS)
def test_everything_happens_once_at_the_right_time_on_the_wall(
    first: str, last: str, night: str
) -> None:
    before = wall_time(day(first), clock(0)) - timedelta(days=10)
    with time_machine.travel(before, tick=False):
        # One on each of the three days, six in the evening, with somebody who has a place.
        for name in (first, night, last):
            start = wall_time(day(name), clock(18))
            event = EventFactory(times=0)
            Occasion.objects.create(event=event, starts_at=start, ends_at=start + STEP)
            RegistrationFactory(event=event)
        closes = EventFactory(starts_at=wall_time(day(last), clock(20)), slug="stanger")
        Event.objects.filter(pk=closes.pk).update(closes_at=wall_time(day(night), clock(3)))
        far = EventFactory(starts_at=wall_time(day(last), clock(21)), capacity=1)
    with time_machine.travel(wall_time(day(first), clock(10)), tick=False):
        asked = timezone.now()
        # More than two days ahead: 24 hours to answer, across the night.
        RegistrationFactory(
            event=far, waiting=True, state="offered", offered_at=asked,
            queued_at=asked, offer_expires_at=far.answer_by(asked),
        )  # fmt: skip
    watch = Watch()
    run(first, last, watch, {"sign-up": closes})
    # The day before at ten; of the first day it was due before we came. Whoever is in `closes` and
    # `far` has no confirmed place.
    assert watch.seen["reminder"] == [f"{first} 10:00", f"{night} 10:00"]
    assert watch.seen["sign-up closed"] == [f"{night} 03:00"]
    expires = asked + timedelta(hours=24)
    assert watch.seen["offer ran out"] == [local(expires)]
    sent = Letter.objects.filter(kind="event_reminder", state=Letter.State.SENT)
    assert sent.count() == 2
    assert Letter.objects.filter(kind="event_reminder").exclude(state="sent").count() == 0
