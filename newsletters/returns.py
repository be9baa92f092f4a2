"""What a mail server or a reader's provider sends back: reading it, and nothing more.

Two kinds of report are understood: that a letter could not be delivered (RFC 3464), and that its
reader called it spam (RFC 5965). Anybody can write to the mailbox they come to. So a report counts
only when it carries the number of a letter of ours, which nobody but its reader has seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import Enum
from itertools import islice
from uuid import UUID

from django.conf import settings

# Bytes and parts that are looked at. A report is small; what follows is the letter itself.
MOST_BYTES, MOST_PARTS = 200_000, 30
# The mailbox is not there any more, and will not be (RFC 3463).
GONE = re.compile(r"5\.(1\.(0|1|2|3|6|10)|2\.1|4\.4)(?!\d)")
# What a server says that has only the old codes: the mailbox, not our letter.
GONE_IN_WORDS = re.compile(r"\b55[013]\b(?!.{0,40}\b5\.[2-7]\.)", re.S)
# Before the signed part of a link, in the subject of a letter that ends the newsletter.
END_WORD = "avsluta"
_NUMBER = r"([0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
_MESSAGE_ID = re.compile(rf"(?im)^message-id:\s{{0,3}}<{_NUMBER}@".encode())
_BACK_TO = re.compile(rf"\+{_NUMBER}@", re.I)


class Kind(Enum):
    # The mailbox does not exist.
    HARD = "hard"
    # Full, too large, not now: it may be better next time.
    SOFT = "soft"
    # The reader called it spam.
    COMPLAINT = "complaint"
    # The reader ended it at their provider.
    ENDED = "ended"


@dataclass(frozen=True)
class Report:
    """`number`: the letter's own. `email`: only from who has proven to be our provider."""

    kind: Kind
    number: UUID | None
    words: str = ""
    email: str = ""


def number_in(text: str) -> UUID | None:
    """The number of a letter in a Message-ID of ours, with or without its marks."""
    found = re.match(rf"\s*<?{_NUMBER}@", text, re.I)
    return UUID(found[1]) if found else None


def read(raw: bytes) -> Report | None:
    """The report, or None: a person's own words, an automatic answer, nobody's letter."""
    raw = raw[:MOST_BYTES]
    message = message_from_bytes(raw)
    number = _number(raw, message)
    if number is None:
        return None
    for part in islice(message.walk(), MOST_PARTS):
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            return Report(Kind.COMPLAINT, number)
        if kind == "message/delivery-status" and (facts := _failed(part)):
            return Report(_kind(*facts), number, _words(*facts))
    return None


def end_token(raw: bytes) -> str:
    """What a letter carries that ends the newsletter by mail (List-Unsubscribe)."""
    subject = str(message_from_bytes(raw[:MOST_BYTES]).get("Subject", ""))
    found = re.fullmatch(rf"\s*{END_WORD} (\S{{20,200}})\s*", subject)
    return found[1] if found else ""


def _number(raw: bytes, message: Message) -> UUID | None:
    """In the letter that was sent back, or in the address that it was sent back to."""
    if found := _MESSAGE_ID.search(raw):
        return UUID(found[1].decode())
    if not settings.BOUNCE_ADDRESS:
        return None
    for name in ("Delivered-To", "X-Original-To", "To"):
        if back := _BACK_TO.search(str(message.get(name, ""))):
            return UUID(back[1])
    return None


def _failed(part: Message) -> tuple[str, str] | None:
    """Status and diagnostic of the first reader who was given up."""
    for block in _blocks(part):
        if str(block.get("Action", "")).strip().lower() == "failed":
            return str(block.get("Status", "")).strip(), str(block.get("Diagnostic-Code", ""))
    return None


def _blocks(part: Message) -> Iterator[Message]:
    inside = part.get_payload()
    for block in islice(inside if isinstance(inside, list) else [], MOST_PARTS):
        if isinstance(block, Message):
            yield block


def _kind(status: str, diagnostic: str) -> Kind:
    if GONE.match(status):
        return Kind.HARD
    vague = status in ("", "5.0.0", "5.5.0")
    return Kind.HARD if vague and GONE_IN_WORDS.search(diagnostic) else Kind.SOFT


def _words(status: str, diagnostic: str) -> str:
    said = " ".join(f"{status} {diagnostic.partition(';')[2] or diagnostic}".split())
    return without_addresses(said)[:200]


def without_addresses(text: str) -> str:
    return re.sub(r"[^\s<>@]+@[^\s<>@]+", "…", text)
