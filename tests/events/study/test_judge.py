from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from events.study import Rules, What, judge, meetings_left, study_hours
from tests.events.study import brute
from tests.events.study.making import (
    AFTER,
    CIRCLE,
    CULTURE,
    OTHER,
    at,
    circle,
    meeting,
    people,
    random_circle,
    random_rules,
)

HOW_MANY = 10_000


def kinds(facts, rules=CIRCLE, now=AFTER):
    return {finding.what for finding in judge(facts, rules, now=now).findings}


# --- the cases of the domain ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "pause", "hours"),
    [
        ("17:00-19:15", 0, 3),
        ("17:00-19:15", 45, 2),
        ("18:00-20:15", 0, 3),
        ("18:00-18:44", 0, 0),
        ("18:00-18:45", 0, 1),
        ("18:00-19:00", 70, 0),
    ],
)
def test_a_study_hour_is_forty_five_whole_minutes_without_the_break(span, pause, hours):
    start, end = span.split("-")
    assert study_hours(at(0, start), at(0, end), break_minutes=pause) == hours


def test_a_night_when_the_clock_is_turned_has_the_minutes_that_it_has():
    before = at(0).replace(year=2027, month=3, day=28, hour=1)
    assert study_hours(before, before.replace(hour=4)) == 2 * 60 // 45


def test_eight_meetings_of_three_hours_are_twenty_four_and_count():
    verdict = judge(circle(*(meeting(week * 7) for week in range(8))), CIRCLE, now=AFTER)
    assert (verdict.meetings, verdict.hours, verdict.counts) == (8, 24, True)
    assert verdict.approved == {"A", "B", "C"}
    assert verdict.findings == ()


def test_two_who_meet_are_too_few_to_report():
    facts = circle(*(meeting(week * 7, "AB") for week in range(4)))
    verdict = judge(facts, CIRCLE, now=AFTER)
    assert (verdict.meetings, verdict.hours, verdict.counts) == (0, 0, False)
    assert [found.by for found in verdict.of(What.FEW_PRESENT)] == [1] * 4


def test_who_missed_the_first_three_is_no_participant():
    late = [meeting(week * 7, "ABC" if week < 3 else "ABCD") for week in range(6)]
    facts = circle(*late, people=people("ABCD"))
    verdict = judge(facts, CIRCLE, now=AFTER)
    assert verdict.approved == {"A", "B", "C"}
    assert [found.person for found in verdict.of(What.CAME_LATE)] == ["D"]


def test_one_time_is_enough_for_other_folk_education():
    verdict = judge(circle(meeting(0, span="18:00-18:45")), OTHER, now=AFTER)
    assert (verdict.counts, verdict.findings) == (True, ())


def test_an_evening_of_culture_needs_half_an_hour_and_an_audience_of_five():
    def shown(audience, span):
        return circle(meeting(0, None, span, audience=audience), people=people("A"))

    assert judge(shown(5, "18:00-18:30"), CULTURE, now=AFTER).counts
    assert kinds(shown(4, "18:00-18:30"), CULTURE) >= {What.FEW_PRESENT, What.FEW_MEETINGS}
    assert kinds(shown(5, "18:00-18:29"), CULTURE) >= {What.SHORT_MEETING, What.FEW_MEETINGS}


# --- each warning flips exactly when the rule flips -----------------------------------------------

WEEKS = [meeting(week * 7) for week in range(4)]
SOON = at(1)


def weeks(number, **more):
    return circle(*WEEKS[:number], **more)


