"""Taking copies out of the queue, and noting what became of them.

A claim is committed before the mail server hears of it, and what its reader has chosen is looked up
in the same transaction. If nobody notes the outcome, the copy is unknown: it may have arrived.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from members.models import Person
from newsletters.models import Delivery, Issue, NewsletterSettings, Pace, Subscription, Suppression
from newsletters.services.suppression import give_up_on, suppress
from newsletters.smtp import Answer, Fate

State, Reason = Delivery.State, Delivery.Reason
# Waits before the next try when the server says "later", by attempt; then every other hour.
PATIENCE = [timedelta(minutes=m) for m in (5, 15, 60)]
LAST_PATIENCE = timedelta(hours=2)
# From the issue's hour on: who was told "later" for this long has not been reached.
GIVE_UP_AFTER = timedelta(hours=24)
WEEK = timedelta(days=7)
# Answers to an address that mean that it does not exist (RFC 5321).
NO_SUCH_MAILBOX = {550, 551, 553}


class Copy(NamedTuple):
    pk: int
    reference: uuid.UUID
    mailbox: str
    email: str
    email_key: str
    first_name: str
    text_only: bool
    attempts: int


@dataclass(frozen=True)
class Claim:
    token: uuid.UUID
    issue: Issue
    copies: list[Copy]


@transaction.atomic
def claim(issue: Issue, size: int) -> Claim | None:
    """The next copies of an issue, held. None when nothing is due or it may not be sent now."""
    now = timezone.now()
    may_leave = Issue.objects.under_way(now).filter(pk=issue.pk)
    due = Delivery.objects.filter(issue__in=may_leave, state=State.QUEUED, due_at__lte=now)
    rows = due.select_for_update(skip_locked=True).order_by("due_at", "id")
    taken = [Copy(*row) for row in rows.values_list(*Copy._fields)[:size]]
    if not taken:
        return None
    reasons = why_not(issue, taken, now)
    token = uuid.uuid4()
    _skip(reasons)
    copies = [copy for copy in taken if copy.pk not in reasons]
    Delivery.objects.filter(pk__in=[copy.pk for copy in copies]).update(
        state=State.SENDING, claim=token, claimed_at=now, attempts=F("attempts") + 1
    )
    return Claim(token, issue, copies)


def _skip(reasons: dict[int, str]) -> None:
    by_reason = defaultdict(list)
    for pk, reason in reasons.items():
        by_reason[reason].append(pk)
    for reason, keys in by_reason.items():
        Delivery.objects.filter(pk__in=keys).update(state=State.SKIPPED, reason=reason)


def why_not(issue: Issue, copies: list[Copy], now: datetime) -> dict[int, str]:
    """The last look before a letter leaves: who has said no, or is gone, in the meantime."""
    keys = [copy.email_key for copy in copies]
    barred = dict(
        Suppression.objects.filter(mailbox__in=[copy.mailbox for copy in copies]).values_list(
            "mailbox", "reason"
        )
    )
    today = timezone.localdate(now)
    wants = Subscription.objects.filter(email_key__in=keys)
    chosen = {
        key: (pace, paused_until is not None and paused_until > today)
        for key, pace, paused_until in wants.values_list("email_key", "pace", "paused_until")
    }
    others = [key for key in keys if not chosen.get(key, ("",))[0]]
    members = Person.objects.in_register().filter(email_key__in=others)
    in_register = set(members.values_list("email_key", flat=True))
    had_enough = _had_enough(copies, now) if issue.is_newsletter else set()
    found: dict[int, str] = {}
    for copy in copies:
        pace, is_paused = chosen.get(copy.email_key, ("", False))
        if not copy.email or (not pace and copy.email_key not in in_register):
            found[copy.pk] = Reason.GONE
        elif not copy.email.isascii():
            found[copy.pk] = Reason.ADDRESS
        elif _is_barred(issue, barred.get(copy.mailbox)):
            found[copy.pk] = Reason.SUPPRESSED
        elif issue.is_newsletter and pace == Pace.NONE:
            found[copy.pk] = Reason.ENDED
        elif issue.is_newsletter and is_paused:
            found[copy.pk] = Reason.PAUSED
        elif copy.mailbox in had_enough:
            found[copy.pk] = Reason.BUDGET
    return found


def _is_barred(issue: Issue, reason: str | None) -> bool:
    """A notice is the members' right: only a mailbox that does not exist is left out."""
    return reason is not None and (issue.is_newsletter or reason == Suppression.Reason.BOUNCE)


