"""A letter as bytes on the wire: cast once, then only each reader's own words are put in.

Building a MIME message costs a millisecond and is the same for all. So it is built once for an
issue, cut at the marks, and joined again for each reader. Both parts are quoted-printable, and a
soft line break stands around every mark: whatever is put in, no line grows past its length and
nothing needs to be encoded anew. The lines are dot-stuffed already.
"""

import re
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import lru_cache
from html import escape
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.signing import Signer
from django.utils import timezone

from mail.models import Association
from mail.templatetags.plain import greeting
from newsletters import doors
from newsletters.emails import issue as words
from newsletters.emails.issue import Made
from newsletters.returns import END_WORD

_DOT = re.compile(rb"(?m)^\.")


class Reader(NamedTuple):
    """What a letter needs to know of its reader."""

    reference: UUID
    email: str
    first_name: str


@dataclass(frozen=True)
class Cast:
    """The letter between its marks. `slots` names what goes after each piece but the last."""

    # What every reader's own lines end with, and the headers that all share.
    own_head: str
    head: bytes
    pieces: Sequence[bytes]
    slots: Sequence[str]

    def to(self, reader: Reader) -> bytes:
        about = f"d{reader.reference.hex}"
        soft = _hello(reader.first_name) | {
            words.CHOICE: _quoted(_signers[doors.CHOICE].sign(about))
        }
        own = self.own_head.format(
            email=reader.email,
            reference=reader.reference.hex,
            end=_signers[doors.END].sign(about),
        )
        parts = [own.encode("ascii"), self.head, self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (soft[slot], piece)
        return b"".join(parts)


@lru_cache(maxsize=2000)
def _hello(first_name: str) -> dict[str, bytes]:
    """Many share a first name, and most of those who are no members have none here."""
    text = words.hello(greeting(first_name))
    return {"hello.text": _quoted(text), "hello.html": _quoted(escape(text))}


def cast(made: Made, *, text_only: bool) -> Cast:
    """The letter for everyone, as bytes with holes in it."""
    association = Association.load()
    host = settings.NEWSLETTER_FROM.rpartition("@")[2]
    own = _own_head(made, host)
    boundary = "=_part"
    text, slots = _cut(made.text, made.marks, "text")
    head = _head(made, association, host)
    if text_only:
        return Cast(own, head + _PLAIN, text, slots)
    html, more = _cut(made.html, made.marks, "html")
    opening = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode()
    part = f"--{boundary}\r\n".encode()
    between = b"\r\n" + part + _HTML
    pieces = [*text[:-1], text[-1] + between + html[0], *html[1:]]
    pieces[-1] += f"\r\n--{boundary}--\r\n".encode()
    return Cast(own, head + opening + part + _PLAIN, pieces, slots + more)


_ENCODED = b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
_PLAIN = b'Content-Type: text/plain; charset="utf-8"\r\n' + _ENCODED
_HTML = b'Content-Type: text/html; charset="utf-8"\r\n' + _ENCODED


def _own_head(made: Made, host: str) -> str:
    """The headers that differ, with names in braces for what is each reader's own."""
    lines = ["To: {email}", f"Message-ID: <{{reference}}@{host}>"]
    if made.is_newsletter:
        mark = "END"
        url = doors.end_url(mark).replace(mark, "{end}")
        mailbox = settings.BOUNCE_ADDRESS or settings.NEWSLETTER_FROM
        lines += [
            f"List-Unsubscribe: <{url}>,",
            f" <mailto:{mailbox}?subject={END_WORD}%20{{end}}>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
    return "\r\n".join(lines) + "\r\n"


def _head(made: Made, association: Association, host: str) -> bytes:
    subject = Header(made.subject, "utf-8", header_name="Subject").encode(linesep="\r\n")
    lines = [
        f"From: {formataddr((association.short_name, settings.NEWSLETTER_FROM), 'utf-8')}",
        f"Reply-To: {association.email}",
        f"Subject: {subject}",
        f"Date: {format_datetime(timezone.now())}",
        "MIME-Version: 1.0",
    ]
    if made.is_newsletter:
        name = Header(association.short_name, "utf-8").encode()
        lines += [f"List-Id: {name} <nyhetsbrev.{host}>", "Precedence: bulk"]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _cut(text: str, marks: dict[str, str], part: str) -> tuple[list[bytes], list[str]]:
    """The text in pieces, encoded, and the name of what goes between each two."""
    names = {mark: name for name, mark in marks.items()}
    found = re.split("(" + "|".join(map(re.escape, names)) + ")", text)
    slots = [names[mark] for mark in found[1::2]]
    pieces = [_quoted(piece) for piece in found[0::2]]
    # A soft break before and after each mark.
    pieces = [
        (b"" if number == 0 else b"=\r\n") + piece + (b"=\r\n" if number < len(slots) else b"")
        for number, piece in enumerate(pieces)
    ]
    return pieces, [f"hello.{part}" if slot == words.HELLO else slot for slot in slots]


def _quoted(text: str) -> bytes:
    encoded = b2a_qp(text.encode(), istext=True).replace(b"\r\n", b"\n")
    return _DOT.sub(b"..", encoded.replace(b"\n", b"\r\n"))


class _Signers(dict[str, Signer]):
    """One for each purpose: making one costs more than signing."""

    def __missing__(self, purpose: str) -> Signer:
        return self.setdefault(purpose, doors.signer(purpose))


_signers = _Signers()
