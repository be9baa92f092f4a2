"""Those who offer their time, and the rooms where they speak for us."""

from volunteers.models.absence import Absence
from volunteers.models.lead import Lead, LeadMove, LeadQuerySet, TalkTime
from volunteers.models.role import Role, Training
from volunteers.models.settings import VolunteerSettings

__all__ = [
    "Absence",
    "Lead",
    "LeadMove",
    "LeadQuerySet",
    "Role",
    "TalkTime",
    "Training",
    "VolunteerSettings",
]
