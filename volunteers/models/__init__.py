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
from volunteers.models.caregap import CareGap, CareTheme
from volunteers.models.clinic import (
    Clinic,
    ClinicContact,
    ClinicQuerySet,
    TermLetter,
    Touch,
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
from volunteers.models.draft import DraftText
from volunteers.models.duty import Duty
from volunteers.models.lead import Lead, LeadMove, LeadQuerySet, TalkTime
from volunteers.models.lecture import (
    BrochureOrder,
    Evaluation,
    LectureBooking,
    Lecturer,
    LecturerQuerySet,
)
from volunteers.models.meeting import CouncilIssue, CouncilMeeting
from volunteers.models.outreach_settings import OutreachSettings
from volunteers.models.phone import PhoneCall
from volunteers.models.role import Role, Training
from volunteers.models.settings import VolunteerSettings
from volunteers.models.shift import CrewMember, Shift
from volunteers.models.term import Term

__all__ = [
    "Absence",
    "Agreement",
    "Assignment",
    "BrochureOrder",
    "CareGap",
    "CareTheme",
    "Clinic",
    "ClinicContact",
    "ClinicQuerySet",
    "Council",
    "CouncilIssue",
    "CouncilMeeting",
    "CouncilQuerySet",
    "CrewMember",
    "DraftText",
    "Duty",
    "Evaluation",
    "HourNote",
    "Lead",
    "LeadMove",
    "LeadQuerySet",
    "LectureBooking",
    "Lecturer",
    "LecturerQuerySet",
    "Mandate",
    "MandateQuerySet",
    "Organisation",
    "OutreachSettings",
    "PhoneCall",
    "Promise",
    "Role",
    "Seat",
    "SeatQuerySet",
    "Shift",
    "SupervisionMeeting",
    "TalkTime",
    "Term",
    "TermLetter",
    "Touch",
    "Training",
    "TrainingRecord",
    "VolunteerSettings",
]
