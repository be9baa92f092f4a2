"""The choices above the list of activities: links, not a form (ux.md 2a)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event
from pages.coming import with_places

# Activities on one page of the list: as many as a tired reader goes through.
PER_PAGE = 20

WHERE = Event.Where
Choice = Mapping[str, str]


class Option(NamedTuple):
    """One filter: the word in the address, its value there, and what the link says."""

    name: str
    value: str
    label: str | Promise


OPTIONS = [
    Option("visa", "platsen", _("På plats")),
    Option("visa", "digitalt", _("Digitalt")),
    Option("tid", "dag", _("Dagtid")),
    Option("tid", "kvall", _("Kväll")),
    Option("for", "anhoriga", _("För anhöriga")),
    Option("for", "nya", _("För nya")),
]
_RULES: dict[tuple[str, str], Callable[[Event], bool]] = {
    ("visa", "platsen"): lambda event: event.where in (WHERE.ON_SITE, WHERE.BOTH),
    ("visa", "digitalt"): lambda event: event.where in (WHERE.ONLINE, WHERE.BOTH),
    ("tid", "dag"): lambda event: not event.is_evening,
    ("tid", "kvall"): lambda event: event.is_evening,
    ("for", "anhoriga"): lambda event: event.for_relatives,
    ("for", "nya"): lambda event: event.for_newcomers,
}
# Everything that may follow the question mark of a public page; the rest changes nothing.
KNOWN_PARAMETERS = {option.name for option in OPTIONS} | {"sida"}


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url: str
    current: bool


def choice(asked: Mapping[str, Any]) -> Choice:
    """What of the address we know; anything else is as if it were not there."""
    return {
        option.name: option.value for option in OPTIONS if asked.get(option.name) == option.value
    }


def links(chosen: Choice) -> list[Link]:
    """Each filter as a link: pressed again it is taken away, the other kinds stay."""
    found = [Link(_("Alla"), "./", not chosen)]
    for option in OPTIONS:
        current = chosen.get(option.name) == option.value
        others = {name: value for name, value in chosen.items() if name != option.name}
        asked = others if current else {**others, option.name: option.value}
        found.append(Link(option.label, f"./?{urlencode(asked)}" if asked else "./", current))
    return found


def query(chosen: Choice) -> str:
    """The choice as the beginning of another link's query."""
    return f"{urlencode(chosen)}&" if chosen else ""


def fitting(events: Iterable[Event], chosen: Choice) -> list[Event]:
    rules = [_RULES[pair] for pair in chosen.items()]
    return [event for event in events if all(rule(event) for rule in rules)]


def page_of(chosen: Choice, number: Any, events: Iterable[Event], now: datetime) -> Page:
    """One page of the list of what fits. Places are asked for its own rows alone."""
    page = Paginator(fitting(events, chosen), PER_PAGE).get_page(number)
    page.object_list = with_places(list(page.object_list), now)
    return page
