"""Who holds a place right now. Everyone who gives or takes one locks the activity first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, Q, Sum

from events.models import HOLDS, LAPSED, SPOKEN_FOR, UNPAID, Event, Registration
from privacy.prepared import Prepared

# How long somebody may wait for the lock before the page says "try again", in milliseconds.
LOCK_PATIENCE_MS = 3000
# What of an activity decides whether somebody gets a place, and whether they pay for it first.
DECIDES = [
    "live", "cancelled_at", "sign_up", "opens_at", "closes_at", "capacity", "waiting_list",
    "pays_ahead", "price",
]  # fmt: skip


@dataclass(frozen=True)
class Places:
    """The places of one activity at one moment. `capacity` None means that all fit."""

    capacity: int | None
    # People, not registrations: those who come together are counted each.
    held: int
    # Those in the queue who come before any newcomer.
    spoken_for: int
    # For somebody who comes now: their own active rows, and holds that ran out: offers without an
    # answer, places that nobody paid for.
    mine: int = 0
    lapsed: int = 0

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.held

    @property
    def open_to_all(self) -> bool:
        """A newcomer may have one: there is a place that nobody in the queue comes before."""
        return self.has_room_for(1)

    def has_room_for(self, party: int) -> bool:
        """So many newcomers who come together may have a place each, after all in the queue."""
        return self.free is None or self.free - self.spoken_for >= party

    def seats(self, party: int) -> bool:
        """There is a place for each of them, whoever waits."""
        return self.free is None or self.free >= party

    def is_filled_by(self, party: int) -> bool:
        """When these newcomers have come, visitors see that it is full, as they did not before."""
        return self.free is not None and self.free - self.spoken_for in range(1, party + 1)


def lock(event_id: int) -> Event:
    """The activity, locked until the transaction ends. Must be the transaction's first question.

    Everything that is counted afterwards is true, because everyone else waits here (READ
    COMMITTED). Raises django.db.OperationalError after LOCK_PATIENCE_MS.
    """
    _be_patient()
    return Event.objects.select_for_update().get(pk=event_id)


def lock_again(event: Event) -> None:
    """The same for an activity that has been read: only what decides is read anew."""
    _be_patient()
    found = _LOCKED.rows(event=event.pk)
    if not found:
        raise Event.DoesNotExist
    for name, value in zip(DECIDES, found[0], strict=True):
        setattr(event, name, value)


def _be_patient() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_PATIENCE_MS}")


def count(event: Event, now: datetime) -> Places:
    """The places as they are now."""
    return count_for("", event, now)


def count_for(person_key: str, event: Event, now: datetime) -> Places:
    """The places as somebody meets them who wants one."""
    found = _COUNTED.rows(event=event.pk, now=now, person=person_key)
    held, spoken_for, mine, lapsed = found[0] if found else (0, 0, 0, 0)
    return Places(event.capacity, held, spoken_for, mine, lapsed)


# What stands in the questions until they are asked: nobody has such a key, and no moment of ours is
# so long ago.
_NOW, _PERSON, _EVENT = datetime(1, 1, 2, tzinfo=UTC), "the one who asks", -1

_LOCKED = Prepared(
    lambda: Event.objects.select_for_update().filter(pk=_EVENT).values_list(*DECIDES),
    event=_EVENT,
)
# The rules of `events.models`, asked while everyone else waits for the lock.
_COUNTED = Prepared(
    lambda: (
        Registration.objects.filter(event=_EVENT)
        .values("event")
        .annotate(
            held=Sum("party", filter=HOLDS(_NOW), default=0),
            spoken_for=Sum("party", filter=SPOKEN_FOR(_NOW), default=0),
            mine=Count("pk", filter=Q(person_key=_PERSON, state__in=Registration.ACTIVE)),
            lapsed=Count("pk", filter=LAPSED(_NOW) | UNPAID(_NOW)),
        )
        .values_list("held", "spoken_for", "mine", "lapsed")
        .order_by()
    ),
    event=_EVENT, now=_NOW, person=_PERSON,
)  # fmt: skip
