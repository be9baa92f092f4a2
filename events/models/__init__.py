"""Activities, their occasions, who has a place or waits for one, who leads, and who was there."""

from events.models.asking import AnswerKey
from events.models.attendance import Attendance, AttendanceSheet
from events.models.change import Absence, Change, ChangedTime, Time, ToldTime
from events.models.circle import (
    Circle,
    CircleRules,
    CircleSettings,
    Form,
    HandOverColumn,
)
from events.models.event import NEAR, Event
from events.models.feed import PrivateFeed
from events.models.interest import Interest
from events.models.leading import Leader
from events.models.occasion import Occasion
from events.models.papers import AgreementRead, Identity
from events.models.place_line import PlaceLine
from events.models.reading import EventQuerySet
from events.models.registration import (
    HOLDS,
    LAPSED,
    MOST_IN_A_PARTY,
    RESTS_AFTER,
    SPOKEN_FOR,
    UNPAID,
    Registration,
    RegistrationQuerySet,
    Submission,
)
from events.models.tally import ActivityBudget, UniqueEstimate, VisitTally

__all__ = [
    "HOLDS",
    "LAPSED",
    "MOST_IN_A_PARTY",
    "NEAR",
    "RESTS_AFTER",
    "SPOKEN_FOR",
    "UNPAID",
    "Absence",
    "ActivityBudget",
    "AgreementRead",
    "AnswerKey",
    "Attendance",
    "AttendanceSheet",
    "Change",
    "ChangedTime",
    "Circle",
    "CircleRules",
    "CircleSettings",
    "Event",
    "EventQuerySet",
    "Form",
    "HandOverColumn",
    "Identity",
    "Interest",
    "Leader",
    "Occasion",
    "PlaceLine",
    "PrivateFeed",
    "Registration",
    "RegistrationQuerySet",
    "Submission",
    "Time",
    "ToldTime",
    "UniqueEstimate",
    "VisitTally",
]
