"""The figures that a circle is judged by. They change by ordinance, so they are never in code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """One set of figures, as it was on some day. None: there is no such limit.

    `named`: everyone who is present is known by name, and the leader is one of them. Otherwise
    the audience is only counted.
    """

    # Minutes of a study hour, and of the shortest meeting that counts.
    hour_minutes: int = 45
    shortest_meeting: int = 45
    named: bool = True
    # How many must be there for a meeting to count.
    present_at_least: int = 3
    meetings_at_least: int = 3
    hours_at_least: int = 9
    # Those who themselves count.
    people_at_least: int = 3
    people_at_most: int | None = 20
    hours_a_meeting: int | None = 4
    meetings_a_week: int | None = 3
    hours_a_week: int | None = 12
    hours_a_year: int | None = 480
    # Somebody counts who came so often, at least once among the first so many, for so many hours.
    person_meetings: int = 3
    person_among_first: int | None = 3
    person_hours: int | None = None
    # Reached during the calendar year.
    youngest: int | None = 13
    within_a_year: bool = True
