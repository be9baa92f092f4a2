"""Each affective clinic gets exactly one letter per term, whatever is pressed."""

from collections import Counter
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.services import campaigns
from tests.events.test_office_at_once import at_once
from tests.volunteers.rooms import day
from tests.volunteers.visits import clinic, coordinator, held
from volunteers.models import Clinic, Term, TermLetter, Touch
from volunteers.services import clinics, lectures, term_letters

pytestmark = pytest.mark.django_db

TERM = Term(2027, 1)
NEXT = Term(2027, 2)
ALWAYS_THERE = 3
# What somebody may press, in any order and as often as they like.
PRESSES = st.lists(
    st.sampled_from(
        ["make", "make next", "print", "post", "new clinic", "no more", "again please"]
    ),
    max_size=14,
)


def letters_per_clinic(term: Term) -> Counter[int]:
    return Counter(term_letters.of(term).values_list("clinic", flat=True))


def press(what: str, anna: Any, last: Clinic) -> Clinic:
    match what:
        case "make":
            term_letters.prepare(TERM)
        case "make next":
            term_letters.prepare(NEXT)
        case "print":
            list(term_letters.to_post(TERM))
        case "post":
            term_letters.mark_posted(TERM, actor=anna)
        case "new clinic":
            return clinic()
        case "no more":
            last.no_letters_since = day(0)
            clinics.save_clinic(last)
        case "again please":
            last.no_letters_since = None
            clinics.save_clinic(last)
    return last


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(presses=PRESSES)
def test_whatever_is_pressed_each_clinic_gets_one_letter(presses: list[str]) -> None:
    Clinic.objects.all().delete()
    anna, last = coordinator(), [clinic() for _ in range(ALWAYS_THERE)][-1]
    clinic(kind=Clinic.Kind.PRIMARY)
    for what in presses:
        last = press(what, anna, last)
    term_letters.prepare(TERM)
    term_letters.mark_posted(TERM, actor=anna)
    term_letters.mark_posted(TERM, actor=anna)
    wanting = set(Clinic.objects.wanting_letters().values_list("pk", flat=True))
    per_clinic = letters_per_clinic(TERM)
    assert set(per_clinic.values()) == {1}
    assert wanting <= set(per_clinic)
    assert set(letters_per_clinic(NEXT).values()) <= {1}
    posted = term_letters.of(TERM).filter(posted_on__isnull=False).values_list("clinic", flat=True)
    assert Counter(posted) == Counter(Touch.objects.values_list("clinic", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_the_letters_once() -> None:
    rows = [clinic() for _ in range(20)]
    made: list[int] = []
    at_once(*[lambda: made.append(term_letters.prepare(TERM)) for _ in range(4)])
    assert (sum(made), sorted(made)[:3]) == (len(rows), [0, 0, 0])
    anna, posted = coordinator(), []
    at_once(*[lambda: posted.append(term_letters.mark_posted(TERM, actor=anna)) for _ in range(4)])
    assert (sum(posted), Touch.objects.count()) == (20, 20)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_constraint_two_letters_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Should this ever fail, the race above proves nothing."""
    clinic()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE volunteers_termletter DROP CONSTRAINT one_letter_per_clinic_and_term"
        )
    together, count = Barrier(2), term_letters.written_to

    def written(term: Term) -> set[int]:
        found = count(term)
        together.wait(timeout=10)  # both have counted before either writes
        return found

    monkeypatch.setattr(term_letters, "lock", lambda: list(Clinic.objects.wanting_letters()))
    monkeypatch.setattr(term_letters, "written_to", written)
    at_once(*[lambda: term_letters.prepare(TERM) for _ in range(2)])
    assert TermLetter.objects.count() == 2


def test_posted_letters_are_followed_up_in_four_weeks() -> None:
    anna = coordinator()
    clinic()
    term_letters.prepare(TERM)
    assert (
        term_letters.mark_posted(TERM, actor=anna),
        term_letters.mark_posted(TERM, actor=anna),
    ) == (
        *(1,),
        0,
    )
    touch = Touch.objects.get()
    assert (touch.due_on, touch.owner, touch.channel) == (day(28), anna, "letter")


def test_who_says_no_before_the_post_gets_no_letter_and_no_call() -> None:
    place, anna = clinic(), coordinator()
    term_letters.prepare(TERM)
    place.no_letters_since = day(0)
    clinics.save_clinic(place)
    assert term_letters.mark_posted(TERM, actor=anna) == 0
    assert (TermLetter.objects.count(), Touch.objects.count()) == (0, 0)


def test_the_papers_are_pdfs_with_what_was_typed_as_words() -> None:
    for typed in ('"] #let x = 1 $y$', "<script>", "*stor* _kursiv_"):
        clinic(name=typed, street=typed)
    term_letters.prepare(TERM)
    assert term_letters.as_letters(TERM)[:4] == term_letters.as_labels(TERM)[:4] == b"%PDF"


def test_the_figures_tell_what_the_letter_led_to() -> None:
    anna, today = coordinator(), timezone.localdate()
    term = Term.of(today)
    answered, silent, held_one = clinic(), clinic(), clinic()
    clinic(no_letters_since=day(-1))
    clinic(kind=Clinic.Kind.GENERAL)
    term_letters.prepare(term)
    term_letters.mark_posted(term, actor=anna)
    clinics.note_touch(answered, actor=anna, on=today, channel="answer")
    lectures.follow_up(held(12, clinic=held_one), {"new_members": 1})
    for _ in range(2):
        campaigns.count_newcomer(term.code)
    campaigns.count_newcomer("AFFISCH")
    held(5)
    found = term_letters.funnel(term)
    assert (found.clinics, found.opted_out, found.written, found.posted) == (4, 1, 3, 3)
    assert (found.new_members, found.told_members) == (2, 1)
    assert (found.answered, found.booked, found.held, found.reached) == (2, 1, 1, 12)
    assert silent.touches.count() == 1


@pytest.mark.parametrize(
    ("month", "code", "before"), [(1, "VT27", "HT26"), (6, "VT27", "HT26"), (7, "HT27", "VT27")]
)
def test_a_term_has_a_code_and_one_before_it(month: int, code: str, before: str) -> None:
    term = Term.of(timezone.localdate().replace(year=2027, month=month, day=1))
    assert (term.code, term.before.code) == (code, before)
    assert term.starts_on <= term.ends_on
