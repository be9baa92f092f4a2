"""A letter from the coordinator: it waits a minute in the outbox, so that it can be taken back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from mail.models import Letter
from mail.services import next_decent_hour
from members.models import User
from volunteers.emails import leads as emails
from volunteers.models import Lead, LeadMove, TalkTime
from volunteers.services import moves
from volunteers.services.drafts import Draft

# Time to regret a letter (ux.md 2g, C12).
REGRET_FOR = timedelta(seconds=60)
# Times for a talk that one letter may carry.
MOST_TIMES = 3


class AlreadyGone(Exception):
    """The letter has left the house."""


@transaction.atomic
def send(
    lead: Lead,
    *,
    draft: Draft,
    subject: str,
    text: str,
    actor: User,
    on: date | None = None,
    times: Iterable[datetime] = (),
    version: int | None = None,
) -> LeadMove:
    """Put the letter in the outbox and plan what follows from it. Raises SomebodyWasFaster."""
    row, now = moves.locked(lead, version=version), timezone.now()
    stage = _after(row, draft)
    if on is None and stage not in Lead.CLOSED and draft.leads_to != Lead.Stage.WAITING:
        on = timezone.localdate(now) + moves.LOOK_AGAIN
    if draft.has_times:
        _propose(row, times, now)
    move = moves.record(
        row, LeadMove.What.LETTER, by=LeadMove.By.STAFF, actor=actor, stage=stage, on=on
    )
    emails.post(
        emails.WRITTEN,
        row,
        due_at=next_decent_hour(now + REGRET_FOR),
        private={"subject": subject, "text": text},
        draft=draft.key,
        move=move.pk,
    )
    return move


def _after(lead: Lead, draft: Draft) -> str:
    """A first word to somebody who is active already does not make them a beginner again."""
    if draft.leads_to == Lead.Stage.CONTACTED and lead.stage != Lead.Stage.NEW:
        return lead.stage
    if draft.leads_to == Lead.Stage.ONBOARDING and lead.stage == Lead.Stage.ACTIVE:
        return lead.stage
    if not draft.leads_to and lead.stage == Lead.Stage.NEW:
        return Lead.Stage.CONTACTED
    return draft.leads_to or lead.stage


def _propose(lead: Lead, times: Iterable[datetime], now: datetime) -> None:
    lead.talk_times.filter(chosen_at=None).delete()
    for starts_at in sorted(set(times))[:MOST_TIMES]:
        TalkTime.objects.get_or_create(lead=lead, starts_at=starts_at, defaults={"offered_at": now})


def regrettable(actor: User) -> list[LeadMove]:
    """The letters of one of us that have not left yet, the newest first."""
    waiting = Letter.objects.filter(kind=emails.WRITTEN, state=Letter.State.QUEUED)
    numbers = [about["move"] for about in waiting.values_list("about", flat=True)]
    mine = LeadMove.objects.filter(pk__in=numbers, actor=actor)
    return list(mine.select_related("lead").order_by("-pk"))


def _waiting(move: LeadMove) -> models.QuerySet[Letter]:
    return Letter.objects.filter(
        kind=emails.WRITTEN, about__move=move.pk, state=Letter.State.QUEUED
    )


@transaction.atomic
def regret(move: LeadMove, *, actor: User) -> Lead:
    """The letter never leaves, and the plan is what it was. Raises AlreadyGone.

    When somebody has done something else meanwhile, that stands; only the letter is taken back.
    """
    lead = moves.locked(move.lead)
    letter = _waiting(move).select_for_update().first()
    if letter is None:
        raise AlreadyGone
    letter.delete()
    newest = lead.moves.order_by("-pk").first()
    stage, on = lead.stage, lead.next_on
    if newest == move:
        stage, on = move.from_stage, move.from_on
    undone = moves.record(
        lead, LeadMove.What.UNDONE, by=LeadMove.By.STAFF, actor=actor, stage=stage, on=on
    )
    if stage == Lead.Stage.NEW:
        lead.answered_at = None
        lead.save(update_fields=["answered_at"])
    return undone.lead
