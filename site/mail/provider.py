"""A provider's own way of taking letters, instead of SMTP: through anymail, whichever it is.

What an error means depends on what the provider can have done by then. Of a letter that was handed
over without an answer nobody can know whether it will leave.
"""

import re
from enum import Enum
from uuid import UUID

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from requests.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, SSLError

# What a letter carries that comes back with every report about it.
NUMBER = "letter"
# It does not know us, or wants less from us: not about the letter.
NOT_US, NOT_NOW = {401, 402, 403, 407}, {408, 425, 429, 503}
_ADDRESS = re.compile(r"[^\s<>\"'@]+@[^\s<>\"']+")


class Taken(Enum):
    YES = "yes"
    # Never, and it was the letter: its address or its contents.
    NEVER = "never"
    # Surely not, and it was not the letter.
    NOBODY_THERE = "nobody there"
    # It may leave, or may not.
    UNKNOWN = "unknown"


def is_ours() -> bool:
    """Whether letters leave through a provider's own way."""
    return settings.EMAIL_BACKEND.startswith("anymail.")


def hand_over(
    message: EmailMessage, connection: BaseEmailBackend, number: UUID
) -> tuple[Taken, str]:
    """Returns what became of it and the provider's words, without addresses."""
    message.metadata = {NUMBER: number.hex}  # type: ignore[attr-defined]  # for anymail
    try:
        connection.send_messages([message])
    except AnymailRecipientsRefused:
        return Taken.NEVER, "the provider does not send to this address"
    except AnymailAPIError as error:
        return _meaning(error), _words(error)
    except AnymailError as error:
        return Taken.NEVER, type(error).__name__
    return Taken.YES, ""


def _meaning(error: AnymailAPIError) -> Taken:
    code = error.status_code
    if code is None:
        return Taken.NOBODY_THERE if _was_never_asked(error) else Taken.UNKNOWN
    if code in NOT_US | NOT_NOW:
        return Taken.NOBODY_THERE
    return Taken.NEVER if 400 <= code < 500 else Taken.UNKNOWN


def _was_never_asked(error: AnymailAPIError) -> bool:
    """No connection was made, so nothing of the letter has left."""
    cause = error.__cause__.args[0] if isinstance(error.__cause__, NoConnection) else None
    return isinstance(cause, MaxRetryError) and isinstance(
        cause.reason, (ConnectTimeoutError, SSLError)
    )


def _words(error: AnymailAPIError) -> str:
    """Its code and its first words. The whole error has the letter in it."""
    if error.response is None:
        return type(error.__cause__ or error).__name__
    said = _ADDRESS.sub("…", error.response.text)
    return f"{error.status_code} {said[:200]}"
