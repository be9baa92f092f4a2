"""The outbox: rows in, letters out."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from mail.emails import NothingToTell, build
from mail.models import Letter
from mail.signals import letter_failed, letter_sent
from mail.smtp import Outcome, send
from privacy.addresses import mail_key, tidy_email

log = logging.getLogger(__name__)

# Waits before the next try when the server says "later", by attempt; then once an hour.
PATIENCE = [timedelta(minutes=m) for m in (1, 5, 15, 30)]
LAST_PATIENCE = timedelta(hours=1)
# A letter that has been told "later" for this long has failed.
GIVE_UP_AFTER = timedelta(hours=24)


def post(
    kind: str,
    *,
    to: str,
    about: dict[str, Any],
    private: Any = None,
    due_at: datetime | None = None,
    dedupe_key: str | None = None,
    public: bool = False,
) -> Letter | None:
    """Put a letter in the outbox, in the caller's transaction.

    With a `dedupe_key` that is already used nothing is written and None is returned, also when two
    write it at the same time. Never fails because of SMTP or Valkey: they are not touched.
    """
    now = timezone.now()
    letter = Letter(
        kind=kind,
        to=tidy_email(to),
        to_key=mail_key(to),
        about=about,
        private=private,
        due_at=due_at or now,
        dedupe_key=dedupe_key,
        public=public,
    )
    if dedupe_key is None:
        letter.save(force_insert=True)
        return letter
    if Letter.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    try:
        with transaction.atomic():  # the caller's transaction survives that somebody was faster
            letter.save(force_insert=True)
    except IntegrityError:
        return None
    return letter


def deliver_due(*, limit: int = 500, seconds: float = 40) -> int:
    """Send what is due, one letter at a time, until nothing is due or the time is up.

    Returns how many left. Each letter is claimed with a lease in a transaction of its own, so two
    workers never take the same one, and one that dies lets go of it when the lease runs out.
    """
    stop_at = timezone.now() + timedelta(seconds=seconds)
    sent = 0
    connection: BaseEmailBackend = get_connection()
    try:
        for _ in range(limit):
            if timezone.now() >= stop_at or (letter := _claim()) is None:
                break
            outcome = _deliver(letter, connection)
            sent += outcome is Outcome.SENT
            if outcome is Outcome.SERVER_DOWN:
                break
    finally:
        _close(connection)
    return sent


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        log.info("mail server hung up before we did")


@transaction.atomic
def _claim() -> Letter | None:
    now = timezone.now()
    # `private` is read later: a value that no key opens must stop one letter, not the queue.
    due = Letter.objects.due(now).defer("private").order_by("due_at", "id")
    letter = due.select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    letter.state = Letter.State.SENDING
    # Counted before the risky work: a letter that kills its worker is seen to do so.
    letter.attempts += 1
    letter.lease_until = now + settings.LETTER_LEASE
    letter.save(update_fields=["state", "attempts", "lease_until"])
    return letter


def _deliver(letter: Letter, connection: BaseEmailBackend) -> Outcome:
    if _too_many(letter):
        return _finish(letter, Outcome.NOT_NEEDED, error="mailbox has had enough letters today")
    try:
        message = build(letter, connection)
        letter.subject = str(message.subject)[:120]
        outcome, error_text = send(message, connection, letter.pk)
    except NothingToTell:
        return _finish(letter, Outcome.NOT_NEEDED)
    except Exception as error:  # a faulty letter must not stop the others
        log.exception("letter %s could not be written", letter.pk)
        return _finish(letter, Outcome.LATER, error=f"{type(error).__name__}: {error}")
    return _finish(letter, outcome, error=error_text)


def _too_many(letter: Letter) -> bool:
    if not letter.public:
        return False
    day = timezone.now() - timedelta(days=1)
    had = Letter.objects.filter(
        to_key=letter.to_key, public=True, state=Letter.State.SENT, sent_at__gt=day
    ).count()
    return had >= settings.PUBLIC_LETTERS_PER_DAY


def _finish(letter: Letter, outcome: Outcome, *, error: str = "") -> Outcome:
    """Note how it went, unless the lease ran out meanwhile and the letter is somebody else's."""
    State, now = Letter.State, timezone.now()  # noqa: N806 -- an enum
    facts: dict[str, Any] = {"last_error": error[:300], "lease_until": None, "private": None}
    rows = Letter.objects.filter(pk=letter.pk, state=State.SENDING, attempts=letter.attempts)
    if outcome is Outcome.SENT:
        facts |= {"state": State.SENT, "sent_at": now}
        # It has left: whoever else holds it need not send it once more.
        rows = Letter.objects.filter(pk=letter.pk, state__in=[State.QUEUED, State.SENDING])
    elif outcome is Outcome.NOT_NEEDED:
        facts |= {"state": State.SKIPPED}
    elif outcome is Outcome.REFUSED or (
        outcome is Outcome.LATER and now - letter.created_at > GIVE_UP_AFTER
    ):
        facts |= {"state": State.FAILED}
    else:
        del facts["private"]
        facts |= {"state": State.QUEUED, "due_at": now + _wait(letter, outcome)}
    if rows.update(subject=letter.subject, **facts):
        for name, value in facts.items():
            setattr(letter, name, value)
        _tell(letter)
    else:
        log.warning("letter %s was no longer ours to note (%s)", letter.pk, outcome.value)
    return outcome


def _tell(letter: Letter) -> None:
    """The news for the apps above. A listener that fails does not stop the letters."""
    news = {Letter.State.SENT: letter_sent, Letter.State.FAILED: letter_failed}
    if signal := news.get(Letter.State(letter.state)):
        for _, answer in signal.send_robust(sender=Letter, letter=letter):
            if isinstance(answer, Exception):
                log.error("news of letter %s was not heard", letter.pk, exc_info=answer)


@transaction.atomic
def came_back(number: Any, words: str) -> Letter | None:
    """A letter that had left was sent back. `words`: why, without an address. Told once."""
    letter = Letter.objects.select_for_update().filter(pk=number).first()
    if letter and letter.state == Letter.State.SENT:
        letter.state, letter.last_error = Letter.State.FAILED, words[:300]
        letter.save(update_fields=["state", "last_error"])
        transaction.on_commit(lambda: _tell(letter), robust=True)
    return letter


def _wait(letter: Letter, outcome: Outcome) -> timedelta:
    if outcome is Outcome.SERVER_DOWN:
        return settings.MAIL_SERVER_WAIT
    return PATIENCE[letter.attempts - 1] if letter.attempts <= len(PATIENCE) else LAST_PATIENCE
