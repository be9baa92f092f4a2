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

_DOT = re.compile(rb"(?m)^\.")


class Reader(NamedTuple):
    """What a letter needs to know of its reader."""

    reference: UUID
    email: str
    first_name: str


@dataclass(frozen=True)
class Cast:
    """The letter between its marks. `slots` names what goes after each piece but the last."""

    head: bytes
    pieces: Sequence[bytes]
    slots: Sequence[str]
    host: str
    is_newsletter: bool

    def to(self, reader: Reader) -> bytes:
        own = {
            "hello.text": words.hello(greeting(reader.first_name)),
            words.CHOICE: _signers[doors.CHOICE].sign(f"d{reader.reference.hex}"),
        }
        own["hello.html"] = escape(own["hello.text"])
        soft = {name: _quoted(value) for name, value in own.items()}
        parts = [self._head(reader), self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (soft[slot], piece)
        return b"".join(parts)

    def _head(self, reader: Reader) -> bytes:
        lines = f"To: {reader.email}\r\nMessage-ID: <{reader.reference.hex}@{self.host}>\r\n"
        if self.is_newsletter:
            token = _signers[doors.END].sign(f"d{reader.reference.hex}")
            mailto = f"mailto:{settings.NEWSLETTER_FROM}?subject=avsluta"
            lines += (
                f"List-Unsubscribe: <{doors.end_url(token)}>,\r\n <{mailto}>\r\n"
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            )
        return lines.encode("ascii") + self.head


def cast(made: Made, *, text_only: bool) -> Cast:
    """The letter for everyone, as bytes with holes in it."""
    association = Association.load()
    host = settings.NEWSLETTER_FROM.rpartition("@")[2]
    boundary = "=_part"
    text, slots = _cut(made.text, made.marks, "text")
    head = _head(made, association, host)
    if text_only:
        return Cast(head + _PLAIN, text, slots, host, made.is_newsletter)
    html, more = _cut(made.html, made.marks, "html")
    opening = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode()
    part = f"--{boundary}\r\n".encode()
    between = b"\r\n" + part + _HTML
    pieces = [*text[:-1], text[-1] + between + html[0], *html[1:]]
    pieces[-1] += f"\r\n--{boundary}--\r\n".encode()
    return Cast(head + opening + part + _PLAIN, pieces, slots + more, host, made.is_newsletter)


_ENCODED = b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
_PLAIN = b'Content-Type: text/plain; charset="utf-8"\r\n' + _ENCODED
_HTML = b'Content-Type: text/html; charset="utf-8"\r\n' + _ENCODED


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
