"""The table of contents of all letters: a name, and the function that finds its words.

An app decorates one function per letter in its emails.py. The function is called when the letter
leaves: it reads the rows as they are then and returns `Content`, or None when there is nothing left
to tell (a reminder for something cancelled).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mail.models import Letter


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    kind: str


@dataclass(frozen=True)
class Content:
    """What a letter says. `template` names a trio: T-subject.txt, T.txt and T.html.

    `because` ends the letter with why the reader got it (ux.md M15). `writer`: the name and the
    address of one of us, when the letter is from a person: the answer goes to them.
    """

    template: str
    context: dict[str, Any]
    because: str
    attachments: list[Attachment] = field(default_factory=list)
    writer: tuple[str, str] | None = None


Writer = Callable[[Letter], Content | None]
_writers: dict[str, Writer] = {}


def letter(kind: str) -> Callable[[Writer], Writer]:
    """Name the function that writes letters of this kind."""

    def note(writer: Writer) -> Writer:
        if kind in _writers and _writers[kind].__qualname__ != writer.__qualname__:
            raise LookupError(f"two letters are named {kind}")
        _writers[kind] = writer
        return writer

    return note


def writer_of(kind: str) -> Writer:
    return _writers[kind]


def kinds() -> list[str]:
    return sorted(_writers)
