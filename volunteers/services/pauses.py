"""A pause: no reason, the shifts are freed, and it ends by itself."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mail.services import next_decent_hour
from members.models import User
from volunteers.emails import leads as emails
from volunteers.models import Lead, LeadMove
from volunteers.services import crews, moves, readiness

# Who pauses until a day is asked so many days before it.
ASKED_BEFORE = timedelta(days=7)
# Months that one can choose; without any, until they say so.
MONTHS = (1, 3)
MAY_PAUSE = (Lead.Stage.ONBOARDING, Lead.Stage.ACTIVE, Lead.Stage.PAUSED)


class NothingToPause(Exception):
    """They have not begun, or have ended."""


@transaction.atomic
def pause(
    lead: Lead, *, until: date | None, by: str = LeadMove.By.PERSON, actor: User | None = None
) -> int:
    """From now on, without a reason. Returns how many shifts became free. Raises NothingToPause."""
    row = moves.locked(lead)
    if row.stage not in MAY_PAUSE:
        raise NothingToPause
    freed = crews.coming_of(row, until=until).count()
    moves.record(
        row, LeadMove.What.PAUSED, by=by, actor=actor, stage=Lead.Stage.PAUSED,
        on=until or moves.planned_day(Lead.Stage.PAUSED, timezone.localdate()),
        paused_until=until,
    )  # fmt: skip
    if row.owner and by == LeadMove.By.PERSON:
        due_at = next_decent_hour(timezone.now())
        emails.post_to(row.owner, emails.PAUSED, due_at=due_at, lead=row.pk, freed=freed)
    return freed


@transaction.atomic
def come_back(lead: Lead, *, by: str = LeadMove.By.PERSON, actor: User | None = None) -> Lead:
    """Here again: active, or back at the list when a course has run out meanwhile."""
    row = moves.locked(lead)
    if row.stage != Lead.Stage.PAUSED:
        return row
    stage = Lead.Stage.ONBOARDING if readiness.missing(row) else Lead.Stage.ACTIVE
    moves.record(row, LeadMove.What.BACK, by=by, actor=actor, stage=stage)
    return row


@transaction.atomic
def leave(lead: Lead) -> Lead:
    """Jag slutar: thanks, and the coordinator writes a last letter."""
    row = moves.locked(lead)
    if row.is_open:
        moves.record(row, LeadMove.What.STEP, by=LeadMove.By.PERSON, stage=Lead.Stage.ENDED)
    return row


def end_due(now: datetime | None = None) -> int:
    """Pauses whose day has come end by themselves; a week before, the person is asked."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    paused = Lead.objects.filter(stage=Lead.Stage.PAUSED)
    over = list(paused.filter(paused_until__lte=today))
    for lead in over:
        come_back(lead, by=LeadMove.By.CLOCK)
    soon = paused.filter(paused_until__gt=today, paused_until__lte=today + ASKED_BEFORE)
    due_at = next_decent_hour(now)
    asked = [
        emails.post(emails.PAUSE_ENDS, lead, due_at=due_at, once=f"{lead.paused_until}")
        for lead in soon
    ]
    return len(over) + len([letter for letter in asked if letter])
