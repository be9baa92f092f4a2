"""The admin's pages of who has signed up: who may see them, and what the office does there."""

import pytest
from django.test import Client
from django.utils.html import escape

from events.models import Registration
from privacy.models import AccessLog
from tests.doors import log_in
from tests.events.desk import LIST, people, send, text_of, told
from tests.factories import EventFactory, OccasionFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
State = Registration.State


# --- who may ------------------------------------------------------------------------------------


ROLES = {
    # may see the list of activities, may change them, may see who signed up, may change that
    "samordnare": (True, True, True, True),
    "styrelse": (True, True, True, False),
    "redaktor": (True, False, False, False),
    "kassor": (False, False, False, False),
    "medlemsregister": (False, False, False, False),
    "dataskydd": (False, False, False, False),
    "ledare": (False, False, False, False),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_it_works_with_and_no_more(client: Client, role: str) -> None:
    log_in(client, UserFactory(role=role))
    row = RegistrationFactory(name="Kimberly", email="kimberly@exempel.se")
    urls = [
        LIST,
        f"{LIST}edit/{row.event.pk}/",
        people(row.event),
        people(row.event, f"{row.pk}/flytta/"),
    ]
    assert tuple(client.get(url).status_code == 200 for url in urls) == ROLES[role]


@pytest.mark.parametrize("role", ["redaktor", "kassor", "medlemsregister", "dataskydd", "ledare"])
def test_others_find_nothing_where_the_people_are(client: Client, role: str) -> None:
    row = RegistrationFactory(name="Kimberly", email="kimberly@exempel.se")
    log_in(client, UserFactory(role=role))
    for more in ("", "lagg-till/", f"{row.pk}/flytta/", f"{row.pk}/avboka/"):
        response = client.get(people(row.event, more))
        assert response.status_code == 404
        assert "imberly" not in text_of(response)


def test_the_board_reads_and_has_no_buttons(client: Client) -> None:
    log_in(client, UserFactory(role="styrelse"))
    row = RegistrationFactory()
    text = text_of(client.get(people(row.event)))
    assert row.name in text
    assert [word for word in ("Flytta", "Avboka", "Excel", "per telefon") if word in text] == []
    for more in ("lagg-till/", f"{row.pk}/flytta/", f"{row.pk}/avboka/"):
        assert send(client, people(row.event, more)).status_code == 404


def test_an_activity_that_does_not_exist_is_not_found(office: Client) -> None:
    assert office.get(f"{LIST}999999/anmalningar/").status_code == 404


# --- who has signed up --------------------------------------------------------------------------


def test_to_open_the_list_is_noted_once(office: Client) -> None:
    event = EventFactory(slug="traff")
    office.get(people(event))
    noted = AccessLog.objects.values_list("action", "about", "reference")
    assert list(noted) == [("view", "events.Registration", "traff")]


def test_the_list_begins_with_how_it_stands(office: Client) -> None:
    event = EventFactory(capacity=3, with_queue=2)
    assert "3 har plats, 2 står i kö, ingen plats ledig." in text_of(office.get(people(event)))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "Åsa & Öberg"])
def test_a_name_is_shown_as_it_was_typed(office: Client, name: str) -> None:
    row = RegistrationFactory(name=name)
    assert escape(name) in text_of(office.get(people(row.event)))


def test_somebody_who_phones_is_added(office: Client) -> None:
    event = EventFactory()
    data = {"name": "Rut", "phone": "070-123 45 67", "consent": "on"}
    response = send(office, people(event, "lagg-till/"), data)
    assert (response.status_code, response["Location"]) == (303, people(event))
    assert told(office) == ["Rut har fått en plats."]
    assert event.registrations.get().phone == "070-123 45 67"


