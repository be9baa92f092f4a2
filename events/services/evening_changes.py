"""What a leader may do about an evening itself: it did not take place, or it takes place later."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from events.models import AttendanceSheet, Event, Occasion
from events.services import changes, places


class HasAttendance(Exception):
    """Somebody has saved who was there, so it did take place."""


@transaction.atomic
def call_off(event: Event, occasion: Occasion, *, actor: Any, because: str = "") -> None:
    """Before it begins everyone is told; afterwards it is only noted. Raises HasAttendance."""
    event = places.lock(event.pk)
    if AttendanceSheet.objects.filter(occasion_uid=occasion.uid).exists():
        raise HasAttendance
    if occasion.starts_at > timezone.now():
        changes.cancel(event, occasion.uid, actor=actor, because=because)
    elif occasion.cancelled_at is None:
        changes.write(event, {occasion.uid: {"cancelled_at": timezone.now()}}, actor=actor)
