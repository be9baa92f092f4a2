"""What somebody has done for us stands on their page in the register."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Person
from members.services import timeline
from tests.doors import log_in
from tests.factories import LeadFactory, PersonFactory, RoleFactory, ShiftFactory, UserFactory
from tests.volunteers.rooms import council, seat, sits
from tests.volunteers.visits import booked, lecturer
from volunteers.models import SupervisionMeeting, Training
from volunteers.services import assignments, crews, lines

pytestmark = pytest.mark.django_db

KIM = "kim@exempel.se"


@pytest.fixture
def kim() -> Person:
    """A member who helps in every way there is."""
    role = RoleFactory(name="Fikavärd", needs_mentor=False)
    lead = LeadFactory(email=KIM, stage="active")
    assignments.give_role(lead, role)
    course = Training.objects.create(name="Balansmodellen")
    assignments.note_training(lead, course, timezone.localdate())
    crews.take(ShiftFactory(role=role), lead)
    crews.give_back(crews.take(ShiftFactory(role=role, starts_at=_soon()), lead))
    meeting = SupervisionMeeting.objects.create(starts_at=_soon(), ends_at=_soon(3))
    meeting.present.add(lead)
    sits(seat(council("Rådet i söder")), email=KIM)
    booked(host="Mottagningen vid ån").lecturers.set([lecturer(email=KIM)])
    return PersonFactory(email=KIM)


def _soon(hours: int = 2) -> object:
    return timezone.now() + timedelta(hours=hours)


def test_every_way_to_help_is_a_line(kim: Person) -> None:
    found = sorted((line.kind, line.text.split(",")[0]) for line in lines.of(kim))
    assert found == [
        ("Föreläsning", "Mottagningen vid ån"),
        ("Pass", "Fikavärd"),
        ("Patientråd", "Ordinarie"),
        ("Volontär", "Började: Fikavärd"),
        ("Volontär", "Gick Balansmodellen"),
        ("Volontär", "Handledarträff"),
        ("Volontär", "Ville hjälpa till"),
    ]


def test_what_ended_and_what_was_called_off_says_so(kim: Person) -> None:
    lead = assignments.Lead.objects.get(email=KIM)
    crews.cancel(lead.shifts.get(given_back_at=None).shift)
    assignments.end_role(lead.assignments.get())
    told = {(line.text, line.detail) for line in lines.of(kim)}
    assert {("Slutade: Fikavärd", ""), ("Fikavärd", "inställt")} <= told


def test_the_register_shows_the_lines_and_others_nothing(kim: Person, client: Client) -> None:
    office = log_in(client, UserFactory(role="medlemsregister"))
    page = office.get(reverse("register:person", args=[kim.reference])).content.decode()
    assert [word for word in ("Rådet i söder", "Gick Balansmodellen") if word not in page] == []
    assert list(lines.of(PersonFactory(email=""))) == []
    assert list(lines.of(PersonFactory(email="bo@exempel.se"))) == []


def test_it_costs_the_same_with_one_shift_as_with_many(kim: Person) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            timeline.lines(kim)
        return len(asked)

    before = questions()
    lead = assignments.Lead.objects.get(email=KIM)
    role = lead.assignments.get().role
    for number in range(5):
        crews.take(ShiftFactory(role=role, starts_at=_soon(100 + 10 * number)), lead)
    assert questions() == before