# Name, a circle just on the right side of the rule, and one just on the wrong side.
EDGES = [
    (What.NOT_APPROVED, weeks(3), weeks(3, approved_on=None)),
    (
        What.APPROVED_LATE,
        weeks(3, approved_on=at(0).date()),
        weeks(3, approved_on=at(1).date()),
    ),
    (What.NO_LEADER, weeks(3), weeks(3, people=people(leader=""))),
    (What.FEW_MEETINGS, weeks(3), weeks(2)),
    (
        What.FEW_HOURS,
        circle(*WEEKS[:2], meeting(14, typed_hours=3)),
        circle(*WEEKS[:2], meeting(14, typed_hours=2)),
    ),
    (What.FEW_PEOPLE, weeks(3), circle(*WEEKS[:2], meeting(14, "ABx"))),
    (
        What.MANY_PEOPLE,
        circle(
            *(meeting(d, "ABCDEFGHIJKLMNOPQRST") for d in (0, 7, 14)),
            people=people("ABCDEFGHIJKLMNOPQRST"),
        ),
        circle(
            *(meeting(d, "ABCDEFGHIJKLMNOPQRSTU") for d in (0, 7, 14)),
            people=people("ABCDEFGHIJKLMNOPQRSTU"),
        ),
    ),
    (
        What.PLAN_FEW_MEETINGS,
        circle(*WEEKS[:2], meeting(14, None)),
        circle(*WEEKS[:2], meeting(14, "AB")),
    ),
    (
        What.PLAN_FEW_HOURS,
        circle(*WEEKS[:2], meeting(14, None, "18:00-20:15")),
        circle(*WEEKS[:2], meeting(14, None, "18:00-20:14")),
    ),
    (What.FEW_ENROLLED, weeks(3), weeks(3, people=people("AB"))),
    (
        What.MANY_ENROLLED,
        weeks(3, people=people("ABCDEFGHIJKLMNOPQRST")),
        weeks(3, people=people("ABCDEFGHIJKLMNOPQRSTU")),
    ),
    (What.OVER_OWN_MOST, weeks(3, most=3), weeks(3, most=2)),
    (
        What.MANY_HOURS_IN_WEEK,
        circle(*(meeting(d, typed_hours=h) for d, h in ((0, 4), (2, 4), (4, 4)))),
        circle(*(meeting(d, typed_hours=h) for d, h in ((0, 4), (2, 4), (4, 5)))),
    ),
    (
        What.MANY_MEETINGS_IN_WEEK,
        circle(*(meeting(d) for d in (4, 5, 6, 7))),
        circle(*(meeting(d) for d in (3, 4, 5, 6))),
    ),
    (
        What.MANY_HOURS_IN_YEAR,
        circle(meeting(0, typed_hours=480)),
        circle(meeting(0, typed_hours=481)),
    ),
    (
        What.OVER_NEW_YEAR,
        circle(meeting(52), meeting(59)),  # the last of them on 31 December
        circle(meeting(52), meeting(60)),
    ),
    (What.FEW_PRESENT, weeks(1), circle(meeting(0, "AB"))),
    (
        What.SHORT_MEETING,
        circle(meeting(0, span="18:00-18:45")),
        circle(meeting(0, span="18:00-18:44", typed_hours=1)),
    ),
    (
        What.LONG_MEETING,
        circle(meeting(0, typed_hours=4)),
        circle(meeting(0, typed_hours=5)),
    ),
    (
        What.MORE_THAN_THE_CLOCK,
        circle(meeting(0, typed_hours=3)),
        circle(meeting(0, typed_hours=4)),
    ),
    (What.CAME_SELDOM, weeks(3), circle(*WEEKS[:2], meeting(14, "ABx"))),
    (
        What.CAME_LATE,
        circle(*(meeting(week * 7, "ABC" if week == 2 else "ABx") for week in range(6))),
        circle(*(meeting(week * 7, "ABC" if week == 3 else "ABx") for week in range(6))),
    ),
    (
        What.TOO_YOUNG,
        weeks(3, people=people(birth_year=2013)),
        weeks(3, people=people(birth_year=2014)),
    ),
    (What.NO_PLAN, weeks(3), weeks(3, has_plan=False)),
    (What.NO_REFERENCE, weeks(3), weeks(3, has_reference=False)),
    (
        What.NO_AGREEMENT,
        weeks(3, needs_agreement=True),
        weeks(3, needs_agreement=True, people=people(has_agreed=False)),
    ),
    (What.NO_NUMBER, weeks(3), weeks(3, people=people(has_number=False))),
]


@pytest.mark.parametrize(("what", "right", "wrong"), EDGES, ids=[edge[0] for edge in EDGES])
def test_a_warning_flips_exactly_when_its_rule_flips(what, right, wrong):
    assert what not in kinds(right)
    assert what in kinds(wrong)


