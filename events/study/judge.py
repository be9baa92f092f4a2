"""What the rules say of a circle. Everything here warns; nothing stops anybody."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from events.study.facts import Circle, Meeting, Person
from events.study.findings import MENDED_BY_MEETING, Finding, Verdict, What
from events.study.rules import Rules


def meeting_counts(meeting: Meeting, rules: Rules) -> bool:
    """Whether it goes into the report: somebody ticked, enough were there, and it was long enough."""
    number = meeting.number(named=rules.named)
    return number is not None and number >= rules.present_at_least and _is_long(meeting, rules)


def _is_long(meeting: Meeting, rules: Rules) -> bool:
    """A part of a study hour is not reported. Where nobody is named only the minutes matter."""
    if meeting.minutes < rules.shortest_meeting:
        return False
    return not rules.named or meeting.hours(rules.hour_minutes) >= 1


def judge(circle: Circle, rules: Rules, *, now: datetime) -> Verdict:
    """Everything the rules say of this circle at this moment."""
    counted = [one for one in circle.in_order if meeting_counts(one, rules)]
    hours = _hours(counted, rules)
    approved = frozenset(
        person.key
        for person in circle.people
        if not any(_of_person_in(person, circle, counted, rules))
    )
    findings = [
        *_of_approval(circle),
        *_of_amount(counted, hours, approved, rules),
        *_of_plan(circle, rules),
        *_of_limits(circle, rules),
        *(found for one in circle.in_order for found in _of_meeting(one, rules, now)),
        *(found for one in circle.people for found in _of_person_in(one, circle, counted, rules)),
        *_of_papers(circle, rules),
    ]
    return Verdict(tuple(findings), len(counted), hours, approved)


def meetings_left(circle: Circle, rules: Rules, *, now: datetime) -> int | None:
    """After how many of the meetings ahead, with everyone there, it has met enough.

    None when what is planned does not suffice.
    """
    everyone = frozenset(person.key for person in circle.people)
    ahead = [one for one in circle.in_order if one.number(named=rules.named) is None]
    for number in range(len(ahead) + 1):
        met = {one.key for one in ahead[:number]}
        meetings = tuple(
            replace(one, present=everyone, audience=rules.present_at_least)
            if one.key in met
            else one
            for one in circle.meetings
        )
        verdict = judge(replace(circle, meetings=meetings), rules, now=now)
        if not verdict.of(*MENDED_BY_MEETING):
            return number
    return None


def _hours(meetings: Iterable[Meeting], rules: Rules) -> int:
    return sum(meeting.hours(rules.hour_minutes) for meeting in meetings)


def _of_approval(circle: Circle) -> Iterator[Finding]:
    first = circle.in_order[0].day if circle.meetings else None
    if circle.approved_on is None:
        yield Finding(What.NOT_APPROVED)
    elif first is not None and circle.approved_on > first:
        yield Finding(What.APPROVED_LATE, by=(circle.approved_on - first).days)
    if not any(person.leads for person in circle.people):
        yield Finding(What.NO_LEADER)


def _of_amount(
    counted: list[Meeting], hours: int, approved: frozenset[Hashable], rules: Rules
) -> Iterator[Finding]:
    yield from _below(What.FEW_MEETINGS, len(counted), rules.meetings_at_least)
    if rules.named:
        yield from _below(What.FEW_HOURS, hours, rules.hours_at_least)
        yield from _below(What.FEW_PEOPLE, len(approved), rules.people_at_least)
        yield from _above(What.MANY_PEOPLE, len(approved), rules.people_at_most)


def _of_plan(circle: Circle, rules: Rules) -> Iterator[Finding]:
    possible = [
        one
        for one in circle.meetings
        if meeting_counts(one, rules)
        or (one.number(named=rules.named) is None and _is_long(one, rules))
    ]
    yield from _below(What.PLAN_FEW_MEETINGS, len(possible), rules.meetings_at_least)
    if rules.named:
        yield from _below(What.PLAN_FEW_HOURS, _hours(possible, rules), rules.hours_at_least)
        yield from _below(What.FEW_ENROLLED, len(circle.people), rules.people_at_least)
        yield from _above(What.MANY_ENROLLED, len(circle.people), rules.people_at_most)
        yield from _above(What.OVER_OWN_MOST, len(circle.people), circle.most)


def _of_limits(circle: Circle, rules: Rules) -> Iterator[Finding]:
    """Over everything that is planned or has been."""
    hours_in_week: Counter[date] = Counter()
    times_in_week: Counter[date] = Counter()
    hours_in_year: Counter[date] = Counter()
    for one in circle.in_order:
        hours = one.hours(rules.hour_minutes)
        hours_in_week[one.week] += hours
        times_in_week[one.week] += 1
        hours_in_year[one.day.replace(month=1, day=1)] += hours
    if rules.named:
        for week, hours in hours_in_week.items():
            yield from _above(What.MANY_HOURS_IN_WEEK, hours, rules.hours_a_week, when=week)
        for week, times in times_in_week.items():
            yield from _above(What.MANY_MEETINGS_IN_WEEK, times, rules.meetings_a_week, when=week)
        for year, hours in hours_in_year.items():
            yield from _above(What.MANY_HOURS_IN_YEAR, hours, rules.hours_a_year, when=year)
    if rules.within_a_year and len(hours_in_year) > 1:
        yield Finding(What.OVER_NEW_YEAR, when=max(hours_in_year))


def _of_meeting(meeting: Meeting, rules: Rules, now: datetime) -> Iterator[Finding]:
    number = meeting.number(named=rules.named)
    if number is None:
        if meeting.ends_at <= now:
            yield Finding(What.NOT_TICKED, meeting=meeting.key)
    else:
        yield from _below(What.FEW_PRESENT, number, rules.present_at_least, meeting=meeting.key)
    if not _is_long(meeting, rules):
        yield Finding(What.SHORT_MEETING, limit=rules.shortest_meeting, meeting=meeting.key)
    if rules.named:
        hours = meeting.hours(rules.hour_minutes)
        clock = meeting.minutes // rules.hour_minutes
        yield from _above(What.LONG_MEETING, hours, rules.hours_a_meeting, meeting=meeting.key)
        yield from _above(What.MORE_THAN_THE_CLOCK, hours, clock, meeting=meeting.key)


def _of_person_in(
    person: Person, circle: Circle, counted: list[Meeting], rules: Rules
) -> Iterator[Finding]:
    """Why this one does not count; nothing when they do."""
    if not rules.named:
        return
    mine = [one for one in counted if person.key in (one.present or ())]
    yield from _below(What.CAME_SELDOM, len(mine), rules.person_meetings, person=person.key)
    first = rules.person_among_first
    early = counted[:first]
    if first and len(early) == first and not any(one in mine for one in early):
        yield Finding(What.CAME_LATE, limit=first, person=person.key)
    if rules.person_hours is not None:
        hours = _hours(mine, rules)
        yield from _below(What.PERSON_FEW_HOURS, hours, rules.person_hours, person=person.key)
    if rules.youngest is not None and person.birth_year is not None and circle.meetings:
        age = circle.in_order[0].day.year - person.birth_year
        yield from _below(What.TOO_YOUNG, age, rules.youngest, person=person.key)


def _of_papers(circle: Circle, rules: Rules) -> Iterator[Finding]:
    if not circle.has_plan:
        yield Finding(What.NO_PLAN)
    if not circle.has_reference:
        yield Finding(What.NO_REFERENCE)
    for person in circle.people:
        if circle.needs_agreement and not person.has_agreed and not person.leads:
            yield Finding(What.NO_AGREEMENT, person=person.key)
        if rules.named and not person.has_number:
            yield Finding(What.NO_NUMBER, person=person.key)


def _below(
    what: What, number: int, limit: int, *, meeting: Hashable = None, person: Hashable = None
) -> Iterator[Finding]:
    if number < limit:
        yield Finding(what, by=limit - number, limit=limit, meeting=meeting, person=person)


def _above(
    what: What, number: int, limit: int | None, *, meeting: Hashable = None,
    when: date | None = None,
) -> Iterator[Finding]:  # fmt: skip
    if limit is not None and number > limit:
        yield Finding(what, by=number - limit, limit=limit, meeting=meeting, when=when)
