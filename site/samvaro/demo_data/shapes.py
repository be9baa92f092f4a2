"""What the demo's words are kept in until they become rows."""

from dataclasses import dataclass, field
from typing import Any

from samvaro.demo_data.timing import BipolarDay, When


@dataclass(frozen=True)
class PageText:
    """A page of the public site, at an address; pages stand in the order of their lists."""

    path: str
    title: str
    ingress: str
    body: str = ""
    in_short: str = ""
    warning: str = ""
    is_section: bool = False
    in_menu: bool = False
    # Days ago that somebody last went through the text; None where that is not said.
    reviewed: int | None = None


@dataclass(frozen=True)
class News:
    slug: str
    days_ago: int
    title: str
    summary: str
    body: str
    # Written but not published.
    is_draft: bool = False


@dataclass(frozen=True)
class Guests:
    """How many are in which state. `new` of those who have a place were never here before."""

    placed: int = 0
    new: int = 0
    waiting: int = 0
    offered: int = 0
    resting: int = 0
    cancelled: int = 0
    declined: int = 0
    # Taken in by the office, by phone.
    by_phone: int = 0


@dataclass(frozen=True)
class Activity:
    slug: str
    # None: there is no date yet.
    when: When | BipolarDay | None
    title: str
    neutral_title: str
    kind: str
    summary: str
    how_it_goes: str
    # The other fields of events.Event.
    facts: dict[str, Any]
    body: str = ""
    guests: Guests = field(default_factory=Guests)
    # Notes of the first occasions, in order: a theme, a walk.
    notes: tuple[str, ...] = ()
    # Days from today until sign-up opens; until it closes, negative when it has.
    opens_in: int | None = None
    closes_in: int | None = None
    # Days from today until those who are interested hear more, and how many they are.
    promised_in: int | None = None
    interested: int = 0
    is_cancelled: bool = False
    is_draft: bool = False
    # Days after the last occasion on which the answers to its question are destroyed.
    question_dies_after: int = 0
    # What those who have a place answered, in turn; and whether they have paid.
    answers: tuple[str, ...] = ()
    paid: bool = False
    # Changed since it was published, in the summary; not published yet.
    next_summary: str = ""
