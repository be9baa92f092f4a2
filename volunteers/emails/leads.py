"""Letters to those who want to help, and what the coordinator is told about them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Association, Letter
from mail.services import close_doors, mint
from mail.services import post as post_letter
from members.models import User
from volunteers.models import Lead

RECEIVED = "volunteer_received"
LATE = "volunteer_late"
MOVED = "volunteer_moved"
# What a coordinator has written or changed herself before it was sent.
WRITTEN = "volunteer_written"
NEW = "staff_new_volunteer"
MONDAY = "staff_monday"
CHAIR = "staff_volunteer_waits"
PAUSED = "staff_volunteer_paused"
PAUSE_ENDS = "volunteer_pause_end"
STEPS_IN = "staff_steps_in"

# The one door of a volunteer: where things stand, and what may be changed.
DOOR = "volunteer"
# A volunteer keeps the first letter for long: doors stay open this long.
OPEN_FOR = timedelta(days=365)


def post(
    kind: str,
    lead: Lead,
    *,
    due_at: datetime | None = None,
    once: str = "",
    public: bool = False,
    private: Any = None,
    **about: Any,
) -> Letter | None:
    """Put a letter to this person in the outbox. `once`: with the same word it is written once."""
    if not lead.email:
        return None
    return post_letter(
        kind,
        to=lead.email,
        about={"lead": lead.pk, **about},
        private=private,
        due_at=due_at,
        dedupe_key=f"{kind}:{lead.pk}:{once}" if once else None,
        public=public,
    )


def post_to(
    user: User, kind: str, *, due_at: datetime | None = None, once: str = "", **about: Any
) -> Letter | None:
    """To one of us. Never a name and never what somebody wrote: a number and a link."""
    return post_letter(
        kind,
        to=user.email,
        about={"user": user.pk, **about},
        due_at=due_at,
        dedupe_key=f"{kind}:{user.pk}:{once}" if once else None,
    )


def link(lead: Lead, name: str = "volunteers:own") -> str:
    token = mint(DOOR, about=str(lead.pk), expires_at=timezone.now() + OPEN_FOR)
    return settings.SITE_URL + reverse(name, args=[token])


def close(lead: Lead) -> None:
    """The links that have been sent open nothing any more."""
    close_doors(purpose=DOOR, about=str(lead.pk))


def lead_of(row: Letter) -> Lead | None:
    """Whom the letter is about; None when they have been forgotten meanwhile."""
    found = Lead.objects.exclude(name="").select_related("owner").filter(pk=row.about["lead"])
    return found.first()


def content(name: str, lead: Lead, **context: Any) -> Content:
    return Content(
        template=f"volunteers/mail/{name}",
        context={"name": lead.name, "lead": lead, "owner": first_name(lead.owner), **context},
        because=_("Du får det här mejlet för att du vill hjälpa till hos oss."),
        writer=from_owner(lead),
    )


def from_owner(lead: Lead) -> tuple[str, str] | None:
    """Anna, Balans Stockholm: the letter is hers, and so is the answer."""
    if lead.owner is None:
        return None
    association = Association.load()
    return f"{first_name(lead.owner)}, {association.short_name}", lead.owner.email


def first_name(user: User | None) -> str:
    return (user.first_name or str(_("Vi"))) if user else ""


@letter(RECEIVED)
def received(row: Letter) -> Content | None:
    lead = lead_of(row)
    if lead is None or not lead.is_open:
        return None
    return content(RECEIVED, lead, until=lead.promised_on, url=link(lead))


@letter(LATE)
def late(row: Letter) -> Content | None:
    """Not needed when somebody has answered meanwhile."""
    lead = lead_of(row)
    if lead is None or lead.stage != Lead.Stage.NEW:
        return None
    return content(LATE, lead, until=lead.promised_on)


@letter(MOVED)
def moved(row: Letter) -> Content | None:
    lead = lead_of(row)
    if lead is None or lead.stage != Lead.Stage.NEW:
        return None
    return content(MOVED, lead, until=lead.promised_on)


@letter(WRITTEN)
def written(row: Letter) -> Content | None:
    """The words are kept encrypted in the row until it has left."""
    lead = lead_of(row)
    if lead is None or not row.private:
        return None
    draft = row.about["draft"]
    times = list(lead.talk_times.filter(starts_at__gt=timezone.now())) if draft == "talk" else []
    return content(
        WRITTEN, lead, words=row.private["text"], title=row.private["subject"], draft=draft,
        times=times, url=link(lead), activities_url=f"{settings.SITE_URL}/aktiviteter/",
    )  # fmt: skip


def _to_staff(name: str, row: Letter, **context: Any) -> Content | None:
    user = User.objects.filter(pk=row.about["user"], is_active=True).first()
    if user is None:
        return None
    return Content(
        template=f"volunteers/mail/{name}",
        context={
            "name": user.first_name,
            "url": settings.SITE_URL + reverse("volunteers:monday"),
            **context,
        },
        because=_("Du får brevet för att du följer upp dem som vill hjälpa till."),
    )


@letter(NEW)
def new_lead(row: Letter) -> Content | None:
    """Not needed when it is answered already."""
    if not Lead.objects.unanswered().filter(pk=row.about["lead"]).exists():
        return None
    return _to_staff(NEW, row)


@letter(MONDAY)
def monday(row: Letter) -> Content | None:
    """The numbers as they are when it leaves."""
    today = timezone.localdate()
    mine = Lead.objects.open().filter(owner=row.about["user"])
    waiting = waiting_for_us(mine, today).count()
    return (
        _to_staff(MONDAY, row, waiting=waiting, late=mine.late(today).count()) if waiting else None
    )


def waiting_for_us(leads: Any, today: date) -> Any:
    """Those who have not been answered, and those whose day has come."""
    return (leads.unanswered() | leads.filter(next_on__lte=today)).distinct()


@letter(CHAIR)
def chair(row: Letter) -> Content | None:
    still = Lead.objects.open().filter(pk__in=row.about["leads"], chair_told_at__isnull=False)
    number = still.count()
    return _to_staff(CHAIR, row, number=number) if number else None


@letter(PAUSED)
def paused(row: Letter) -> Content | None:
    return _to_staff(PAUSED, row, freed=row.about["freed"])


@letter(PAUSE_ENDS)
def pause_ends(row: Letter) -> Content | None:
    """Not needed when they are back, or rest longer."""
    lead = lead_of(row)
    if lead is None or lead.stage != Lead.Stage.PAUSED or lead.paused_until is None:
        return None
    return content(PAUSE_ENDS, lead, until=lead.paused_until, url=link(lead))


@letter(STEPS_IN)
def steps_in(row: Letter) -> Content | None:
    return _to_staff(STEPS_IN, row, duties_url=settings.SITE_URL + reverse("volunteers:duties"))
