"""Every step of a lead goes through here: locked, written down with who did it, and planned."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import User
from volunteers.models import Lead, LeadMove, VolunteerSettings
from volunteers.services import crews, readiness

Stage, Step, What, By = Lead.Stage, Lead.Step, LeadMove.What, LeadMove.By

# After a call or a letter we look again so many days later (ux.md 2g).
LOOK_AGAIN = timedelta(days=7)

# What we owe somebody in each stage, and the setting that says within how many days.
PLAN: dict[str, tuple[str, str]] = {
    Stage.NEW: (Step.ANSWER, "answer_within"),
    Stage.CONTACTED: (Step.BOOK_TALK, "talk_within"),
    Stage.INTERVIEW: (Step.DECIDE, "decide_within"),
    Stage.WAITING: (Step.ASK_AGAIN, "ask_again_after"),
    Stage.ONBOARDING: (Step.INTRODUCE, "introduce_within"),
    Stage.ACTIVE: (Step.CHECK_IN, "check_in_after"),
    Stage.PAUSED: (Step.ASK_PAUSED, "ask_paused_after"),
}


class SomebodyWasFaster(Exception):
    """The lead has changed since the page was shown."""


def locked(lead: Lead, *, version: int | None = None) -> Lead:
    """The row, held until the end of the transaction. Raises SomebodyWasFaster."""
    row = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if version is not None and row.version != version:
        raise SomebodyWasFaster
    return row


def planned_day(stage: str, today: date) -> date:
    """The day by which the next step of this stage is to be done, when nobody says another."""
    days: int = getattr(VolunteerSettings.load(), PLAN[stage][1])
    return today + timedelta(days=days)


def record(
    lead: Lead,
    what: str,
    *,
    by: str,
    actor: User | None = None,
    stage: str | None = None,
    on: date | None = None,
    note: str = "",
    **changes: Any,
) -> LeadMove:
    """Write the step and its row. The lead must be locked by the caller.

    `stage`: the new one, when it changes. `on`: the day of the next step; the plan's, when a new
    stage comes without one. `changes`: other columns. Raises NotReady for who is to be active.
    """
    now = timezone.now()
    stage = stage or lead.stage
    _meet(lead, stage, until=changes.get("paused_until"))
    move = LeadMove(
        lead=lead, at=now, by=by, actor=actor, what=what, from_stage=lead.stage, to_stage=stage,
        from_step=lead.next_step, from_on=lead.next_on, note=note,
    )  # fmt: skip
    _apply(lead, stage, on, now)
    for name, value in changes.items():
        setattr(lead, name, value)
    lead.version += 1
    lead.save()
    move.to_on, move.owner = lead.next_on, lead.owner
    move.save()
    return move


def _meet(lead: Lead, stage: str, *, until: date | None) -> None:
    """What a new stage asks for, and what it frees. Raises NotReady."""
    if stage == lead.stage:
        return
    if stage == Stage.ACTIVE:
        readiness.require(lead)
    elif stage in (Stage.PAUSED, *Lead.CLOSED):
        crews.free(lead, until=until)
    if stage in Lead.CLOSED:
        lead.assignments.current().update(ended_on=timezone.localdate())


def _apply(lead: Lead, stage: str, on: date | None, now: datetime) -> None:
    is_new = stage != lead.stage
    if is_new:
        lead.stage, lead.stage_since, lead.chair_told_at = stage, now, None
    if stage in Lead.CLOSED:
        lead.next_step, lead.next_on, lead.paused_until = "", None, None
        return
    lead.next_step = PLAN[stage][0]
    if on or is_new or lead.next_on is None:
        lead.next_on = on or planned_day(stage, timezone.localdate(now))
        lead.chair_told_at = None
    if stage != Stage.NEW and lead.answered_at is None:
        lead.answered_at = now
    if stage != Stage.PAUSED:
        lead.paused_until = None


@transaction.atomic
def call(lead: Lead, *, actor: User, version: int | None = None) -> LeadMove:
    """Somebody phoned: that is a contact, and we look again in a week."""
    row = locked(lead, version=version)
    stage = Stage.CONTACTED if row.stage == Stage.NEW else row.stage
    on = None
    if stage not in Lead.CLOSED:
        on = timezone.localdate() + LOOK_AGAIN
    return record(row, What.CALL, by=By.STAFF, actor=actor, stage=stage, on=on)


@transaction.atomic
def step(
    lead: Lead,
    *,
    to: str,
    on: date | None,
    actor: User,
    note: str = "",
    version: int | None = None,
) -> LeadMove:
    """A new stage, a new day, or both. Raises SomebodyWasFaster."""
    row = locked(lead, version=version)
    return record(row, What.STEP, by=By.STAFF, actor=actor, stage=to, on=on, note=note)
