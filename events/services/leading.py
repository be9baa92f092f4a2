"""Who leads what, and how an occasion is found by its address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.models import AttendanceSheet, Event, Leader, Occasion
from privacy.models import AccessLog
from privacy.services import note_access

# Who may open every list: the office, for whoever leads is ill at times.
OFFICE = "events.change_registration"
# How far back a list that nobody has saved is still asked for.
LOOK_BACK = timedelta(days=60)
# How many that are saved, and how many that are to come, are shown at once.
SOME = 6


class WorksNotHere(Exception):
    """Only somebody with a role can lead: others never get past the door."""


@dataclass(frozen=True)
class Evening:
    """One occasion in a leader's list."""

    event: Event
    occasion: Occasion
    sheet: AttendanceSheet | None

    @property
    def address(self) -> str:
        return address_of(self.event, self.occasion)


@dataclass(frozen=True)
class Evenings:
    today: list[Evening]
    unsaved: list[Evening]
    coming: list[Evening]
    saved: list[Evening]

    @property
    def any(self) -> bool:
        return bool(self.today or self.unsaved or self.coming or self.saved)


def leads(user: Any, event: Event) -> bool:
    """Asked anew at every request."""
    return bool(user.has_perm(OFFICE)) or Leader.objects.filter(user=user, event=event).exists()


def may_look(user: Any) -> bool:
    """Whether /ledare/ is there for this one at all."""
    return (
        bool(user.has_perm(OFFICE))
        or user.groups.filter(name="ledare").exists()
        or Leader.objects.filter(user=user).exists()
    )


def activities_of(user: Any) -> QuerySet[Event]:
    rows = Event.objects.filter(leaders__user=user, live=True, cancelled_at=None)
    return rows.with_occasions().distinct()


def evenings_of(user: Any, now: datetime) -> Evenings:
    """What this one leads: today, what is not saved yet, what is to come, what is saved."""
    events = [event for event in activities_of(user) if event.sign_up == Event.SignUp.FORM]
    sheets = {
        sheet.occasion_uid: sheet for sheet in AttendanceSheet.objects.filter(event__in=events)
    }
    rows = [
        Evening(event, occasion, sheets.get(occasion.uid))
        for event in events
        for occasion in event.held
    ]
    rows.sort(key=lambda row: row.occasion.starts_at)
    today = timezone.localdate(now)
    before = [row for row in rows if timezone.localdate(row.occasion.starts_at) < today]
    unsaved = [row for row in before if row.sheet is None]
    saved = [row for row in before if row.sheet is not None]
    coming = [row for row in rows if timezone.localdate(row.occasion.starts_at) > today]
    return Evenings(
        today=[row for row in rows if timezone.localdate(row.occasion.starts_at) == today],
        unsaved=[row for row in unsaved if row.occasion.starts_at > now - LOOK_BACK],
        coming=coming[:SOME],
        saved=saved[: -SOME - 1 : -1],
    )


def address_of(event: Event, occasion: Occasion) -> str:
    """2026-11-30; with the hour behind it when the activity has two on that day."""
    local = timezone.localtime(occasion.starts_at)
    days = [timezone.localdate(one.starts_at) for one in event.schedule]
    return f"{local:%Y-%m-%d-%H%M}" if days.count(local.date()) > 1 else f"{local:%Y-%m-%d}"


def find(event: Event, address: str) -> Occasion | None:
    return next((one for one in event.schedule if address_of(event, one) == address), None)


def number_of(event: Event, occasion: Occasion) -> tuple[int, int] | None:
    """3 of 8; None of what is cancelled or alone."""
    held = event.held
    if len(held) < 2 or occasion not in held:
        return None
    return held.index(occasion) + 1, len(held)


@transaction.atomic
def appoint(event: Event, user: Any, *, actor: Any) -> Leader:
    """Let this one lead. Twice is once. Raises WorksNotHere."""
    if not user.works_here:
        raise WorksNotHere
    leader, is_new = Leader.objects.get_or_create(event=event, user=user)
    if is_new:
        _note(event, user, actor, "lade till som ledare")
    return leader


@transaction.atomic
def dismiss(leader: Leader, *, actor: Any) -> None:
    """From the next request on they see nothing of this activity."""
    _note(leader.event, leader.user, actor, "tog bort som ledare")
    leader.delete()


def _note(event: Event, user: Any, actor: Any, deed: str) -> None:
    note_access(
        actor,
        action=AccessLog.Action.CHANGE,
        about="events.Leader",
        reference=f"{event.slug}#{user.pk}",
        reason=deed,
    )