def _had_enough(copies: list[Copy], now: datetime) -> set[str]:
    """Those who have had as many newsletters in a week as the board wants anybody to have."""
    most = NewsletterSettings.load().weekly_budget
    rows = Delivery.objects.filter(
        mailbox__in=[copy.mailbox for copy in copies],
        sent_at__gt=now - WEEK,
        issue__kind=Issue.Kind.NEWSLETTER,
    )
    counted = rows.values("mailbox").annotate(number=Count("pk")).filter(number__gte=most)
    return set(counted.values_list("mailbox", flat=True))


def note(held: Claim, answers: list[Answer]) -> None:
    """What became of the claim. Those without an answer were never begun, and wait in the queue."""
    pairs = list(zip(held.copies, answers, strict=False))
    mine = Delivery.objects.filter(claim=held.token)
    now = timezone.now()
    by_fate = defaultdict(list)
    for copy, answer in pairs:
        by_fate[answer.fate].append(copy.pk)
    # Also one that was given up for lost meanwhile: now somebody knows.
    mine.filter(pk__in=by_fate[Fate.SENT]).update(
        state=State.SENT, sent_at=now, reason="", answer="", claim=None
    )
    mine.filter(pk__in=by_fate[Fate.UNKNOWN], state=State.SENDING).update(
        state=State.UNKNOWN, reason=Reason.LOST
    )
    for copy, answer in pairs:
        if answer.fate in (Fate.LATER, Fate.REFUSED):
            _note_refusal(held, copy, answer, now)
    put_back(held, [copy.pk for copy in held.copies[len(pairs) :]])


def put_back(held: Claim, keys: list[int]) -> None:
    """Nothing of these has left: it is as if they had not been taken."""
    if keys:
        Delivery.objects.filter(claim=held.token, pk__in=keys, state=State.SENDING).update(
            state=State.QUEUED, claim=None, claimed_at=None, attempts=F("attempts") - 1
        )


def _note_refusal(held: Claim, copy: Copy, answer: Answer, now: datetime) -> None:
    assert held.issue.send_at is not None
    said = f"{answer.code} {answer.words}".replace(copy.email, "…")[:200]
    facts: dict[str, Any] = {"answer": said, "claim": None, "claimed_at": None}
    if answer.fate is Fate.REFUSED:
        facts |= {"state": State.FAILED, "reason": Reason.REFUSED}
    elif now - max(held.issue.send_at, held.issue.resumed_at or held.issue.send_at) > GIVE_UP_AFTER:
        facts |= {"state": State.FAILED, "reason": Reason.GAVE_UP}
    else:
        wait = PATIENCE[copy.attempts] if copy.attempts < len(PATIENCE) else LAST_PATIENCE
        facts |= {"state": State.QUEUED, "due_at": now + wait}
    Delivery.objects.filter(claim=held.token, pk=copy.pk).update(**facts)
    if answer.about_address and answer.code in NO_SUCH_MAILBOX and " 5.7." not in f" {said}":
        suppress(copy.mailbox, Suppression.Reason.BOUNCE)
    elif facts.get("reason") == Reason.GAVE_UP:
        give_up_on(copy.mailbox)


def note_the_lost(now: datetime) -> int:
    """Claims whose holder has died. They may have arrived: nobody sends them again but a person."""
    lost = Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - settings.LETTER_LEASE)
    return lost.update(state=State.UNKNOWN, reason=Reason.LOST)


def settle(issue: Issue) -> bool:
    """Nothing waits and nothing is under way: it is done. Read from the rows, from nothing else."""
    left = Delivery.objects.filter(issue=issue, state__in=[State.QUEUED, State.SENDING])
    if left.exists():
        return False
    Issue.objects.filter(pk=issue.pk, finished_at=None).update(finished_at=timezone.now())
    return True
