"""Moving and cancelling, and telling everyone with a place: the old time and the new side by side.

What was told is compared with what is (ToldTime), so nobody is told twice, and a change that was
made in the editor is told like one that was made here.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from events import emails
from events.models import Change, ChangedTime, Event, Occasion, Registration, Time, ToldTime
from events.services import places, waiting_list
from mail.services import next_decent_hour

Kind = ChangedTime.Kind
State = Registration.State
# Letters about a change wait so long, so that a slip can be undone before anybody has read of it.
REGRET = timedelta(minutes=10)


class AlreadyBegun(Exception):
    """What has begun can be neither moved nor cancelled."""


class NotLater(Exception):
    """The new time has passed already, or ends before it starts."""


# --- what the office does -------------------------------------------------------------------------


@transaction.atomic
def move(
    event: Event,
    uid: uuid.UUID,
    starts_at: datetime,
    ends_at: datetime,
    *,
    actor: Any,
    because: str,
) -> Change | None:
    """One occasion to another time. Everyone keeps their place. Raises AlreadyBegun or NotLater."""
    event = places.lock(event.pk)
    _coming(event, uid)
    if not timezone.now() < starts_at < ends_at:
        raise NotLater
    write(event, {uid: {"starts_at": starts_at, "ends_at": ends_at}}, actor=actor)
    return tell(event, actor=actor, because=because)


@transaction.atomic
def cancel(event: Event, uid: uuid.UUID, *, actor: Any, because: str) -> Change | None:
    """This one occasion does not take place. Raises AlreadyBegun."""
    event = places.lock(event.pk)
    if _coming(event, uid).cancelled_at is None:
        write(event, {uid: {"cancelled_at": timezone.now()}}, actor=actor)
    return tell(event, actor=actor, because=because)


@transaction.atomic
def restore(event: Event, uid: uuid.UUID, *, actor: Any) -> Change | None:
    """It takes place after all. Raises AlreadyBegun."""
    event = places.lock(event.pk)
    _coming(event, uid)
    write(event, {uid: {"cancelled_at": None}}, actor=actor)
    return tell(event, actor=actor)


@transaction.atomic
def cancel_all(event: Event, *, actor: Any, because: str) -> Change | None:
    """The whole activity is off. Places stay as they were, offers are void. Raises AlreadyBegun."""
    event, now = places.lock(event.pk), timezone.now()
    if event.next_occasion(now) is None:
        raise AlreadyBegun
    if event.cancelled_at is None:
        _know(event)
        event.cancelled_at = now
        event.save(update_fields=["cancelled_at"])
        waiting_list.take_back_offers(event)
    return tell(event, actor=actor, because=because)


@transaction.atomic
def restore_all(event: Event, *, actor: Any) -> Change | None:
    """The activity is on after all. What was offered before goes to the queue again."""
    event = places.lock(event.pk)
    event.cancelled_at = None
    event.save(update_fields=["cancelled_at"])
    change = tell(event, actor=actor)
    waiting_list.release(event, timezone.now())
    return change


def _coming(event: Event, uid: uuid.UUID) -> Occasion:
    """Locked with its activity, before it begins."""
    occasion = event.occasions.get(uid=uid)
    if occasion.starts_at <= timezone.now():
        raise AlreadyBegun
    return occasion


# --- rows and drafts ------------------------------------------------------------------------------


def write(
    event: Event,
    changed: Mapping[uuid.UUID, Mapping[str, Any]] | None = None,
    *,
    added: list[dict[str, Any]] | None = None,
    actor: Any,
) -> list[Occasion]:
    """Write it on the occasions and in the draft that somebody may be writing on, so that publishing
    the draft does not undo it. The activity must be locked. Returns the new occasions."""
    changed = changed or {}
    _know(event)
    for occasion in Occasion.objects.filter(event=event, uid__in=changed):
        _set(occasion, changed[occasion.uid])
        occasion.save(update_fields=list(changed[occasion.uid]))
    new = [Occasion.objects.create(event=event, **facts) for facts in added or []]
    if event.has_unpublished_changes and event.latest_revision_id:
        draft = event.get_latest_revision_as_object()
        for occasion in draft.occasions.all():
            _set(occasion, changed.get(occasion.uid, {}))
        draft.occasions.add(*new)
        draft.save_revision(user=actor, clean=False)
    event.__dict__.pop("schedule", None)  # it was read before
    return new


def write_facts(event: Event, facts: Mapping[str, Any], *, actor: Any) -> None:
    """Other columns of the activity, in the row and in the draft. The activity must be locked."""
    _set(event, facts)
    event.save(update_fields=list(facts))
    if event.has_unpublished_changes and event.latest_revision_id:
        draft = event.get_latest_revision_as_object()
        _set(draft, facts)
        draft.save_revision(user=actor, clean=False)


def _set(row: Event | Occasion, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


# --- telling --------------------------------------------------------------------------------------


def _know(event: Event) -> None:
    """What is published is known from now on, unless it was known before."""
    if not event.live:
        return
    known = set(event.told_times.values_list("occasion_uid", flat=True))
    ToldTime.objects.bulk_create(
        ToldTime(event=event, occasion_uid=uid, is_off=off, **vars(time))
        for uid, (time, off) in _now_of(event).items()
        if uid not in known
    )


def _now_of(event: Event) -> dict[uuid.UUID, tuple[Time, bool]]:
    """Every occasion as it is, and whether it is off."""
    rows = Occasion.objects.filter(event=event)
    off = event.cancelled_at is not None
    return {
        row.uid: (
            Time(row.starts_at, row.ends_at, event.place),
            off or row.cancelled_at is not None,
        )
        for row in rows
    }


def tell(event: Event, *, actor: Any = None, because: str = "") -> Change | None:
    """Note what differs from what was told, and tell everyone who has a place or waits for one.

    None when nothing does. The activity must be locked.
    """
    if not event.live:
        return None
    _know(event)
    found = _differences(event)
    if not found:
        return None
    now = timezone.now()
    change = Change.objects.create(event=event, at=now, by=actor, because=because)
    for one in found:
        one.change = change
    ChangedTime.objects.bulk_create(found)
    _shorten_offers(event)
    _post(change, found, now)
    return change


@transaction.atomic
def tell_after_publishing(event_id: int, *, actor: Any) -> Change | None:
    """The editor may have written other times."""
    return tell(places.lock(event_id), actor=actor)


def _differences(event: Event) -> list[ChangedTime]:
    """What a reader would be wrong about, and the note that it is known now."""
    now, current, found = timezone.now(), _now_of(event), []
    for told in event.told_times.all():
        new, off = current.get(told.occasion_uid, (told.time, True))
        if (new, off) == (told.time, told.is_off):
            continue
        is_news = max(told.ends_at, new.ends_at) > now and not (off and told.is_off)
        if is_news:
            kind = Kind.OFF if off else Kind.ON_AGAIN if told.is_off else Kind.MOVED
            found.append(_changed(told, new, kind))
        told.starts_at, told.ends_at, told.place = new.starts_at, new.ends_at, new.place
        told.is_off = off
        told.save(update_fields=["starts_at", "ends_at", "place", "is_off"])
    return found


def _changed(told: ToldTime, new: Time, kind: str) -> ChangedTime:
    return ChangedTime(
        occasion_uid=told.occasion_uid,
        kind=kind,
        old_starts_at=told.starts_at,
        old_ends_at=told.ends_at,
        old_place=told.place,
        new_starts_at=new.starts_at,
        new_ends_at=new.ends_at,
        new_place=new.place,
    )


def _shorten_offers(event: Event) -> None:
    """No offer outlives the start that was moved to an earlier time."""
    if event.starts_at:
        late = event.registrations.filter(offer_expires_at__gt=event.starts_at)
        late.filter(state=State.OFFERED).update(offer_expires_at=event.starts_at)


def _post(change: Change, found: list[ChangedTime], now: datetime) -> None:
    first = min(min(one.old_starts_at, one.new_starts_at) for one in found)
    decent = next_decent_hour(now + REGRET)
    # Better woken than standing before a locked door.
    due_at = decent if decent < first - timedelta(hours=1) else now
    off = all(one.kind == Kind.OFF for one in found)
    kind = emails.OFF if off else emails.CHANGED
    for registration in Registration.objects.active().filter(event=change.event):
        emails.post(kind, registration, due_at=due_at, once=str(change.pk), change=change.pk)
