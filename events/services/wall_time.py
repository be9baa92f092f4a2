"""What the clock on the wall shows, in Sweden, as a moment.

One night in spring has no hour between two and three: such a time is refused. One night in autumn
has that hour twice: the first of the two is meant.
"""

from datetime import UTC, date, datetime, time

from django.utils import timezone


class NoSuchTime(Exception):
    """The clock is set forward past this time. `.typed` is what was asked for."""

    def __init__(self, typed: datetime) -> None:
        super().__init__("no such time")
        self.typed = typed


def wall_time(day: date, clock: time) -> datetime:
    """This time on this day, in UTC: in a zone of its own, an hour that comes twice is equal to
    nothing, not even to itself. Raises NoSuchTime."""
    typed = datetime.combine(day, clock)
    moment = typed.replace(tzinfo=timezone.get_current_timezone(), fold=0).astimezone(UTC)
    if timezone.localtime(moment).replace(tzinfo=None, fold=0) != typed:
        raise NoSuchTime(typed)
    return moment


def comes_twice(moment: datetime) -> bool:
    """The clock is set back that night, and shows this time once more."""
    local = timezone.localtime(moment)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
