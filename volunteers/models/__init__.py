"""Those who offer their time, and the rooms where they speak for us."""

from volunteers.models.absence import Absence
from volunteers.models.assignment import (
    Agreement,
    Assignment,
    HourNote,
    Promise,
    SupervisionMeeting,
    TrainingRecord,
)
from volunteers.models.council import (
    Council,
    CouncilQuerySet,
    Mandate,
    MandateQuerySet,
    Organisation,
    Seat,
    SeatQuerySet,
)
from volunteers.models.duty import Duty
from volunteers.models.lead import Lead, LeadMove, LeadQuerySet, TalkTime
from volunteers.models.meeting import CouncilIssue, CouncilMeeting
from volunteers.models.role import Role, Training
from volunteers.models.settings import VolunteerSettings
from volunteers.models.shift import CrewMember, Shift

__all__ = [
    "Absence",
    "Agreement",
    "Assignment",
    "Council",
    "CouncilIssue",
    "CouncilMeeting",
    "CouncilQuerySet",
    "CrewMember",
    "Duty",
    "HourNote",
    "Lead",
    "LeadMove",
    "LeadQuerySet",
    "Mandate",
    "MandateQuerySet",
    "Organisation",
    "Promise",
    "Role",
    "Seat",
    "SeatQuerySet",
    "Shift",
    "SupervisionMeeting",
    "TalkTime",
    "Training",
    "TrainingRecord",
    "VolunteerSettings",
]
