"""Activities, their occasions, and who has a place or waits for one."""

from events.models.event import Event
from events.models.occasion import Occasion
from events.models.reading import EventQuerySet
from events.models.registration import (
    HOLDS,
    LAPSED,
    RESTS_AFTER,
    SPOKEN_FOR,
    Registration,
    RegistrationQuerySet,
    Submission,
)

__all__ = [
    "HOLDS",
    "LAPSED",
    "RESTS_AFTER",
    "SPOKEN_FOR",
    "Event",
    "EventQuerySet",
    "Occasion",
    "Registration",
    "RegistrationQuerySet",
    "Submission",
]
