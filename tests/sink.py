"""A mail server on 127.0.0.1 that keeps every letter, and is as difficult as it is asked to be."""

import asyncio
import email
import re
import socket
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from functools import cached_property

from samvaro.embedded import ports

_ADDRESS = re.compile(rb"<([^>]*)>")
_LINK = re.compile(r"https?://[^\s<>\"]+")
# Longest line that we read, in bytes.
LIMIT = 1_000_000


@dataclass(frozen=True)
class Received:
    """One letter, as it came over the wire."""

    to: tuple[str, ...]
    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        found = email.message_from_bytes(self.raw, policy=default)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def letter_id(self) -> str:
        """The outbox's own number, without the house's name."""
        return self.message_id.strip("<>").partition("@")[0]

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def links(self) -> list[str]:
        return _LINK.findall(self.text)


@dataclass
class Moods:
    """How the server behaves; may be changed at any time."""

    # Seconds before a whole letter is answered.
    slow: float = 0.0
    # Takes the connection and never says a word.
    silent: bool = False
    # Keeps the letter and hangs up instead of answering: nobody can know.
    hangs_up_after_data: bool = False
    # Offers PIPELINING (RFC 2920).
    pipelines: bool = False
    # Mailboxes at which it hangs up, once each: "before" it wants the contents, or "after" them.
    # "silence": it takes the contents, stays, and never says a word again.
    hangs_up_once: dict[str, str] = field(default_factory=dict)
    # What a mailbox is answered with instead of 250, such as b"550 no such mailbox".
    answers: dict[str, bytes] = field(default_factory=dict)
    # What is said to a whole command instead, such as {b"MAIL": b"530 log in first"}.
    says: dict[bytes, bytes] = field(default_factory=dict)


class Sink:
    """`letters` is everything that was taken, in order. Also usable as a context manager."""

    def __init__(self) -> None:
        self.port = ports.pick()
        self.letters: list[Received] = []
        self.moods = Moods()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._thread.start()
        self.start()

    @property
    def url(self) -> str:
        return f"smtp://{ports.HOST}:{self.port}"

    def __enter__(self) -> "Sink":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def to(self, address: str) -> list[Received]:
        return [letter for letter in self.letters if address in letter.to]

    def start(self) -> None:
        """Answer (again) at the same address."""
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    def stop(self) -> None:
        """As when the mail server is down: connections are refused, open ones are cut."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    # --- the conversation ----------------------------------------------------------------------

    async def _start(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(
                self._talk, ports.HOST, self.port, limit=LIMIT, family=socket.AF_INET
            )

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await self._answer_all(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer_all(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.moods.silent:
            await reader.read()
            return
        writer.write(b"220 sink\r\n")
        to: list[str] = []
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and self._hangs_up(_addressed(line), "before"):
                return
            if verb == b"DATA" and to:
                writer.write(b"354 go on\r\n")
                if not await self._take(tuple(to), reader):
                    return
            writer.write(self._answer(verb, line, to) + b"\r\n")
            await writer.drain()
            if verb == b"QUIT":
                return

    def _answer(self, verb: bytes, line: bytes, to: list[str]) -> bytes:
        """`to`: the mailboxes that were accepted in this transaction."""
        had_readers = bool(to)
        if verb in (b"MAIL", b"RSET", b"DATA"):
            to.clear()
        if verb in self.moods.says:
            return self.moods.says[verb]
        if verb == b"EHLO":
            more = b"250-PIPELINING\r\n" if self.moods.pipelines else b""
            return b"250-sink\r\n250-8BITMIME\r\n" + more + b"250 SMTPUTF8"
        if verb == b"QUIT":
            return b"221 bye"
        if verb == b"DATA" and not had_readers:
            return b"554 no valid recipients"
        if verb == b"RCPT":
            answer = self.moods.answers.get(_addressed(line), b"250 ok")
            if answer.startswith(b"2"):
                to.append(_addressed(line))
            return answer
        return b"250 ok"

    async def _take(self, to: tuple[str, ...], reader: asyncio.StreamReader) -> bool:
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.letters.append(Received(to, b"".join(lines)))
        if self.moods.slow:
            await asyncio.sleep(self.moods.slow)
        if self._hangs_up(to[-1], "silence"):
            await reader.read()
            return False
        return not self.moods.hangs_up_after_data and not self._hangs_up(to[-1], "after")

    def _hangs_up(self, address: str, when: str) -> bool:
        is_now = self.moods.hangs_up_once.get(address) == when
        if is_now:
            del self.moods.hangs_up_once[address]
        return is_now


def _addressed(line: bytes) -> str:
    found = _ADDRESS.search(line)
    return found.group(1).decode() if found else ""
