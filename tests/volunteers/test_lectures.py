"""A lecture on its way, clinics and those who work there."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from privacy.services import erase_person
from tests.events.test_office_at_once import at_once
from tests.factories import UserFactory
from tests.volunteers.rooms import day
from tests.volunteers.visits import asks, booked, clinic, coordinator, held, lecturer
from volunteers.models import ClinicContact, LectureBooking, Lecturer, Touch
from volunteers.services import clinics, errands, handing_over, lectures

pytestmark = pytest.mark.django_db
State = LectureBooking.State


def test_from_a_question_to_what_it_led_to() -> None:
    row = asks()
    actor, now = coordinator(), timezone.now()
    row = lectures.move(row, State.OFFERED, {"starts_at": now}, seen="asked", actor=actor)
    assert (row.next_step, row.due_on) == ("Fråga om de har bestämt sig", day(7))
    facts = {"lecturers": [lecturer()], "fee": 1500}
    row = lectures.move(row, State.CONFIRMED, facts, seen="offered", actor=actor)
    assert row.invoice_text.startswith("Besök ")
    row = lectures.move(row, State.DONE, {"actual": 14}, seen="confirmed", actor=actor)
    assert (row.next_step, row.is_open) == ("Tacka och skicka frågorna", True)
    row = lectures.follow_up(row, {"new_members": 2})
    assert (row.is_open, row.new_members, errands.due()) == (False, 2, [])


@pytest.mark.parametrize(
    ("trained", "until"), [(None, None), (5, None), (-900, -1)], ids=["never", "later", "over"]
)
def test_only_who_is_trained_on_the_day_is_booked(trained: int | None, until: int | None) -> None:
    facts = {"starts_at": timezone.now(), "lecturers": [lecturer(trained, until)]}
    with pytest.raises(lectures.NoTrainedLecturer):
        lectures.move(asks(), State.CONFIRMED, facts, seen="asked", actor=coordinator())


def test_nobody_is_booked_without_a_lecturer() -> None:
    with pytest.raises(lectures.NoTrainedLecturer):
        lectures.move(
            asks(), State.CONFIRMED, {"starts_at": timezone.now()}, seen="asked", actor=None
        )


def test_what_was_done_is_not_cancelled_and_what_is_over_is_not_begun_again() -> None:
    for to in (State.CANCELLED, State.CONFIRMED, State.ASKED):
        with pytest.raises(errands.SomebodyElseDidIt):
            lectures.move(held(), to, {}, seen="done", actor=None)


@pytest.mark.parametrize("missing", ["owner", "due_on", "next_step"])
def test_the_database_refuses_an_open_request_without_a_next_step(missing: str) -> None:
    row = asks()
    with pytest.raises(IntegrityError, match="an_open_booking"):
        LectureBooking.objects.filter(pk=row.pk).update(
            **{missing: "" if "step" in missing else None}
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_move() -> None:
    row, anna = booked(), coordinator()

    def done() -> None:
        lectures.move(row, State.DONE, {"actual": 5}, seen="confirmed", actor=anna)

    def off() -> None:
        lectures.move(row, State.CANCELLED, {}, seen="confirmed", actor=anna)

    assert at_once(done, off) == ["SomebodyElseDidIt", "done"]


# --- clinics ------------------------------------------------------------------------------------


def test_a_new_contact_answers_the_step_that_waited() -> None:
    place, anna = clinic(), coordinator()
    first = clinics.note_touch(place, actor=anna, on=day(-5), next_step="Ring", due_on=day(2))
    assert errands.due() == [first]
    clinics.note_touch(place, actor=anna, on=day(0), channel="answer", note="De vill ha oss.")
    assert errands.due() == []
    assert Touch.objects.filter(closed_on=None).count() == 0


def test_what_is_late_is_counted() -> None:
    place, anna = clinic(), coordinator()
    clinics.note_touch(place, actor=anna, on=day(-5), next_step="Ring", due_on=day(-1))
    asks()
    assert errands.late(day(0)) == 1


def test_who_objects_is_gone_and_is_not_entered_again() -> None:
    contact = ClinicContact(clinic=clinic(), name="Pia", role="Chef", email="Pia@exempel.se")
    clinics.save_contact(contact)
    clinics.object_to(contact, actor=coordinator())
    contact.refresh_from_db()
    assert (contact.name, contact.email, contact.phone, contact.role) == ("", "", "", "Chef")
    again = ClinicContact(clinic=clinic(), name="Pia", email="pia@EXEMPEL.se")
    with pytest.raises(clinics.TheyObjected):
        clinics.save_contact(again)


def test_to_be_forgotten_is_to_object() -> None:
    clinics.save_contact(ClinicContact(clinic=clinic(), name="Pia", email="pia@exempel.se"))
    erase_person("pia@exempel.se")
    assert ClinicContact.objects.get().objected_on == day(0)


def test_a_lecturer_who_is_forgotten_is_not_asked_any_more() -> None:
    lecturer(email="rut@exempel.se")
    erase_person("rut@exempel.se")
    assert (Lecturer.objects.get().name, list(Lecturer.objects.able(day(0)))) == ("", [])


def test_who_rests_or_leaves_hands_over_every_errand() -> None:
    row, anna = asks(), coordinator()
    clinics.note_touch(clinic(), actor=anna, on=day(0), next_step="Ring", due_on=day(9))
    other = UserFactory(role="samordnare")
    handing_over.hand_over(anna, to=other, actor=anna)
    assert {one.owner for one in errands.due()} == {other}
    other.is_active = False
    other.save()
    row.refresh_from_db()
    assert {one.owner for one in errands.due()} == {anna}
    assert row.owner == anna
