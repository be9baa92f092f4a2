"""Counting visits without names: a press for each who comes, and what was noted after the shift."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from events.models import Event, Occasion, VisitTally
from events.models.tally import PARTS
from events.services.leading import OFFICE, address_of

# What a press adds. A woman who is counted is a visit too; a first time is not one more visit.
PRESSES: dict[str, tuple[str, ...]] = {
    "visit": ("total",),
    "women": ("total", "women"),
    "men": ("total", "men"),
    "other": ("total", "other"),
    "unknown": ("total", "unknown"),
    "first_timers": ("first_timers",),
    "from_here": ("from_here",),
    "from_elsewhere": ("from_elsewhere",),
}
# How far back a shift can still be counted or corrected on the phone.
LOOK_BACK = timedelta(days=31)
# Seconds that the number of a press is remembered: a double press is one.
REMEMBERED = 600


class PartsExceedAll(Exception):
    """More women, or more who were here for the first time, than there were visits."""


class NothingToTakeAway(Exception):
    """It is zero already."""


class NotCounted(Exception):
    """Cancelled, or not yet the day."""


@dataclass(frozen=True)
class Shift:
    """One occasion that is counted."""

    event: Event
    occasion: Occasion
    tally: VisitTally | None

    @property
    def address(self) -> str:
        return address_of(self.event, self.occasion)

    @property
    def is_today(self) -> bool:
        return timezone.localdate(self.occasion.starts_at) == timezone.localdate()


def is_counted(event: Event) -> bool:
    """Where nobody signs up there is no list, and visits are counted."""
    return event.sign_up == Event.SignUp.NONE


def shifts_of(user: Any, now: datetime) -> list[Shift]:
    """What this one may count, today's first; the office may count everything."""
    events = Event.objects.filter(live=True, cancelled_at=None, sign_up=Event.SignUp.NONE)
    if not user.has_perm(OFFICE):
        events = events.filter(leaders__user=user)
    rows = [
        (event, occasion)
        for event in events.distinct().with_occasions()
        for occasion in event.held
        if now - LOOK_BACK < occasion.starts_at and can_count(event, occasion, now)
    ]
    uids = [occasion.uid for _event, occasion in rows]
    tallies = {row.occasion_uid: row for row in VisitTally.objects.filter(occasion_uid__in=uids)}
    rows.sort(key=lambda row: row[1].starts_at, reverse=True)
    return [Shift(event, occasion, tallies.get(occasion.uid)) for event, occasion in rows]


def can_count(event: Event, occasion: Occasion, now: datetime) -> bool:
    begun = timezone.localdate(occasion.starts_at) <= timezone.localdate(now)
    return begun and event.cancelled_at is None and occasion.cancelled_at is None


def tally_of(event: Event, occasion: Occasion) -> VisitTally:
    """What is counted so far; nothing, when nobody has pressed."""
    return VisitTally.objects.filter(occasion_uid=occasion.uid).first() or _empty(event, occasion)


def _empty(event: Event, occasion: Occasion) -> VisitTally:
    return VisitTally(
        event=event,
        occasion_uid=occasion.uid,
        opened_at=occasion.starts_at,
        closed_at=occasion.ends_at,
        changed_at=timezone.now(),
    )


@transaction.atomic
def press(
    event: Event, occasion: Occasion, what: str, *, step: int, key: uuid.UUID, actor: Any
) -> VisitTally:
    """One more or one less. The same key again is the same press.

    Raises NotCounted, PartsExceedAll or NothingToTakeAway.
    """
    tally = _locked(event, occasion)
    if not cache.add(f"press:{key}", 1, REMEMBERED):
        return tally
    for name in PRESSES[what]:
        setattr(tally, name, getattr(tally, name) + step)
    if any(getattr(tally, name) < 0 for name in PRESSES[what]):
        raise NothingToTakeAway
    _must_add_up(tally)
    return _saved(tally, actor, PRESSES[what])


@transaction.atomic
def note_shift(
    event: Event, occasion: Occasion, facts: dict[str, Any], *, actor: Any
) -> VisitTally:
    """What was typed after the shift. Raises NotCounted or PartsExceedAll."""
    tally = _locked(event, occasion)
    for name, value in facts.items():
        setattr(tally, name, value)
    _must_add_up(tally)
    return _saved(tally, actor, tuple(facts))


def _locked(event: Event, occasion: Occasion) -> VisitTally:
    """The row of this occasion; two who press at the same time wait for each other."""
    now = timezone.now()
    if not can_count(event, occasion, now):
        raise NotCounted
    VisitTally.objects.get_or_create(
        occasion_uid=occasion.uid,
        defaults={
            "event": event,
            "opened_at": occasion.starts_at,
            "closed_at": occasion.ends_at,
            "changed_at": now,
        },
    )
    return VisitTally.objects.select_for_update().get(occasion_uid=occasion.uid)


def _must_add_up(tally: VisitTally) -> None:
    for parts in PARTS.values():
        if sum(getattr(tally, name) for name in parts) > tally.total:
            raise PartsExceedAll


def _saved(tally: VisitTally, actor: Any, names: tuple[str, ...]) -> VisitTally:
    tally.changed_at, tally.changed_by = timezone.now(), actor
    tally.save(update_fields=[*names, "changed_at", "changed_by"])
    return tally
