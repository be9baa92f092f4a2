"""Somebody at a clinic asks us to come, orders brochures, and tells what they thought."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mail import workdays
from mail.emails import build
from mail.models import Letter
from mail.services import mint
from privacy.services import erase_person, export_person, weed
from privacy.words import health_word_in
from tests.factories import UserFactory, days_away
from tests.volunteers.corpus import SCRIPTS, inert
from tests.volunteers.visits import asks, held
from volunteers.emails.outreach import questions_url
from volunteers.models import BrochureOrder, Evaluation, LectureBooking
from volunteers.services import lectures

pytestmark = pytest.mark.django_db

FORM = "/om-oss/for-varden/boka/"
BROCHURES = "/om-oss/for-varden/broschyrer/"
TYPED = {"host": "Mottagningen", "name": "Pia Ek", "email": "Pia@Exempel.se ", "consent": "on"}
AT_HOME = {"copies": "30", "street": "Gatan 1", "postcode": "S-11820", "town": "Stockholm"}


@pytest.fixture(autouse=True)
def anna(db: None) -> Any:
    return UserFactory(role="samordnare", first_name="Anna", email="anna@exempel.se")


def send(client: Client, url: str = FORM, **more: str) -> Any:
    return client.post(url, TYPED | more)


def test_a_request_is_a_task_with_an_owner_and_a_promised_day(client: Client, anna: Any) -> None:
    answer = send(
        client, audience="staff", expected="15", wished_time="I mars", phone="08-123 45 67"
    )
    assert answer.status_code == 303
    row = LectureBooking.objects.get()
    promised = workdays.after(timezone.localdate(), 3)
    assert (row.owner, row.due_on, row.next_step) == (anna, promised, "Svara på förfrågan")
    assert (row.email_key, row.expected, row.state) == ("pia@exempel.se", 15, "asked")
    page = client.get(answer["Location"]).content.decode()
    assert "Anna svarar dig senast" in " ".join(page.split())
    letters = Letter.objects.order_by("pk").values_list("kind", "to")
    assert set(letters) == {
        ("request_received", "Pia@exempel.se"),
        ("staff_new_request", "anna@exempel.se"),
    }


def test_an_order_of_brochures_is_a_task_too(client: Client, anna: Any) -> None:
    assert send(client, BROCHURES, **AT_HOME).status_code == 303
    row = BrochureOrder.objects.get()
    assert (row.owner, row.copies, row.postcode, row.is_open) == (anna, 30, "118 20", True)
    done = lectures.post_brochures(row)
    assert (done.posted_on, done.is_open) == (timezone.localdate(), False)


@pytest.mark.parametrize(("url", "number"), [(FORM, 4), (BROCHURES, 8)])
def test_an_empty_form_says_what_is_missing(client: Client, url: str, number: int) -> None:
    answer = client.post(url, {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert len(re.findall(r'<li><a href="#id_', page)) == number
    assert ("Något saknas" in page, "required" in page, "placeholder" in page) == (
        True,
        False,
        False,
    )


def test_the_form_sets_no_cookie_and_is_kept_nowhere(client: Client) -> None:
    for url in (FORM, BROCHURES):
        answer = client.get(url)
        assert (answer.status_code, answer.cookies, answer["Cache-Control"]) == (
            *(200, {}),
            "no-store, private",
        )


def test_a_robot_is_asked_to_leave_the_hidden_field(client: Client) -> None:
    assert send(client, website="http://x.se").status_code == 422
    assert not LectureBooking.objects.exists()


def test_a_press_that_comes_twice_is_one_request(client: Client) -> None:
    key = str(uuid.uuid4())
    first, second = (send(client, submission=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (LectureBooking.objects.count(), Letter.objects.count()) == (1, 2)


def test_when_nobody_can_answer_the_form_says_so(client: Client, anna: Any) -> None:
    type(anna).objects.update(is_active=False)
    answer = send(client)
    assert (answer.status_code, LectureBooking.objects.exists()) == (503, False)
    assert "Skriv gärna till" in answer.content.decode()


def test_letters_are_neutral_and_the_owner_hears_no_name(client: Client) -> None:
    send(client, host="Affektiva mottagningen", message="Hemligt önskemål")
    for letter in Letter.objects.all():
        message = build(letter)
        assert not health_word_in(str(message.subject))
        assert "Hemligt" not in message.body
        if letter.kind == "staff_new_request":
            assert not {"Pia", "Affektiva"} & set(re.findall(r"\w+", message.body))


def test_the_wish_is_unreadable_in_the_database(client: Client) -> None:
    send(client, message="Kanariefågeln")
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM volunteers_lecturebooking")
        assert "Kanarie" not in cursor.fetchone()[0]


@pytest.mark.parametrize("typed", SCRIPTS)
def test_what_somebody_typed_is_text_on_every_page(
    client: Client, office: Client, typed: str
) -> None:
    names = {"host": typed, "wished_time": typed, "message": typed}
    assert send(client, **names).status_code == 303
    row = LectureBooking.objects.get()
    root = "/admin/paverkan/forelasningar/"
    for page in (root, f"{root}?lage=asked", f"{root}{row.pk}/", f"{root}{row.pk}/andra/"):
        assert inert(office.get(page).content.decode(), typed)


# --- three questions ----------------------------------------------------------------------------


def door(booking: LectureBooking) -> str:
    return "/utvardering/" + questions_url(booking).split("/utvardering/")[1]


def test_listeners_answer_without_a_name(client: Client) -> None:
    booking = held()
    url = door(booking)
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422
    for number in range(5):
        said = {"useful": "yes" if number else "no", "clear": "yes", "missed": f"Kaffe {number}"}
        answer = client.post(url, said)
        assert answer.status_code == 303
    assert "Ditt svar hjälper oss" in client.get(answer["Location"]).content.decode()
    assert lectures.answers(booking) == {
        "number": 5,
        "useful": 80,
        "clear": 100,
        "missed": [f"Kaffe {number}" for number in range(5)],
    }
    columns = {field.name for field in Evaluation._meta.get_fields()}
    assert columns == {"id", "booking", "submission", "useful", "clear", "missed"}


def test_few_answers_are_not_shown(client: Client) -> None:
    booking = held()
    url = door(booking)
    for _ in range(4):
        client.post(url, {"useful": "no", "clear": "no", "missed": "Allt"})
    assert lectures.answers(booking) == {"number": 4, "are_few": True}


def test_the_same_press_is_one_answer(client: Client) -> None:
    booking, key = held(), str(uuid.uuid4())
    for _ in range(2):
        client.post(door(booking), {"useful": "yes", "clear": "yes", "submission": key})
    assert Evaluation.objects.count() == 1


def test_a_door_that_is_over_or_unknown_says_so(client: Client) -> None:
    over = mint("lecture-questions", about=str(held().pk), expires_at=days_away(-1))
    assert client.get(f"/utvardering/{over}/").status_code == 410
    assert client.get("/utvardering/finns-inte/").status_code == 404


def test_the_questions_are_mailed_once(client: Client) -> None:
    booking = held()
    for _ in range(2):
        lectures.send_questions(booking)
    letter = Letter.objects.get(kind="lecture_questions")
    assert "/utvardering/" in build(letter).body


# --- forgetting ---------------------------------------------------------------------------------


def test_who_asked_can_be_forgotten_and_nobody_owes_them_an_answer() -> None:
    row = asks()
    assert "föreläsningar" in export_person("pia@exempel.se")
    erase_person("pia@exempel.se")
    row.refresh_from_db()
    assert (row.name, row.email, row.state, row.is_open) == ("", "", "cancelled", False)
    assert row.consent.withdrawn_at is not None


def test_two_years_after_the_end_only_the_numbers_stay() -> None:
    old, new = held(), held()
    for row, days in ((old, 731), (new, 729)):
        lectures.follow_up(row, {})
        LectureBooking.objects.filter(pk=row.pk).update(closed_on=days_away(-days).date())
    weed(timezone.now())
    names = LectureBooking.objects.order_by("pk").values_list("name", "actual")
    assert list(names) == [("", 12), ("Pia", 12)]
