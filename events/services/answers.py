"""Answers to the organiser's question: sealed when they are typed, dead on their day."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone

from events.models import AnswerKey, Event, Leader, Registration
from events.services import keyring
from privacy.models import AccessLog
from privacy.services import note_access

# What the access log says that the rows are.
ABOUT = "events.Answer"
# Characters of an answer.
LONGEST = 300


@dataclass(frozen=True)
class Answer:
    registration: Registration
    question: str
    text: str


def ready(event: Event) -> AnswerKey | None:
    """The key of a published activity with a question. An earlier day than before holds at once."""
    if not event.takes_answers():
        return None
    assert event.question_dies_on
    row, _ = AnswerKey.objects.get_or_create(
        event=event, defaults={"dies_on": event.question_dies_on}
    )
    if row.destroyed_at:
        return None  # its answers have died: nothing is asked here any more
    keyring.make(row.uid, row.dies_on)
    if event.question_dies_on < row.dies_on:
        row.dies_on = event.question_dies_on
        row.save(update_fields=["dies_on"])
        keyring.bring_nearer(row.uid, row.dies_on)
    return row


def seal(event: Event, text: str) -> str:
    """What is kept of an answer: only the activity's key opens it. Nothing, when there is none."""
    text = text.strip()[:LONGEST]
    row = ready(event) if text else None
    key = keyring.find(row.uid, timezone.localdate()) if row else None
    if key is None:
        return ""
    return key.encrypt(json.dumps([event.question, text]).encode()).decode()


def opened(registration: Registration) -> Answer | None:
    """None when there is no answer, or when it has died."""
    row = AnswerKey.objects.filter(event=registration.event_id).first()
    key = keyring.find(row.uid, timezone.localdate()) if row and registration.answer else None
    if key is None:
        return None
    try:
        question, text = json.loads(key.decrypt(registration.answer.encode()))
    except InvalidToken:
        return None
    return Answer(registration, question, text)


def dies_on(registration: Registration) -> date | None:
    """Until when somebody's answer can be read; None without one."""
    if not registration.answer:
        return None
    keys = AnswerKey.objects.filter(event=registration.event_id)
    return keys.values_list("dies_on", flat=True).first()


def may_read(user: Any, event: Event) -> bool:
    """Those whom the form named when it asked."""
    if user.has_perm("events.change_registration"):
        return True
    to_leaders = event.question_readers == Event.Readers.LEADER
    return to_leaders and Leader.objects.filter(event=event, user=user).exists()


@transaction.atomic
def read_all(event: Event, *, actor: Any) -> list[Answer]:
    """Every answer that lives, of those who have a place or wait for one. That somebody read them is
    noted in the same transaction."""
    note_access(actor, action=AccessLog.Action.REVEAL, about=ABOUT, reference=event.slug)
    rows = Registration.objects.active().filter(event=event).exclude(answer="")
    found = (opened(row) for row in rows.select_related("event").order_by("created_at", "pk"))
    return [answer for answer in found if answer]


def destroy_due(now: datetime | None = None) -> int:
    """The clock: keys whose day has come are destroyed, and what they sealed is taken away."""
    today = timezone.localdate(now or timezone.now())
    number = keyring.destroy_due(today)
    for row in AnswerKey.objects.filter(dies_on__lte=today, destroyed_at=None):
        with transaction.atomic():
            answered = Registration.objects.filter(event=row.event_id).exclude(answer="")
            answered.update(answer="", answer_died_on=row.dies_on)
            row.destroyed_at = timezone.now()
            row.save(update_fields=["destroyed_at"])
    return number
