"""Circles for the tests, made of few words."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from events.study import Circle, Meeting, Person, Rules

SWEDEN = ZoneInfo("Europe/Stockholm")
# A Monday in a winter without a change of clocks.
MONDAY = datetime(2026, 11, 2, 18, 0, tzinfo=SWEDEN)
CIRCLE = Rules()
OTHER = Rules(
    meetings_at_least=1, hours_at_least=1, people_at_most=None, person_meetings=1,
    person_among_first=None, youngest=6, hours_a_meeting=None, meetings_a_week=None,
    hours_a_week=None, hours_a_year=None,
)  # fmt: skip
CULTURE = Rules(named=False, shortest_meeting=30, present_at_least=5, meetings_at_least=1)
AFTER = MONDAY + timedelta(days=200)


def at(day: int, clock: str = "18:00") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return (MONDAY + timedelta(days=day)).replace(hour=hour, minute=minute)


def meeting(day: int, present: str | None = "ABC", span: str = "18:00-20:15", **more) -> Meeting:
    """On the day after the first Monday; `present`: one letter each, None when not ticked."""
    start, end = span.split("-")
    keys = None if present is None else frozenset(present)
    return Meeting(key=day, starts_at=at(day, start), ends_at=at(day, end), present=keys, **more)


def people(letters: str = "ABC", leader: str = "A", **more) -> tuple[Person, ...]:
    return tuple(Person(key=one, leads=one == leader, **more) for one in letters)


def circle(*meetings: Meeting, **more) -> Circle:
    """Three people, approved before the start, everything in order."""
    facts = {"people": people(), "approved_on": at(-7).date(), **more}
    return Circle(meetings=meetings, **facts)


def random_rules(dice: Random) -> Rules:
    def maybe(*values: int) -> int | None:
        return dice.choice([None, *values])

    return Rules(
        hour_minutes=dice.choice([30, 45, 60]),
        shortest_meeting=dice.choice([30, 45]),
        named=dice.random() < 0.85,
        present_at_least=dice.randint(2, 4),
        meetings_at_least=dice.randint(1, 4),
        hours_at_least=dice.randint(1, 12),
        people_at_least=dice.randint(2, 4),
        people_at_most=maybe(4, 6),
        hours_a_meeting=maybe(2, 4),
        meetings_a_week=maybe(1, 3),
        hours_a_week=maybe(4, 12),
        hours_a_year=maybe(8, 20),
        person_meetings=dice.randint(1, 3),
        person_among_first=maybe(1, 3),
        person_hours=maybe(3, 9),
        youngest=maybe(13),
        within_a_year=dice.random() < 0.5,
    )


def random_circle(dice: Random) -> Circle:
    names = "ABCDEFG"[: dice.randint(0, 7)]
    first = dice.choice([0, 0, 0, 50])
    days = sorted(dice.sample(range(first, first + 24), dice.randint(0, 6)))
    approved = dice.choice([None, -5, 0, first - 1, first, first + 1, first + 6])
    return Circle(
        meetings=tuple(dice.sample([_random_meeting(dice, day, names) for day in days], len(days))),
        people=tuple(
            Person(
                key=name,
                leads=dice.random() < 0.3,
                has_agreed=dice.random() < 0.8,
                has_number=dice.random() < 0.8,
                birth_year=dice.choice([None, 1980, 2012, 2013, 2014]),
            )
            for name in names
        ),
        approved_on=None if approved is None else at(approved).date(),
        has_plan=dice.random() < 0.8,
        has_reference=dice.random() < 0.8,
        needs_agreement=dice.random() < 0.5,
        most=dice.choice([None, 3, 5]),
    )


def _random_meeting(dice: Random, day: int, names: str) -> Meeting:
    start = at(day, f"{dice.randint(9, 18)}:{dice.choice(['00', '30'])}")
    # Somebody who is not on the list may come as well.
    present = frozenset(one for one in f"{names}x" if dice.random() < 0.75)
    return Meeting(
        key=day,
        starts_at=start,
        ends_at=start + timedelta(minutes=dice.choice([20, 44, 45, 90, 120, 135, 180, 240])),
        break_minutes=dice.choice([0, 0, 15, 45]),
        typed_hours=dice.choice([None, None, None, 0, 1, 3]),
        present=present if dice.random() < 0.8 else None,
        audience=dice.choice([None, 0, 3, 4, 5, 20]),
    )
