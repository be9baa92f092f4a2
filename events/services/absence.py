"""Not today: one press, no reason. In a series it is about one time and the place is kept; of what
happens once the place goes on to somebody else."""

import uuid

from django.db import transaction
from django.utils import timezone

from events.models import Absence, Event, Occasion, Registration
from events.services import places
from events.services.registration import cancel

State = Registration.State


def is_series(event: Event) -> bool:
    return len(event.schedule) > 1


@transaction.atomic
def cannot_come(registration: Registration, uid: uuid.UUID) -> Registration:
    """They do not come this time. Pressed twice it is said once; after the start it says nothing."""
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state != State.CONFIRMED or _coming(event, uid) is None:
        return registration
    if not is_series(event):
        return cancel(registration, at_once=True)
    Absence.objects.get_or_create(
        registration=registration, occasion_uid=uid, defaults={"noted_at": timezone.now()}
    )
    return registration


@transaction.atomic
def can_come(registration: Registration, uid: uuid.UUID) -> Registration:
    """They come after all."""
    event = places.lock(registration.event_id)
    if _coming(event, uid):
        Absence.objects.filter(registration=registration, occasion_uid=uid).delete()
    return registration


def _coming(event: Event, uid: uuid.UUID) -> Occasion | None:
    now = timezone.now()
    return next((one for one in event.held if one.uid == uid and one.starts_at > now), None)


def coming_times(registration: Registration) -> list[tuple[Occasion, bool]]:
    """The times to come, and for each whether they have said that they do not come."""
    now = timezone.now()
    said = set(registration.absences.values_list("occasion_uid", flat=True))
    held = registration.event.held
    return [(one, one.uid in said) for one in held if one.starts_at > now]


def away(uid: uuid.UUID) -> set[int]:
    """The registrations of those who have said that they do not come this time."""
    return set(Absence.objects.filter(occasion_uid=uid).values_list("registration", flat=True))