def test_several_who_come_together_are_added_on_one_line(office: Client) -> None:
    alone, together = EventFactory(), EventFactory(capacity=4, most_together=3)
    assert "Hur många kommer?" not in text_of(office.get(people(alone, "lagg-till/")))
    data = {"name": "Rut", "phone": "08-1", "consent": "on", "party": "3"}
    send(office, people(together, "lagg-till/"), data)
    assert told(office) == ["Rut har fått 3 platser."]
    assert "3 personer" in text_of(office.get(people(together)))
    response = send(office, people(together, "lagg-till/"), data | {"name": "Stig", "party": "2"})
    assert response.status_code == 422
    assert "Platserna räcker inte. Vad vill du göra?" in text_of(response)
    # Nobody is added to what takes people one by one.
    send(office, people(alone, "lagg-till/"), data)
    assert alone.registrations.get().party == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "Rut", "consent": "on"}, "Skriv e-post eller telefon, så att vi når personen"),
        ({"name": "Rut", "phone": "08-1"}, "Fråga om vi får spara uppgifterna, och kryssa i"),
        ({"phone": "08-1", "consent": "on"}, "Skriv ett namn"),
        ({"name": "Rut", "email": "rut@", "consent": "on"}, "namn@exempel.se"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(
    office: Client, data: dict[str, str], words: str
) -> None:
    response = send(office, people(EventFactory(), "lagg-till/"), data)
    text = text_of(response)
    assert response.status_code == 422
    assert words in text
    assert [value for key, value in data.items() if f'value="{value}"' not in text] in ([], ["on"])
    assert not Registration.objects.exists()


def test_full_since_the_page_was_shown_asks_one_more_question(office: Client) -> None:
    event = EventFactory(capacity=1, full=True)
    data = {"name": "Rut", "phone": "08-1", "consent": "on"}
    response = send(office, people(event, "lagg-till/"), data)
    assert response.status_code == 422
    assert "Det är fullt. Vad vill du göra?" in text_of(response)
    send(office, people(event, "lagg-till/"), data | {"when_full": "queue"})
    assert event.registrations.get(name="Rut").state == State.WAITING


def test_somebody_is_moved(office: Client) -> None:
    row, to = RegistrationFactory(name="Kim"), EventFactory(title="Yoga")
    url = people(row.event, f"{row.pk}/flytta/")
    response = send(office, url, {"to": to.pk})
    assert (response.status_code, response["Location"]) == (303, people(row.event))
    assert told(office) == ["Kim har nu plats i ”Yoga”."]
    row.refresh_from_db()
    assert row.event == to


def test_where_it_is_full_the_queue_must_be_chosen(office: Client) -> None:
    row, to = RegistrationFactory(), EventFactory(capacity=1, full=True)
    url = people(row.event, f"{row.pk}/flytta/")
    response = send(office, url, {"to": to.pk})
    assert response.status_code == 422
    assert "Det är fullt där. Kryssa i om kön duger" in text_of(response)
    send(office, url, {"to": to.pk, "queue_if_full": "on"})
    row.refresh_from_db()
    assert (row.event, row.state) == (to, State.WAITING)


def test_only_what_is_still_to_come_can_be_moved_to(office: Client) -> None:
    row = RegistrationFactory()
    for trait in ("draft", "cancelled", "over", "no_sign_up"):
        EventFactory(**{trait: True})
    coming = EventFactory(title="Yoga", times=3)
    page = office.get(people(row.event, f"{row.pk}/flytta/"))
    assert list(page.context["form"].fields["to"].queryset) == [coming]


def test_somebody_is_cancelled_after_a_question(office: Client) -> None:
    row = RegistrationFactory(name="Kim")
    url = people(row.event, f"{row.pk}/avboka/")
    assert "Avboka Kim?" in text_of(office.get(url))
    row.refresh_from_db()
    assert row.state == State.CONFIRMED
    assert send(office, url).status_code == 303
    row.refresh_from_db()
    assert row.state == State.CANCELLED


def test_who_came_second_is_told_so(office: Client) -> None:
    row = RegistrationFactory(cancelled=True)
    response = send(office, people(row.event, f"{row.pk}/flytta/"), {"to": 1})
    assert (response.status_code, response["Location"]) == (303, people(row.event))
    assert told(office) == ["Någon hann före. Så här ser listan ut nu."]


@pytest.mark.parametrize(
    ("trait", "do", "state"),
    [
        ("resting", "offer", "offered"),
        ("offered", "yes", "confirmed"),
        ("offered", "no", "declined"),
    ],
)
def test_the_buttons_of_the_queue(office: Client, trait: str, do: str, state: str) -> None:
    row = RegistrationFactory(**{trait: True})
    response = send(office, people(row.event, f"{row.pk}/ko/"), {"do": do})
    assert response.status_code == 303
    row.refresh_from_db()
    assert row.state == state


def test_to_look_at_the_buttons_of_the_queue_does_nothing(office: Client) -> None:
    row = RegistrationFactory(resting=True)
    assert office.get(people(row.event, f"{row.pk}/ko/")).status_code == 405


def test_a_form_from_another_site_is_refused(office: Client) -> None:
    row = RegistrationFactory()
    elsewhere = {"HTTP_SEC_FETCH_SITE": "cross-site"}
    office.handler.enforce_csrf_checks = True
    response = office.post(people(row.event, f"{row.pk}/avboka/"), **elsewhere)
    assert response.status_code == 403
    row.refresh_from_db()
    assert row.state == State.CONFIRMED


def test_a_person_on_another_list_is_not_reached_from_here(office: Client) -> None:
    row, other = RegistrationFactory(), OccasionFactory().event
    send(office, people(other, f"{row.pk}/avboka/"))
    row.refresh_from_db()
    assert row.state == State.CONFIRMED


def test_nothing_hidden_in_a_form_changes_more_than_the_form_says(office: Client) -> None:
    event = EventFactory(capacity=1, full=True)
    data = {"name": "Rut", "phone": "08-1", "consent": "on", "when_full": "queue"}
    more = {"state": "confirmed", "person_key": "x", "source": "web", "event": "1"}
    send(office, people(event, "lagg-till/"), data | more)
    rut = event.registrations.get(name="Rut")
    assert (rut.state, rut.source) == (State.WAITING, "office")
    assert rut.person_key.startswith("phone:")
