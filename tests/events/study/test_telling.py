"""What is said of a circle right now, and what is not said too early."""

import pytest

from events.study import headline, sentence, what_is_missing
from events.study.findings import Finding, What
from tests.events.study.making import AFTER, CIRCLE, CULTURE, at, circle, meeting, people

NAMES = {"A": "Anna", "B": "Bo", "C": "Cy", "D": "Dia", "E": "Elin"}


def weeks(*present):
    """One week after the other; None has not been."""
    return [meeting(week * 7, keys) for week, keys in enumerate(present)]


@pytest.mark.parametrize(
    ("present", "said"),
    [
        ([None] * 4, "Tre möten till så räknas cirkeln."),
        (["ABC", None, None, None], "Två möten till så räknas cirkeln."),
        (["ABC", "ABC", None, None], "Ett möte till så räknas cirkeln."),
        (["ABC", "AB", "ABC", None], "Ett möte till så räknas cirkeln."),
        (["ABC", "ABC", "ABC", None], "Cirkeln räknas."),
        (["ABC", "AB", None], "Planera ett möte till, annars räknas inte cirkeln."),
        (["ABC", "ABC", "ABx"], "Två räknas som deltagare. Det behövs en person till som kommer ofta nog."),
    ],
)  # fmt: skip
def test_the_headline_says_how_far_it_is(present, said):
    assert headline(circle(*weeks(*present)), CIRCLE, now=at(1)) == said


def test_a_promise_is_not_made_while_the_approval_is_missing():
    facts = circle(*weeks("ABC", "ABC", None), approved_on=None)
    assert headline(facts, CIRCLE, now=at(1)) == "Studieförbundet har inte godkänt cirkeln än."


def test_nobody_is_told_to_come_more_often_before_the_third_meeting():
    facts = circle(*weeks("ABCD", "ABC", None), people=people("ABCD"))
    assert what_is_missing(facts, CIRCLE, now=at(8), names=NAMES) == []
    facts = circle(*weeks("ABCD", "ABC", "ABC", None), people=people("ABCD"))
    assert what_is_missing(facts, CIRCLE, now=at(15), names=NAMES) == [
        "Dia behöver komma två gånger till för att räknas."
    ]


def test_the_same_of_many_is_one_sentence():
    def without_number(letters):
        facts = circle(*weeks("ABC", "ABC", "ABC"), people=people(letters, has_number=False))
        return what_is_missing(facts, CIRCLE, now=AFTER, names=NAMES)

    assert without_number("AB")[-2:] == [
        "Anna har inte lämnat sitt personnummer än.", "Bo har inte lämnat sitt personnummer än.",
    ]  # fmt: skip
    assert without_number("ABC")[-1] == "Tre personer har inte lämnat sina personnummer än."


def test_an_evening_of_culture_is_told_without_people():
    facts = circle(meeting(0, None, audience=12), people=people("A"))
    assert (headline(facts, CULTURE, now=AFTER), what_is_missing(facts, CULTURE, now=AFTER)) == (
        "Cirkeln räknas.", [],
    )  # fmt: skip


@pytest.mark.parametrize("what", list(What))
@pytest.mark.parametrize("by", [1, 2, 13])
def test_every_finding_has_a_whole_sentence(what, by):
    finding = Finding(what, by=by, limit=14, meeting=0, person="A", when=at(0).date())
    said = sentence(finding, circle(meeting(0)), NAMES)
    assert said.endswith(".")
    assert "%" not in said
    assert said[0].isupper() or said[0].isdigit()
