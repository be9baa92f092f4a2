"""What somebody who opens a person should know at once, above everything else.

Apps above this one add their own with `notice`, as with the lines of time.
"""

from collections.abc import Callable
from dataclasses import dataclass

from members.models import Person


@dataclass(frozen=True)
class Notice:
    """`url` is pressed with `button` by who has the permission."""

    text: str
    button: str = ""
    url: str = ""
    permission: str = ""


Finder = Callable[[Person], Notice | None]
_finders: dict[str, Finder] = {}


def notice(finder: Finder) -> Finder:
    """Name a function that finds what should be known about a person."""
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def about(person: Person) -> list[Notice]:
    return [found for ask in _finders.values() if (found := ask(person))]
