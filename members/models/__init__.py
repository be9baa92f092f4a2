"""Who the association knows, what they are members as, and who logs in."""

from members.models.campaign import Campaign
from members.models.joining import Application
from members.models.membership import Fee, Membership, MembershipType
from members.models.own import EmailChange
from members.models.paper import PaperLetter
from members.models.person import Household, NotSamePerson, Person, PersonQuerySet
from members.models.register import ImportBatch, ImportedRow, Merge, SavedList
from members.models.renewal import Reminder, ReminderRule
from members.models.settings import MembershipSettings
from members.models.user import LoginCode, User, UserManager

__all__ = [
    "Application",
    "Campaign",
    "EmailChange",
    "Fee",
    "Household",
    "ImportBatch",
    "ImportedRow",
    "LoginCode",
    "Membership",
    "MembershipSettings",
    "MembershipType",
    "Merge",
    "NotSamePerson",
    "PaperLetter",
    "Person",
    "PersonQuerySet",
    "Reminder",
    "ReminderRule",
    "SavedList",
    "User",
    "UserManager",
]
