"""Clinics, lectures and the term letter in the admin, as the coordinator uses them."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import UserFactory
from tests.volunteers.corpus import FORMULAS, SCRIPTS, inert
from tests.volunteers.rooms import day
from tests.volunteers.visits import asks, booked, clinic, held, lecturer
from volunteers.models import (
    Clinic,
    ClinicContact,
    LectureBooking,
    Lecturer,
    TermLetter,
    Touch,
)
from volunteers.services import clinics, lectures

pytestmark = pytest.mark.django_db

ROOM = "/admin/paverkan/"


def send(client: Client, path: str, **typed: Any) -> Any:
    return client.post(ROOM + path, typed, **CSRF_FREE)


def text(client: Client, path: str = "") -> str:
    return " ".join(client.get(ROOM + path).content.decode().split())


def test_a_booking_is_walked_step_by_step(office: Client) -> None:
    row = asks()
    path = f"forelasningar/{row.pk}/"
    rut = lecturer(name="Rut")
    moment = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    step = {"seen": "asked", "starts_at": moment, "place": "Sal 1", "fee": "0"}
    answer = send(office, f"{path}steg/boka/", **step)
    assert (answer.status_code, "Fyll i föreläsare" in answer.content.decode()) == (422, True)
    answer = send(office, f"{path}steg/boka/", **step, lecturers=[rut.pk], expected=10)
    assert answer.status_code == 303
    second = send(office, f"{path}steg/inte-av/", seen="asked")
    assert (second.status_code, "Någon hann före" in second.content.decode()) == (422, True)
    assert send(office, f"{path}steg/genomford/", seen="confirmed").status_code == 422
    assert send(office, f"{path}steg/genomford/", seen="confirmed", actual=9).status_code == 303
    assert "Följ upp" in text(office, path)
    assert send(office, f"{path}folj-upp/", seen="done", new_members=1).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.actual, row.new_members, row.is_open) == ("done", 9, 1, False)


def test_a_request_by_phone_needs_a_yes(office: Client) -> None:
    typed = {"host": "Skolan", "name": "Pia", "email": "pia@exempel.se"}
    assert send(office, "forelasningar/ny/", **typed).status_code == 422
    assert send(office, "forelasningar/ny/", **typed, said_yes="on").status_code == 303
    assert LectureBooking.objects.get().consent.channel == "office"


def test_a_booking_gets_another_owner_and_another_day(office: Client) -> None:
    row, bo = asks(), UserFactory(role="samordnare", first_name="Bo")
    facts = {"owner": bo.pk, "next_step": "Ring", "due_on": day(9), "name": "Pia"}
    answer = send(office, f"forelasningar/{row.pk}/andra/", **facts, email="pia@exempel.se")
    assert answer.status_code == 303
    row.refresh_from_db()
    assert (row.owner, row.next_step, row.due_on) == (bo, "Ring", day(9))


def test_the_questions_are_shown_as_a_link_and_a_code(office: Client) -> None:
    answer = send(office, f"forelasningar/{held().pk}/fragor/")
    page = answer.content.decode()
    assert ("/utvardering/" in page, "data:image/svg+xml" in page) == (True, True)


def test_a_lecturer_is_entered_and_changed(office: Client) -> None:
    typed = {"name": "Rut", "trained_on": day(-9), "training_until": day(-10), "said_yes": "on"}
    assert send(office, "forelasare/ny/", **typed).status_code == 422
    assert send(office, "forelasare/ny/", **typed | {"training_until": day(90)}).status_code == 303
    row = Lecturer.objects.get()
    send(office, f"forelasare/{row.pk}/", name="Rut Ek", trained_on=day(-9))
    row.refresh_from_db()
    assert (row.name, row.training_until) == ("Rut Ek", None)


def test_a_clinic_its_people_and_what_was_said(office: Client) -> None:
    answer = send(office, "mottagningar/ny/", name="Vid sjön", kind="affective", street="Gatan 1")
    assert answer.status_code == 303
    path = f"mottagningar/{Clinic.objects.get().pk}/"
    assert send(office, f"{path}ny-kontakt/", phone="08-1").status_code == 422
    send(office, f"{path}ny-kontakt/", name="Pia", email="pia@exempel.se")
    assert (
        send(office, f"{path}samtal/", on=day(0), channel="phone", next_step="X").status_code == 422
    )
    send(office, f"{path}samtal/", on=day(0), channel="phone", next_step="Ring", due_on=day(3))
    assert "Ring" in text(office, "forelasningar/")
    send(office, f"samtal/{Touch.objects.get().pk}/klart/")
    assert Touch.objects.get().closed_on == day(0)
    send(office, f"kontakter/{ClinicContact.objects.get().pk}/ta-bort/")
    assert "Pia" not in text(office, path)
    answer = send(office, f"{path}ny-kontakt/", name="Pia", email="PIA@exempel.se")
    assert "bett oss att inte spara" in answer.content.decode()


def test_the_term_letter_from_making_to_posting(office: Client) -> None:
    clinic()
    clinic(street="", name="Utan adress")
    assert office.get(f"{ROOM}utskick/brev.pdf").status_code == 404
    for _ in range(2):
        assert send(office, "utskick/gor/").status_code == 303
    for paper in ("brev", "etiketter"):
        answer = office.get(f"{ROOM}utskick/{paper}.pdf")
        assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert "Saknar adress:" in text(office, "utskick/")
    for _ in range(2):
        send(office, "utskick/postat/")
    assert (TermLetter.objects.count(), Touch.objects.count()) == (1, 1)
    assert "1 skrivna, 1 postade." in text(office, "utskick/")


@pytest.mark.parametrize("typed", SCRIPTS)
def test_what_somebody_typed_is_text_on_every_page(office: Client, typed: str) -> None:
    place = clinic(name=typed, street=typed, town=typed)
    clinics.save_contact(ClinicContact(clinic=place, name=typed, role=typed))
    anna = UserFactory(role="samordnare")
    clinics.note_touch(place, actor=anna, on=day(0), note=typed, next_step=typed, due_on=day(1))
    lecturer(name=typed, topics=typed)
    for path in ("mottagningar/", f"mottagningar/{place.pk}/", "forelasningar/"):
        assert inert(office.get(ROOM + path).content.decode(), typed)


@pytest.mark.parametrize("typed", FORMULAS)
def test_nothing_that_somebody_typed_is_calculated(office: Client, typed: str) -> None:
    row = held(host=typed)
    LectureBooking.objects.filter(pk=row.pk).update(material=typed)
    answer = send(office, "forelasningar/hamta/")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for cell in book.active[3] if cell.value is not None]
    assert [cell.value for cell in cells if cell.value == typed] == [typed, typed]
    assert {cell.data_type for cell in cells} == {"s"}
    assert AccessLog.objects.filter(action="export", reason="1 rader").count() == 1


def test_the_file_has_no_contact_and_no_wish(office: Client) -> None:
    lectures.follow_up(held(message="Hemligt"), {})
    content = load_workbook(io.BytesIO(send(office, "forelasningar/hamta/").content))
    words = " ".join(str(cell.value) for row in content.active.iter_rows() for cell in row)
    assert ("Hemligt" in words, "pia@exempel.se" in words) == (False, False)


@pytest.mark.parametrize("path", ["mottagningar/", "forelasningar/", "forelasningar/?lage=confirmed",
                                  "utskick/"])  # fmt: skip
def test_a_list_asks_as_often_with_one_row_as_with_ten(office: Client, path: str) -> None:
    booked(clinic=clinic())
    send(office, "utskick/gor/")
    send(office, "utskick/postat/")
    office.get(ROOM + path)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            office.get(ROOM + path)
        numbers.append(len(asked))
        for _more in range(9):
            booked(clinic=clinic())
        send(office, "utskick/gor/")
        send(office, "utskick/postat/")
    assert numbers[0] == numbers[1]


def test_the_board_may_and_others_may_not(client: Client) -> None:
    for role, code in (("styrelse", 200), ("redaktor", 404), ("kassor", 404)):
        log_in(client, UserFactory(role=role))
        paths = ("mottagningar/", "forelasningar/", "utskick/")
        assert {client.get(ROOM + path).status_code for path in paths} == {code}
