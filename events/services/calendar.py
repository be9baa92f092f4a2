"""Every occasion of a month, and those that want the same room or the same leader at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Leader, Occasion
from privacy import swedish


@dataclass
class Entry:
    """One occasion. `clashes`: what it clashes with, in words."""

    event: Event
    occasion: Occasion
    leaders: dict[int, str]
    clashes: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        return timezone.localdate(self.occasion.starts_at)

    @property
    def is_off(self) -> bool:
        return bool(self.event.cancelled_at or self.occasion.cancelled_at)

    @property
    def room(self) -> str:
        """The same room however it is spelt. What is only online needs none."""
        return " ".join(swedish.words(self.event.place))


def of_month(year: int, month: int) -> list[tuple[date, list[Entry]]]:
    """The days on which something is planned, drafts too, each with its occasions in order."""
    first = date(year, month, 1)
    after = (first + timedelta(days=32)).replace(day=1)
    # From the evening before, so that what goes on past midnight can clash.
    entries = _entries(_begin(first) - timedelta(days=1), _begin(after))
    find_clashes(entries)
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.day >= first:
            by_day[entry.day].append(entry)
    return sorted(by_day.items())


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _entries(since: datetime, until: datetime) -> list[Entry]:
    rows = (
        Occasion.objects.filter(starts_at__gte=since, starts_at__lt=until)
        .select_related("event")
        .order_by("starts_at", "pk")
    )
    occasions = list(rows)
    leaders: dict[int, dict[int, str]] = defaultdict(dict)
    for row in Leader.objects.filter(
        event__in=[occasion.event_id for occasion in occasions]
    ).select_related("user"):
        leaders[row.event_id][row.user_id] = str(row.user)
    return [Entry(one.event, one, leaders[one.event_id]) for one in occasions]


def find_clashes(entries: Iterable[Entry]) -> None:
    """Note beside each what it overlaps in the same room or with the same leader."""
    held = [entry for entry in entries if not entry.is_off]
    for at, one in enumerate(held):
        for other in held[at + 1 :]:
            if other.occasion.starts_at >= one.occasion.ends_at:
                break  # in order of time: nothing later overlaps
            for mine, theirs in ((one, other), (other, one)):
                mine.clashes += _said(mine, theirs)


def _said(mine: Entry, theirs: Entry) -> list[str]:
    title = {"title": theirs.event.title}
    said = []
    if mine.room and mine.room == theirs.room:
        said.append(_("Samma lokal som ”%(title)s”") % title)
    if both := sorted(mine.leaders[key] for key in mine.leaders.keys() & theirs.leaders.keys()):
        said.append(_("%(who)s leder också ”%(title)s”") % {"who": ", ".join(both), **title})
    return said
