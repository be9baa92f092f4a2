"""What a member finds on Mina sidor, put together from several apps."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Permission
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Registration
from members.models import Person
from members.services.membership import Status, status_of
from members.services.people import ABOUT, reveal
from payments.models import Charge
from privacy.addresses import mail_key
from privacy.models import AccessLog
from volunteers.services.own import of_mailbox

CARD = signing.Signer(salt="membership card")
# Who in the house a role is, in words for those outside it.
ROLE_WORDS = {
    "medlemsregister": _("Den som sköter medlemsregistret"),
    "styrelse": _("Styrelsen"),
    "kassor": _("Kassören"),
    "dataskydd": _("Den som svarar för dataskydd"),
}
# Of the log, the newest.
MOST_LOOKS = 100


@dataclass(frozen=True)
class Home:
    person: Person | None
    next: Registration | None
    status: Status | None
    # Whether they have a page as a volunteer.
    is_volunteer: bool = False


def people_of(user: Any) -> list[Person]:
    """Everyone in the register with this mailbox: two may share one."""
    rows = Person.objects.in_register().of_mailbox(mail_key(user.email)).order_by("pk")
    return [reveal(person) for person in rows]


def home(user: Any, person: Person | None) -> Home:
    is_volunteer = of_mailbox(mail_key(user.email)) is not None
    status = status_of(person) if person else None
    return Home(person, next(iter(bookings(user)), None), status, is_volunteer)


def bookings(user: Any) -> list[Any]:
    """What is to come, the soonest first. Each row carries `occasion`: its next time."""
    now = timezone.now()
    rows = (
        Registration.objects.active()
        .of_mailbox(mail_key(user.email))
        .filter(event__occasions__ends_at__gt=now, event__cancelled_at=None)
        .select_related("event")
        .prefetch_related("event__occasions")
        .distinct()
    )
    found = []
    for row in rows:
        occasion: Any = row.event.next_occasion(now)
        if occasion:
            row.occasion = occasion  # type: ignore[attr-defined]  # for the page
            found.append(row)
    return sorted(found, key=lambda row: row.occasion.starts_at)


def booking_of(user: Any, pk: int) -> Registration | None:
    rows = Registration.objects.active().of_mailbox(mail_key(user.email))
    return rows.select_related("event").filter(pk=pk).first()


def receipts(person: Person) -> QuerySet[Charge]:
    """Everything that they have paid for, the newest first."""
    theirs = Q(membership__person=person) | Q(application__person=person)
    return Charge.objects.filter(theirs, received__gt=0).distinct().order_by("-created_at")


@dataclass(frozen=True)
class Look:
    at: Any
    what: str
    by: str


def looks(person: Person, user: Any) -> list[Look]:
    """Who opened or changed the row. A role and no name: who works here is also somebody."""
    rows = AccessLog.objects.filter(about=ABOUT, reference=str(person.reference))
    rows = rows.select_related("actor").prefetch_related("actor__groups").order_by("-at")
    return [Look(row.at, row.get_action_display(), _by(row, user)) for row in rows[:MOST_LOOKS]]


def _by(row: AccessLog, user: Any) -> str:
    if row.actor_id == user.pk:
        return str(_("Du själv"))
    names = [group.name for group in row.actor.groups.all()]
    known = [str(ROLE_WORDS[name]) for name in ROLE_WORDS if name in names]
    return known[0] if known else str(_("Någon av oss"))


def who_can_see(person: Person) -> list[str]:
    """The roles that may open this person today, read from what the roles may do."""
    needed = "see_protected" if person.is_protected else "view_person"
    rows = Permission.objects.filter(content_type__app_label="members", codename=needed)
    names = set(rows.values_list("group__name", flat=True))
    return [str(words) for name, words in ROLE_WORDS.items() if name in names]


def card_token(person: Person) -> str:
    """Made anew with the reference: who is erased takes the card with them."""
    return CARD.sign(person.reference.hex)


def card_is_valid(token: str) -> bool:
    """Whether somebody holds a membership today. Says nothing of whom."""
    try:
        reference = CARD.unsign(token)
    except signing.BadSignature:
        return False
    today = timezone.localdate()
    rows = Person.objects.in_register().members_on(today)
    return rows.filter(reference=reference).exists()
