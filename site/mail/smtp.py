"""What the answer of the mail server, or of the provider, means for a letter."""

import smtplib
from enum import Enum
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mail import provider
from mail.provider import Taken


class Outcome(Enum):
    SENT = "sent"
    # The server said "not now" (4xx), or something of ours went wrong: again, less and less often.
    LATER = "later"
    # The server said "never" (5xx).
    REFUSED = "refused"
    # Nobody answered, or not to us: not the letter's fault.
    SERVER_DOWN = "server down"
    # There was nothing left to tell.
    NOT_NEEDED = "not needed"


def back_to(number: UUID) -> str:
    """The address that this letter comes back to, when it cannot be delivered; "" for the sender's.

    A provider has an address of its own for it, and calls us.
    """
    if not settings.BOUNCE_ADDRESS or provider.is_ours():
        return ""
    name, _at, host = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{number.hex}@{host}"


# A letter that may have left goes again, with the number that it had: better two than none.
PROVIDERS_ANSWERS = {
    Taken.YES: Outcome.SENT,
    Taken.NEVER: Outcome.REFUSED,
    Taken.NOBODY_THERE: Outcome.SERVER_DOWN,
    Taken.UNKNOWN: Outcome.LATER,
}


def send(message: EmailMessage, connection: BaseEmailBackend, number: UUID) -> tuple[Outcome, str]:
    """Hand one letter over. Returns what it means and the server's own words."""
    if provider.is_ours():
        taken, words = provider.hand_over(message, connection, number)
        return PROVIDERS_ANSWERS[taken], words
    return _by_smtp(message, connection)


def _by_smtp(message: EmailMessage, connection: BaseEmailBackend) -> tuple[Outcome, str]:
    try:
        if connection.send_messages([message]) == 0:
            return Outcome.REFUSED, "nobody to send it to"
    except smtplib.SMTPRecipientsRefused as error:
        # 421, 450 and 550 all arrive as this exception; the code is inside, per recipient.
        code, text = next(iter(error.recipients.values()))
        _start_over(connection)
        return _by_code(code), f"{code} {_words(text)}"
    except smtplib.SMTPDataError as error:
        _start_over(connection)
        return _by_code(error.smtp_code), f"{error.smtp_code} {_words(error.smtp_error)}"
    except OSError as error:
        # Refused, unreachable, silent, hung up; or it does not want *us*: a wrong password, a sender
        # or a greeting that it does not know. None of that is the letter's fault.
        _start_over(connection)
        return Outcome.SERVER_DOWN, f"{type(error).__name__}: {error}"
    return Outcome.SENT, ""


def _by_code(code: int) -> Outcome:
    # 421: the server is closing; the next letter would meet the same.
    if code == 421:
        return Outcome.SERVER_DOWN
    return Outcome.REFUSED if 500 <= code < 600 else Outcome.LATER


def _words(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _start_over(connection: BaseEmailBackend) -> None:
    """Forget a connection that is in an unknown state; the next letter opens a new one."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        connection.connection = None  # type: ignore[attr-defined]  # only the SMTP backend gets here
