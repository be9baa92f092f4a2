"""Those who offer their time, and the rooms where they speak for us."""

from volunteers.models.absence import Absence
from volunteers.models.council import (
    Council,
    CouncilQuerySet,
    Mandate,
    MandateQuerySet,
    Organisation,
    Seat,
    SeatQuerySet,
)
from volunteers.models.lead import Lead, LeadMove, LeadQuerySet, TalkTime
from volunteers.models.meeting import CouncilIssue, CouncilMeeting
from volunteers.models.role import Role, Training
from volunteers.models.settings import VolunteerSettings

__all__ = [
    "Absence",
    "Council",
    "CouncilIssue",
    "CouncilMeeting",
    "CouncilQuerySet",
    "Lead",
    "LeadMove",
    "LeadQuerySet",
    "Mandate",
    "MandateQuerySet",
    "Organisation",
    "Role",
    "Seat",
    "SeatQuerySet",
    "TalkTime",
    "Training",
    "VolunteerSettings",
]
