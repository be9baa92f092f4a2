"""The choices above the list of activities: links, not a form (ux.md 2a)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.db.models.functions import ExtractHour
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import EVENING_FROM, Event, EventQuerySet

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
_RULES = {
    ("visa", "platsen"): Q(where__in=[WHERE.ON_SITE, WHERE.BOTH]),
    ("visa", "digitalt"): Q(where__in=[WHERE.ONLINE, WHERE.BOTH]),
    ("tid", "dag"): Q(begins__lt=EVENING_FROM),
    ("tid", "kvall"): Q(begins__gte=EVENING_FROM),
    ("for", "anhoriga"): Q(for_relatives=True),
    ("for", "nya"): Q(for_newcomers=True),
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


def activities(chosen: Choice, now: datetime) -> EventQuerySet:
    """What is coming and fits the choice, the nearest first."""
    found = Event.objects.upcoming(now)
    if "tid" in chosen:
        zone = timezone.get_default_timezone()
        found = found.annotate(begins=ExtractHour("next_start", tzinfo=zone))
    for pair in chosen.items():
        found = found.filter(_RULES[pair])
    return found


def page_of(chosen: Choice, number: Any, now: datetime) -> Page:
    """One page of the list. Occasions and places are asked for its own rows alone."""
    return Paginator(_WithFacts(activities(chosen, now), now), PER_PAGE).get_page(number)


class _WithFacts(Sequence[Event]):
    """Which they are is asked once, bare; what a card tells of them for the page's own rows."""

    def __init__(self, rows: EventQuerySet, now: datetime) -> None:
        self.numbers: list[int] = list(rows.values_list("pk", flat=True))
        self.now = now

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, part: Any) -> Any:
        wanted = self.numbers[part]
        found = Event.objects.with_occasions().with_places(self.now).in_bulk(wanted)
        return [found[number] for number in wanted if number in found]
