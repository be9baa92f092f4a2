"""What is coming, as every list of activities shows it.

The words of an activity are the editors', so a process reads them once an edition. How many places
are taken changes with every sign-up and is asked for the rows that are shown, each time.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from events.models import Event
from events.models.reading import count_places
from privacy import edition


def coming(words: str | None, now: datetime) -> list[Event]:
    """Public activities that are not over, with their occasions, the nearest first; then those that
    have no date yet."""
    kept = edition.kept(words, "coming", lambda: list(Event.objects.upcoming(now).with_occasions()))
    starts = [(event.next_occasion(now), event) for event in kept]
    on = [(occasion.starts_at, event.pk, event) for occasion, event in starts if occasion]
    dated = [event for _, _, event in sorted(on, key=lambda row: row[:2])]
    return dated + [event for occasion, event in starts if not occasion and event.takes_interest]


def with_places(events: Sequence[Event], now: datetime) -> list[Event]:
    """Copies with the counts of this moment: what is kept belongs to every visitor."""
    mine = [copy(event) for event in events]
    count_places(mine, now)
    return mine
