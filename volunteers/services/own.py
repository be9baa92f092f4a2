"""What a volunteer does by the link in a letter: change, pick a time, see what we know."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from privacy import registry
from volunteers.emails import leads as emails
from volunteers.models import Lead, LeadMove, Role, TalkTime
from volunteers.services import moves

# Of these tables a volunteer is shown what they say.
OURS = "volunteers"


class TimeIsOver(Exception):
    """The time for a talk has passed, or another was proposed meanwhile."""


@transaction.atomic
def change(lead: Lead, *, interests: Iterable[Role], **typed: Any) -> Lead:
    """Their own words, in their own hand. The plan stays as it is."""
    row = moves.locked(lead)
    moves.record(row, LeadMove.What.CHANGED, by=LeadMove.By.PERSON, **typed)
    row.interests.set(interests)
    return row


@transaction.atomic
def choose_time(lead: Lead, time_id: int) -> Lead:
    """One of the times that we proposed. We meet then. Raises TimeIsOver."""
    row, now = moves.locked(lead), timezone.now()
    time = row.talk_times.filter(pk=time_id, starts_at__gt=now).first()
    if time is None or not row.is_open:
        raise TimeIsOver
    row.talk_times.update(chosen_at=None)
    TalkTime.objects.filter(pk=time.pk).update(chosen_at=now)
    stage = row.stage
    if stage in (Lead.Stage.NEW, Lead.Stage.CONTACTED, Lead.Stage.WAITING):
        stage = Lead.Stage.INTERVIEW
    day = timezone.localdate(time.starts_at)
    moves.record(row, LeadMove.What.TALK, by=LeadMove.By.PERSON, stage=stage, on=day)
    return row


@transaction.atomic
def no_time_suits(lead: Lead) -> Lead:
    """It is our turn again: tomorrow we look for other times."""
    row = moves.locked(lead)
    if row.is_open:
        row.talk_times.all().delete()
        on = timezone.localdate() + timedelta(days=1)
        moves.record(row, LeadMove.What.TALK, by=LeadMove.By.PERSON, on=on)
    return row


def chosen_time(lead: Lead) -> TalkTime | None:
    return lead.talk_times.filter(chosen_at__isnull=False, starts_at__gt=timezone.now()).first()


def open_times(lead: Lead) -> list[TalkTime]:
    """Proposed, not over, and none of them picked yet."""
    if chosen_time(lead):
        return []
    return list(lead.talk_times.filter(starts_at__gt=timezone.now()))


def what_we_know(lead: Lead) -> list[tuple[str, list[dict[str, Any]]]]:
    """Everything that the tables of volunteers say about this mailbox, by kind of row."""
    found = []
    for rule in registry.rules():
        if rule.model._meta.app_label == OURS:
            rows = [rule.export(row) for row in rule.of_person(lead.email_key)]
            if rows:
                found.append((str(rule.model._meta.verbose_name_plural).capitalize(), rows))
    return found


def of_mailbox(key: str) -> Lead | None:
    """The newest of what somebody with this mailbox has begun with us."""
    rows = Lead.objects.of_mailbox(key).exclude(name="")
    return rows.order_by("-created_at").first()


def open_own_page(key: str) -> str | None:
    """For Mina sidor: the same door as the letter has."""
    lead = of_mailbox(key)
    return emails.link(lead) if lead else None
