"""The day before, in the middle of the day, once, and never for nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from events.models import Event, Occasion, Registration
from events.services.reminders import remind_due
from mail.models import Letter
from mail.services.outbox import deliver_due
from tests.events.conftest import make_event, take_place

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2026-12-10T17:00:00+01:00")
NOON_BEFORE = START - timedelta(days=1, hours=6)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START - timedelta(days=5), tick=False) as traveller:
        yield traveller


@pytest.fixture
def kim() -> Registration:
    return take_place(make_event(starts_at=START))


def reminders() -> list[str]:
    return list(Letter.objects.filter(kind="event_reminder").values_list("state", flat=True))


def test_a_reminder_leaves_the_day_before_at_ten(kim: Registration, clock: Any) -> None:
    clock.move_to(START.replace(day=9, hour=9, minute=59))
    assert remind_due() == 0
    clock.shift(timedelta(minutes=1))
    assert remind_due() == 1


def test_nobody_is_reminded_twice(kim: Registration, clock: Any) -> None:
    clock.move_to(NOON_BEFORE)
    assert [remind_due(), remind_due(), remind_due()] == [1, 0, 0]


def test_a_missed_morning_is_made_up_for_in_the_afternoon(kim: Registration, clock: Any) -> None:
    clock.move_to(START.replace(day=9, hour=19, minute=30))
    assert remind_due() == 1


def test_nobody_is_woken_in_the_evening(kim: Registration, clock: Any) -> None:
    clock.move_to(START.replace(day=9, hour=20))
    assert remind_due() == 0


def test_whoever_signed_up_the_same_morning_is_not_reminded(clock: Any) -> None:
    clock.move_to(NOON_BEFORE)
    take_place(make_event(starts_at=START))
    assert remind_due() == 0


def test_whoever_switched_it_off_is_not_reminded(kim: Registration, clock: Any) -> None:
    Registration.objects.update(reminder_off=True)
    clock.move_to(NOON_BEFORE)
    assert remind_due() == 0


@pytest.mark.parametrize("what", ["registration", "occasion", "event"])
def test_nobody_is_reminded_of_what_is_cancelled(kim: Registration, clock: Any, what: str) -> None:
    clock.move_to(NOON_BEFORE)
    remind_due()
    if what == "registration":
        Registration.objects.update(state="cancelled", cancelled_at=NOON_BEFORE)
    elif what == "occasion":
        Occasion.objects.update(cancelled_at=NOON_BEFORE)
    else:
        Event.objects.update(cancelled_at=NOON_BEFORE)
    Letter.objects.filter(kind="event_confirmed").delete()
    deliver_due()
    assert reminders() == ["skipped"]


def test_every_occasion_of_a_series_has_its_own_reminder(kim: Registration, clock: Any) -> None:
    week = timedelta(days=7)
    Occasion.objects.create(
        event=kim.event, starts_at=START + week, ends_at=START + week + timedelta(hours=2)
    )
    clock.move_to(NOON_BEFORE)
    assert remind_due() == 1
    clock.move_to(NOON_BEFORE + week)
    assert remind_due() == 1


@pytest.mark.parametrize("night", ["2027-03-28", "2027-10-31"])
def test_reminders_keep_swedish_wall_time_when_the_clocks_change(clock: Any, night: str) -> None:
    start = datetime.fromisoformat(f"{night}T18:00:00").astimezone()
    take_place(make_event("klockan", starts_at=start))
    first = None
    now = start - timedelta(days=2)
    while first is None and now < start:
        clock.move_to(now)
        if remind_due():
            first = now
        now += timedelta(minutes=10)
    assert first is not None
    from django.utils import timezone

    assert f"{timezone.localtime(first):%H:%M}" == "10:00"
    assert (timezone.localtime(start).date() - timezone.localtime(first).date()).days == 1
