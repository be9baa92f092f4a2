"""Newsletters by a provider's own way: the same promises as newsletters.smtp, one letter a call."""

import re
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes
from email.message import EmailMessage as Parsed
from email.policy import default

from django.core.mail import EmailMultiAlternatives, get_connection

from mail.provider import Taken, hand_over
from newsletters.smtp import Answer, Envelope, Fate, NoServer

_STUFFED = re.compile(rb"(?m)^\.")
# The headers that we write; the provider writes the rest.
OURS = (
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Precedence",
)
FATES = {Taken.YES: Fate.SENT, Taken.NEVER: Fate.REFUSED, Taken.UNKNOWN: Fate.UNKNOWN}


class ProviderLine:
    """What newsletters.smtp.Line is for a mail server."""

    def __init__(self, wait: Callable[[], None] = lambda: None) -> None:
        self._wait = wait
        self._connection = get_connection()

    def open(self) -> None:
        self._connection.open()

    def close(self) -> None:
        self._connection.close()

    quit = close

    def send(self, letters: Sequence[Envelope]) -> Iterator[Answer]:
        """An answer for each letter, in order. When it ends early the rest was never begun.

        Raises NoServer.
        """
        for letter in letters:
            self._wait()
            taken, words = hand_over(unpacked(letter), self._connection, letter.number)
            if taken is Taken.NOBODY_THERE:
                raise NoServer(words)
            yield Answer(FATES[taken], 0, words)


def unpacked(letter: Envelope) -> EmailMultiAlternatives:
    """The letter that these bytes are, as anymail takes it."""
    found = message_from_bytes(_STUFFED.sub(b"", letter.contents), policy=default)
    assert isinstance(found, Parsed)
    message = EmailMultiAlternatives(
        subject=str(found["Subject"]),
        body=_part(found, "plain"),
        from_email=str(found["From"]),
        to=[letter.to],
        reply_to=[str(found["Reply-To"])],
        headers={name: str(found[name]) for name in OURS if name in found},
    )
    if html := _part(found, "html"):
        message.attach_alternative(html, "text/html")
    return message


def _part(found: Parsed, kind: str) -> str:
    part = found.get_body((kind,))
    return str(part.get_content()) if part else ""
