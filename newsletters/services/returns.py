"""Letters that came back, and what follows: the copy says so, and the mailbox may be left alone.

Nothing here answers anybody: who sends a report learns nothing of who is in the register.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import came_back
from members.models import Person
from newsletters import doors, postbox
from newsletters import returns as reports
from newsletters.models import Delivery, Subscription, Suppression
from newsletters.returns import Kind, Report
from newsletters.services import choices, paper, reading
from newsletters.services.suppression import give_up_on, hash_of, suppress
from privacy.addresses import mail_key

log = logging.getLogger(__name__)

State, Reason = Delivery.State, Delivery.Reason
# Copies that may come back: those that have left, or may have.
LEFT = (State.SENT, State.SENDING, State.UNKNOWN, State.BOUNCED)


def empty_postbox() -> int:
    """Read the mailbox that letters come back to. How many reports were noted."""
    if not settings.BOUNCE_MAILBOX:
        return 0
    try:
        return postbox.empty(settings.BOUNCE_MAILBOX, take)
    except postbox.NoPostbox as error:
        log.warning("the mailbox for what comes back cannot be read: %s", error)
        return 0


def take(raw: bytes) -> bool:
    """One letter out of that mailbox. False when it is none of ours, and a person should read it."""
    try:
        if report := reports.read(raw):
            return note(report)
        return _ends_by_mail(raw)
    except Exception:  # a letter that cannot be read must not stop the others
        log.exception("a letter that came back could not be read")
        return False


def _ends_by_mail(raw: bytes) -> bool:
    """The other way of List-Unsubscribe: a letter whose subject carries the signed link."""
    token = reports.end_token(raw)
    try:
        row = doors.behind(token, doors.END) if token else None
    except doors.DoorUnknown:
        return False
    if row is None or not row.email:
        return False
    choices.end(row.email)
    reading.note(row, ended=True)
    return True


@transaction.atomic
def note(report: Report) -> bool:
    """On the copy or the letter it is about. Told twice it is the same. False when it is about none."""
    if copy := _copy(report):
        _mark(copy, report)
        if report.kind is Kind.HARD:
            paper.follow_a_bounce(copy.issue, copy.email_key)
        return _follow(report.kind, copy.mailbox, copy.email, copy.email_key)
    if report.number and (letter := Letter.objects.filter(pk=report.number).first()):
        if report.kind in (Kind.HARD, Kind.SOFT):
            came_back(letter.pk, report.words)
        return _follow(report.kind, hash_of(letter.to_key), letter.to, letter.to_key)
    if not report.email:
        return False
    key = mail_key(report.email)
    return _follow(report.kind, hash_of(key), report.email, key)


def _copy(report: Report) -> Delivery | None:
    """By its number; where the provider has put one of its own, the latest to that mailbox."""
    rows = Delivery.objects.select_for_update(of=("self",))
    if report.number and (found := rows.filter(reference=report.number).first()):
        return found
    if not report.email:
        return None
    mine = rows.filter(mailbox=hash_of(mail_key(report.email)), state__in=LEFT)
    return mine.order_by("-due_at", "-pk").first()


def _mark(copy: Delivery, report: Report) -> None:
    if copy.state not in LEFT:
        return
    if report.kind is Kind.COMPLAINT:
        copy.reason = Reason.COMPLAINT
    elif report.kind is Kind.ENDED:
        copy.ended_at = copy.ended_at or timezone.now()
    elif copy.reason != Reason.BOUNCED:
        copy.state = State.BOUNCED
        copy.reason = Reason.BOUNCED if report.kind is Kind.HARD else Reason.SOFT
        copy.answer = report.words[:200]
        copy.sent_at = copy.sent_at or copy.claimed_at
        # Whoever holds it must not note it as sent afterwards.
        copy.claim = None
    copy.save(update_fields=["state", "reason", "answer", "sent_at", "claim", "ended_at"])


def _follow(kind: Kind, mailbox: str, email: str, key: str) -> bool:
    if kind is Kind.HARD:
        suppress(mailbox, Suppression.Reason.BOUNCE)
    elif kind is Kind.SOFT:
        give_up_on(mailbox)
    else:
        if kind is Kind.COMPLAINT:
            suppress(mailbox, Suppression.Reason.COMPLAINT)
        if _is_known(key):
            choices.end(email, source=Subscription.Source.PROVIDER)
    return True


def _is_known(key: str) -> bool:
    """Nobody gets a row by being complained about."""
    return bool(key) and (
        Subscription.objects.of_mailbox(key).exists()
        or Person.objects.in_register().of_mailbox(key).exists()
    )
