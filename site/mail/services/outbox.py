"""The outbox: rows in, letters out."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from mail.emails import NothingToTell, build
from mail.models import Letter
from mail.signals import letter_failed, letter_sent
from mail.smtp import Outcome, send
from privacy.addresses import mail_key, tidy_email

log = logging.getLogger(__name__)

# How long one worker may hold a letter before another may try. Longer than EMAIL_TIMEOUT.
LEASE = timedelta(seconds=60)
# Waits before the next try when the server says "later", by attempt; then once an hour.
PATIENCE = [timedelta(minutes=m) for m in (1, 5, 15, 30)]
LAST_PATIENCE = timedelta(hours=1)
# A letter that has been told "later" for this long has failed.
GIVE_UP_AFTER = timedelta(hours=24)
# When the server cannot be reached at all, the letter is not to blame: soon again.
SERVER_DOWN_WAIT = timedelta(seconds=30)


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

    With a `dedupe_key` that is already used nothing is written and None is returned. Never fails
    because of SMTP or Valkey: they are not touched.
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
    if dedupe_key and Letter.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    letter.save(force_insert=True)
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
    letter = (
        Letter.objects.due(now).order_by("due_at", "id").select_for_update(skip_locked=True).first()
    )
    if letter is None:
        return None
    letter.state = Letter.State.SENDING
    # Counted before the risky work: a letter that kills its worker is seen to do so.
    letter.attempts += 1
    letter.lease_until = now + LEASE
    letter.save(update_fields=["state", "attempts", "lease_until"])
    return letter


def _deliver(letter: Letter, connection: BaseEmailBackend) -> Outcome:
    if _too_many(letter):
        return _finish(letter, Outcome.NOT_NEEDED, error="mailbox has had enough letters today")
    try:
        message = build(letter, connection)
    except NothingToTell:
        return _finish(letter, Outcome.NOT_NEEDED)
    except Exception as error:  # a faulty letter must not stop the others
        log.exception("letter %s could not be written", letter.pk)
        return _finish(letter, Outcome.LATER, error=f"{type(error).__name__}: {error}")
    letter.subject = str(message.subject)[:120]
    outcome, error_text = send(message, connection)
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
    now = timezone.now()
    letter.last_error = error[:300]
    letter.lease_until = None
    if outcome is Outcome.SENT:
        letter.state, letter.sent_at, letter.private = Letter.State.SENT, now, None
    elif outcome is Outcome.NOT_NEEDED:
        letter.state, letter.private = Letter.State.SKIPPED, None
    elif outcome is Outcome.REFUSED or (
        outcome is Outcome.LATER and now - letter.created_at > GIVE_UP_AFTER
    ):
        letter.state, letter.private = Letter.State.FAILED, None
    else:
        letter.state = Letter.State.QUEUED
        letter.due_at = now + _wait(letter, outcome)
    letter.save(
        update_fields=[
            "state", "sent_at", "private", "due_at", "lease_until", "last_error", "subject",
        ]
    )  # fmt: skip
    _tell(letter)
    return outcome


def _tell(letter: Letter) -> None:
    """The news for the apps above. A listener that fails does not stop the letters."""
    news = {Letter.State.SENT: letter_sent, Letter.State.FAILED: letter_failed}
    if signal := news.get(Letter.State(letter.state)):
        for _, answer in signal.send_robust(sender=letter.kind, letter=letter):
            if isinstance(answer, Exception):
                log.error("news of letter %s was not heard", letter.pk, exc_info=answer)


def _wait(letter: Letter, outcome: Outcome) -> timedelta:
    if outcome is Outcome.SERVER_DOWN:
        return SERVER_DOWN_WAIT
    return PATIENCE[letter.attempts - 1] if letter.attempts <= len(PATIENCE) else LAST_PATIENCE