def test_attendance_is_asked_for_when_the_meeting_is_over():
    facts, end = circle(meeting(0, None)), at(0, "20:15")
    assert What.NOT_TICKED not in kinds(facts, now=end - timedelta(seconds=1))
    assert What.NOT_TICKED in kinds(facts, now=end)


def test_a_participant_may_need_hours_of_their_own():
    rules = replace(CIRCLE, person_hours=9)
    assert What.PERSON_FEW_HOURS not in kinds(weeks(3), rules)
    assert What.PERSON_FEW_HOURS in kinds(weeks(2), rules)


def test_every_kind_of_finding_has_its_edge():
    elsewhere = {What.NOT_TICKED, What.PERSON_FEW_HOURS}
    assert {edge[0] for edge in EDGES} | elsewhere == set(What)


# --- two judges -----------------------------------------------------------------------------------


def as_brute(finding):
    about = (finding.meeting, finding.person, finding.when)
    return (str(finding.what), finding.by, next((one for one in about if one is not None), None))


def cases(seed):
    dice = Random(seed)
    for _ in range(HOW_MANY):
        # Half of them by the rules of today, where most circles live.
        rules = random_rules(dice) if dice.random() < 0.5 else dice.choice([CIRCLE, OTHER, CULTURE])
        yield random_circle(dice), rules, at(dice.randint(-5, 90))


def test_ten_thousand_random_circles_are_judged_alike_by_two_judges():
    seen, counted = set(), 0
    for facts, rules, now in cases(seed=4):
        verdict = judge(facts, rules, now=now)
        found = [as_brute(finding) for finding in verdict.findings]
        assert len(found) == len(set(found))
        assert set(found) == brute.everything(facts, rules, now), (facts, rules)
        assert verdict.approved == brute.approved(facts, rules)
        assert verdict.counts == brute.counts(facts, rules, now)
        seen |= {name for name, _, _ in found}
        counted += verdict.counts
    # The circles are of every kind, or the comparison says little.
    assert seen == set(What)
    assert HOW_MANY // 50 < counted < HOW_MANY


def test_the_two_judges_do_not_agree_by_accident():
    """One figure of one rule changed, and they part."""
    for facts, rules, now in cases(seed=5):
        other = replace(rules, present_at_least=rules.present_at_least + 1)
        found = {as_brute(finding) for finding in judge(facts, rules, now=now).findings}
        if found != brute.everything(facts, other, now):
            return
    pytest.fail("the judges never part")


def test_so_many_meetings_are_left_that_one_fewer_is_too_few():
    mended = {"few_meetings", "few_hours", "few_people"}

    def enough(facts, rules, now, number):
        everyone = frozenset(person.key for person in facts.people)
        ahead = [m for m in sorted(facts.meetings, key=lambda m: m.starts_at)
                 if not brute.was_ticked(m, rules)][:number]  # fmt: skip
        met = tuple(
            replace(m, present=everyone, audience=rules.present_at_least) if m in ahead else m
            for m in facts.meetings
        )
        found = brute.everything(replace(facts, meetings=met), rules, now)
        return not {name for name, _, _ in found} & mended

    dice, answers = Random(6), set()
    for _ in range(2_000):
        facts, rules, now = random_circle(dice), random_rules(dice), at(20)
        left = meetings_left(facts, rules, now=now)
        answers.add(left)
        if left is None:
            assert not enough(facts, rules, now, len(facts.meetings))
        else:
            assert enough(facts, rules, now, left)
            assert left == 0 or not enough(facts, rules, now, left - 1)
    assert answers >= {None, 0, 1, 2}


def test_the_figures_are_those_of_the_domain():
    assert Rules() == Rules(
        hour_minutes=45, shortest_meeting=45, named=True, present_at_least=3, meetings_at_least=3,
        hours_at_least=9, people_at_least=3, people_at_most=20, hours_a_meeting=4,
        meetings_a_week=3, hours_a_week=12, hours_a_year=480, person_meetings=3,
        person_among_first=3, person_hours=None, youngest=13, within_a_year=True,
    )  # fmt: skip
