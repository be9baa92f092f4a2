"""What an attendance list is made of, and what a phone says of it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """One person on the list. `here`: None as long as nobody has saved."""

    key: str
    kind: str
    name: str
    first_name: str
    here: bool | None
    is_new: bool = False
    says_coming: bool = False
    registration: int | None = None
    companion: int = 0
    user: int | None = None

    @property
    def shown(self) -> str:
        return as_shown(self.key, self.here)


def as_shown(key: str, here: bool | None) -> str:
    """What a page tells itself that it showed of a row: r12:1, r12:0, or r12: before a save."""
    return f"{key}:{'' if here is None else int(here)}"


@dataclass(frozen=True)
class Span:
    """From when to when, with how long a break."""

    starts_at: datetime
    ends_at: datetime
    break_minutes: int


@dataclass(frozen=True)
class Tick:
    """What one phone says of one row. `shown`: what it was shown; None when nothing was saved."""

    key: str
    shown: bool | None
    here: bool

    @property
    def touched(self) -> bool:
        return self.here != bool(self.shown)

    @property
    def shown_as(self) -> str:
        return as_shown(self.key, self.shown)


@dataclass(frozen=True)
class Extra:
    """One who came without being on the list."""

    key: uuid.UUID
    first_name: str
    here: bool = True


@dataclass(frozen=True)
class Filled:
    """What a phone sends. Times and break are None where they were not touched."""

    ticks: list[Tick] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    break_minutes: int | None = None
    note: str = ""
    # Typed study hours; None takes back what was typed, and counts only if somebody touched them.
    typed_hours: int | None = None
    touched_hours: bool = False


@dataclass(frozen=True)
class Count:
    """Of those who were expected, and those who came anyway. Leaders are counted apart."""

    here: int
    of: int
    leaders: int
