"""Letters about times and interest, and what each is about: for those who look at all letters."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from events.models import Event, Registration
from events.services import changes
from tests.factories import EventFactory, InterestFactory, RegistrationFactory, days_away

About = dict[str, Any]
DAY = timedelta(days=1)


def reminded() -> About:
    row: Registration = RegistrationFactory(event=EventFactory(starts_at=days_away(0.9)))
    return {"registration": row.pk, "occasion": row.event.schedule[0].uid.hex}


def changed(*, off: bool = False) -> Callable[[], About]:
    def about() -> About:
        row: Registration = RegistrationFactory(name="Kim")
        one, said = row.event.schedule[0], {"actor": None, "because": "Lokalen var upptagen."}
        event = Event.objects.get(pk=row.event_id)
        if off:
            change = changes.cancel(event, one.uid, **said)
        else:
            change = changes.move(event, one.uid, one.starts_at + DAY, one.ends_at + DAY, **said)
        assert change
        return {"registration": row.pk, "change": change.pk}

    return about


def with_place(**more: Any) -> Callable[[], About]:
    return lambda: {"registration": RegistrationFactory(name="Kim", **more).pk}


def interested() -> About:
    return {"interest": InterestFactory(name="Kim").pk}


# What only its reader may know: nothing.
LETTERS: dict[str, tuple[Callable[[], About], About | None]] = {
    "event_cancelled": (changed(off=True), None),
    "event_changed": (changed(), None),
    "event_reminder": (reminded, None),
    "event_paid_late": (with_place(cancelled=True), None),
    "event_to_pay": (with_place(paying=True), None),
    "event_unpaid": (with_place(cancelled=True), None),
    "interest_received": (interested, None),
    "interest_result": (interested, None),
    "interest_still": (interested, None),
}
