"""Who holds a place right now. Everyone who gives or takes one locks the activity first."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from events.models import HOLDS, RESTS_AFTER, Event, Registration

# How long somebody may wait for the lock before the page says "try again", in milliseconds.
LOCK_PATIENCE_MS = 3000


@dataclass(frozen=True)
class Places:
    """The places of one activity at one moment. `capacity` None means that all fit."""

    capacity: int | None
    held: int
    # Waiting, and willing to be asked.
    hopeful: int
    # Offers whose time is over and that nobody has taken back yet.
    lapsed: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.held

    @property
    def open_to_all(self) -> bool:
        """A newcomer may have one: there is a place and nobody in the queue wants it first."""
        return self.free is None or self.free > self.hopeful + self.lapsed

    @property
    def full(self) -> bool:
        return not self.open_to_all


def lock(event_id: int) -> Event:
    """The activity, locked until the transaction ends. Must be the transaction's first question.

    Everything that is counted afterwards is true, because everyone else waits here (READ
    COMMITTED). Raises django.db.OperationalError after LOCK_PATIENCE_MS.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_PATIENCE_MS}")
    return Event.objects.select_for_update().get(pk=event_id)


def count(event: Event, now: datetime) -> Places:
    State = Registration.State  # noqa: N806 -- an enum
    row = Registration.objects.filter(event=event).aggregate(
        held=Count("pk", filter=HOLDS(now)),
        hopeful=Count("pk", filter=Q(state=State.WAITING, offers_unanswered__lt=RESTS_AFTER)),
        lapsed=Count("pk", filter=Q(state=State.OFFERED, offer_expires_at__lte=now)),
    )
    return Places(capacity=event.capacity, **row)
