"""A sender that knows how far each letter came.

One recipient per transaction. The connection is kept, and where the server offers PIPELINING
(RFC 2920) a letter costs one round trip: its contents leave together with the envelope of the next.
What an error means depends on when it comes: before the contents nothing has been sent and the
letter may go later; after them nobody can know.
"""

import logging
import smtplib
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.mail.utils import DNS_NAME

log = logging.getLogger(__name__)

# The server closes; it is not about the letter.
CLOSING = 421
GO_ON = 354


class NoServer(Exception):
    """Nobody answers, or they do not want us. No letter is to blame."""


class Fate(Enum):
    SENT = "sent"
    # "Not now" (4xx).
    LATER = "later"
    # "Never" (5xx).
    REFUSED = "refused"
    # Its contents left and no answer came.
    UNKNOWN = "unknown"


class Envelope(NamedTuple):
    to: str
    # Dot-stuffed, lines ended by CRLF.
    contents: bytes
    # Where it comes back to when it cannot be delivered.
    back_to: str
    # The copy's own.
    number: UUID


@dataclass(frozen=True)
class Answer:
    fate: Fate
    code: int = 0
    words: str = ""
    # It was the address that was refused, not the contents.
    about_address: bool = False


def _answer(code: int, words: bytes, *, about_address: bool = False) -> Answer:
    fate = Fate.SENT if code < 400 else Fate.LATER if code < 500 else Fate.REFUSED
    return Answer(fate, code, words.decode(errors="replace"), about_address)


class Line:
    """A connection to the mail server. Opened when it is needed, kept while it works."""

    def __init__(self, wait: Callable[[], None] = lambda: None) -> None:
        # Called before the contents of each letter: keeps the pace.
        self._wait = wait
        self._smtp: smtplib.SMTP | None = None
        self._pipelines = False

    def open(self) -> None:
        """Raises NoServer. Done before anything is claimed."""
        if self._smtp is not None:
            return
        try:
            self._smtp = _connect()
        except (OSError, smtplib.SMTPException) as error:
            raise NoServer(f"{type(error).__name__}: {error}") from error
        self._pipelines = self._smtp.has_extn("pipelining")

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def quit(self) -> None:
        try:
            if self._smtp is not None:
                self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            log.info("the mail server hung up before we did")
        self.close()

    def send(self, letters: Sequence[Envelope]) -> Iterator[Answer]:
        """An answer for each letter, in order. When it ends early the rest was never begun."""
        following = [*letters[1:], None]
        is_begun = False
        for letter, after in zip(letters, following, strict=True):
            has_left = False
            try:
                refusal = self._offer(letter, is_begun=is_begun)
                is_begun = False
                if refusal is None:
                    self._wait()
                    has_left = True
                    is_begun = self._give(letter.contents, after)
                    refusal = _answer(*self._smtp_now.getreply())
            except NoServer:
                self.close()
                raise
            except (OSError, smtplib.SMTPException) as error:
                self.close()
                log.info("the connection broke: %s", type(error).__name__)
                if has_left:
                    yield Answer(Fate.UNKNOWN, 0, type(error).__name__)
                return
            yield refusal

    @property
    def _smtp_now(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._smtp

    def _offer(self, letter: Envelope, *, is_begun: bool) -> Answer | None:
        """From whom and to whom. None when the server waits for the contents."""
        smtp = self._smtp_now
        if self._pipelines:
            if not is_begun:
                _write(smtp, _envelope(letter))
            replies = [smtp.getreply() for _ in range(3)]
        else:
            replies = self._step_by_step(letter)
        _mind_the_server(replies[0])
        said = replies[1]
        if said[0] >= 400:
            return self._start_over(replies, _answer(*said, about_address=True))
        data = replies[2]
        if data[0] != GO_ON:
            _mind_the_server(data)
            return self._start_over(replies, _answer(*data))
        return None

    def _step_by_step(self, letter: Envelope) -> list[tuple[int, bytes]]:
        smtp = self._smtp_now
        replies = []
        for command in _envelope(letter).decode("ascii").splitlines():
            smtp.putcmd(command)
            replies.append(smtp.getreply())
            if replies[-1][0] >= 400:
                break
        return replies

    def _start_over(self, replies: list[tuple[int, bytes]], answer: Answer) -> Answer:
        """Leave the transaction, so that the next letter finds a clean one."""
        smtp = self._smtp_now
        if answer.code == CLOSING:
            raise NoServer(answer.words)
        if replies[-1][0] == GO_ON:
            # It refused the reader and still wants contents: it gets none (RFC 2920, 3.1).
            _write(smtp, b".\r\n")
            smtp.getreply()
        smtp.rset()
        return answer

    def _give(self, contents: bytes, after: Envelope | None) -> bool:
        """The contents, and the next envelope behind them. Whether the next one is begun."""
        ahead = self._pipelines and after is not None
        _write(
            self._smtp_now,
            contents + b".\r\n" + (_envelope(after) if ahead and after else b""),
        )
        return ahead


def _envelope(letter: Envelope) -> bytes:
    return f"MAIL FROM:<{letter.back_to}>\r\nRCPT TO:<{letter.to}>\r\nDATA\r\n".encode("ascii")


def _mind_the_server(reply: tuple[int, bytes]) -> None:
    """It refuses before it has heard of the reader: it is us that it does not want."""
    code, words = reply
    if code >= 400:
        raise NoServer(f"{code} {words.decode(errors='replace')}")


def _write(smtp: smtplib.SMTP, data: bytes) -> None:
    assert smtp.sock is not None
    smtp.sock.sendall(data)


def _connect() -> smtplib.SMTP:
    """As Django's own backend does it, from the same settings."""
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    smtp = kind(
        settings.EMAIL_HOST,
        settings.EMAIL_PORT,
        local_hostname=DNS_NAME.get_fqdn(),
        timeout=settings.EMAIL_TIMEOUT,
    )
    if settings.EMAIL_USE_TLS:
        smtp.starttls()
    smtp.ehlo_or_helo_if_needed()
    if settings.EMAIL_HOST_USER:
        smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    assert smtp.sock is not None
    smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return smtp
