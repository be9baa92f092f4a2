"""A yes to an offer in the moment when its time is up: the place is one person's."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from events.models import Event, Registration
from events.services import paying, places, waiting_list
from tests.events.test_office_at_once import at_once
from tests.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)
State = Registration.State


def test_a_yes_at_the_last_moment_and_the_clock_give_the_place_once(monkeypatch):
    assert held_after_both(monkeypatch, locked=True) == 1
    assert Registration.objects.get(name="Kim").state == State.CONFIRMED
    assert Registration.objects.get(name="Bo").state == State.WAITING


def test_without_the_lock_the_same_moment_gives_the_place_twice(monkeypatch):
    """Should this ever fail, the test above proves nothing."""
    assert held_after_both(monkeypatch, locked=False) == 2


def test_a_yes_when_the_clock_was_first_is_told_that_the_place_went_on():
    event, kim = offered_to_kim()
    later = timezone.now() + timedelta(hours=2)
    with transaction.atomic():
        waiting_list.release(places.lock(event.pk), later)
    assert at_once(lambda: waiting_list.accept(kim)) == ["PlaceWentOn"]
    assert Registration.objects.get(name="Bo").state == State.OFFERED


def offered_to_kim() -> tuple[Event, Registration]:
    """One place, which Kim is asked about for an hour more; Bo is next."""
    event, until = EventFactory(capacity=1), timezone.now() + timedelta(hours=1)
    kim = RegistrationFactory(event=event, name="Kim", offered=True, offer_expires_at=until)
    RegistrationFactory(event=event, name="Bo", waiting=True)
    return event, kim


def held_after_both(monkeypatch: pytest.MonkeyPatch, *, locked: bool) -> int:
    """Kim says yes; before that is written the time is up, and the clock wants to ask Bo."""
    event, kim = offered_to_kim()
    later = timezone.now() + timedelta(hours=2)
    said, asked, seat = threading.Event(), threading.Event(), paying.seat
    if not locked:
        monkeypatch.setattr(places, "lock", lambda pk: Event.objects.get(pk=pk))

    def slowly(*about: Any) -> str:
        said.set()
        # In vain, when the clock waits for the lock that we hold.
        asked.wait(timeout=1)
        return seat(*about)

    def the_clock() -> None:
        said.wait(timeout=10)
        with transaction.atomic():
            waiting_list.release(places.lock(event.pk), later)
        asked.set()

    monkeypatch.setattr(paying, "seat", slowly)
    assert at_once(lambda: waiting_list.accept(kim), the_clock) == ["done", "done"]
    return places.count(Event.objects.get(pk=event.pk), later).held
