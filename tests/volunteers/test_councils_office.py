"""Councils in the admin, as the coordinator and the board use them."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.doors import CSRF_FREE, log_in
from tests.factories import UserFactory
from tests.volunteers.corpus import SCRIPTS, inert
from tests.volunteers.rooms import council, day, seat, sits
from volunteers.models import Council, CouncilIssue, CouncilMeeting, Mandate, Organisation, Seat
from volunteers.services import councils

pytestmark = pytest.mark.django_db

ROOM = "/admin/paverkan/"


def send(client: Client, path: str, **typed: Any) -> Any:
    return client.post(ROOM + path, typed, **CSRF_FREE)


def text(client: Client, path: str = "") -> str:
    return " ".join(client.get(ROOM + path).content.decode().split())


def test_from_an_organisation_to_somebody_in_the_chair(office: Client, start: object) -> None:
    assert send(office, "vardgivare/ny/", name="Psykiatri Ek", kind="area").status_code == 303
    area = Organisation.objects.get()
    answer = send(office, "rad/nytt/", organisation=area.pk, name="Rådet", about="Nära sjön.")
    assert answer.status_code == 303
    row = Council.objects.get()
    assert row.slug == "psykiatri-ek-radet"
    assert send(office, f"rad/{row.pk}/platser/", kind="ordinary").status_code == 303
    assert "Nära sjön." in office.get("/engagera-dig/patientrad/").content.decode()
    chair = Seat.objects.get()
    who = {"name": "Kim", "decision": "§ 7", "starts_on": day(0), "term_ends_on": day(300)}
    answer = send(office, f"platser/{chair.pk}/utse/", **who)
    assert (answer.status_code, "Fråga om vi får spara" in answer.content.decode()) == (422, True)
    assert send(office, f"platser/{chair.pk}/utse/", **who, said_yes="on").status_code == 303
    assert "Nära sjön." not in office.get("/engagera-dig/patientrad/").content.decode()
    assert "Vi har 1 representant på plats. 0 platser är lediga." in text(office)


def test_what_came_in_between_is_told_and_nothing_is_lost(office: Client) -> None:
    chair = seat()
    sits(chair)
    who = {"name": "Lo", "decision": "§ 8", "starts_on": day(0), "term_ends_on": day(9)}
    answer = send(office, f"platser/{chair.pk}/utse/", **who, said_yes="on")
    assert answer.status_code == 422
    assert "Någon har redan den platsen under de dagarna." in answer.content.decode()
    assert 'value="Lo"' in answer.content.decode()


def test_a_term_that_ends_before_it_starts_is_asked_about(office: Client) -> None:
    who = {"name": "Lo", "decision": "§ 8", "starts_on": day(9), "term_ends_on": day(0)}
    answer = send(office, f"platser/{seat().pk}/utse/", **who, said_yes="on")
    assert "Sista dagen är före den första" in answer.content.decode()


def test_a_mandate_is_changed_named_and_ended(office: Client) -> None:
    mandate = sits(seat())
    path = f"mandat/{mandate.pk}/"
    send(office, path, name="Kim Ek", email="ny@exempel.se", decision="§ 9")
    answer = send(office, f"{path}webben/", name="Kim")
    assert "Fråga om namnet får stå på webben" in answer.content.decode()
    send(office, f"{path}webben/", name="Kim", said_yes="on")
    assert send(office, f"{path}avsluta/", last_on=day(900)).status_code == 422
    send(office, f"{path}avsluta/", last_on=day(0))
    mandate.refresh_from_db()
    assert (mandate.name, mandate.email_key, mandate.public_name, mandate.ended_on) == (
        *("Kim Ek", "ny@exempel.se", "Kim"),
        day(0),
    )


def test_a_meeting_gets_a_report_and_an_issue_gets_an_answer(office: Client) -> None:
    row = council()
    mandate = sits(seat(row))
    path = f"rad/{row.pk}/"
    assert send(office, f"{path}moten/nytt/", starts_at="2026-11-02T15:00").status_code == 303
    assert send(office, f"{path}moten/nytt/", starts_at="2026-11-02T15:00").status_code == 422
    meeting = CouncilMeeting.objects.get()
    CouncilMeeting.objects.update(starts_at=timezone.now())
    send(office, f"moten/{meeting.pk}/rapport/", text="De lyssnade.", attended=[mandate.pk])
    assert "De lyssnade." in text(office, path)
    assert "Var med för oss: Kim Lind" in text(office, path)
    facts = {"title": "Väntetid", "raised_on": day(-9), "state": "changed", "is_public": "on"}
    assert send(office, f"{path}fragor/ny/", **facts).status_code == 422
    assert send(office, f"{path}fragor/ny/", **facts, answer="Fler tider.").status_code == 303
    issue = CouncilIssue.objects.get()
    assert issue.answered_on == timezone.localdate()
    assert "Fler tider." in office.get("/engagera-dig/patientrad/").content.decode()


@pytest.mark.parametrize("typed", SCRIPTS)
def test_what_somebody_typed_is_text_on_every_page(office: Client, typed: str) -> None:
    row = council(typed[:120], about=typed, contact_name=typed[:80], place=typed[:120])
    mandate = sits(seat(row), name=typed[:80], decision=typed[:80])
    seat(row)
    councils.name_on_site(mandate, name=typed[:80], actor=UserFactory())
    meeting = CouncilMeeting.objects.create(council=row, starts_at=timezone.now(), agenda=typed)
    councils.report(meeting, text=typed, attended=[mandate])
    CouncilIssue.objects.create(
        council=row, title=typed, raised_on=day(0), state="changed", answer=typed,
        answered_on=day(0), is_public=True,
    )  # fmt: skip
    for page in (ROOM, f"{ROOM}rad/{row.pk}/", "/engagera-dig/patientrad/"):
        assert inert(office.get(page).content.decode(), typed)


def test_the_board_may_and_others_may_not(client: Client) -> None:
    row = council()
    for role, code in (("styrelse", 200), ("redaktor", 404), ("kassor", 404)):
        log_in(client, UserFactory(role=role))
        codes = {client.get(ROOM + path).status_code for path in ("", f"rad/{row.pk}/")}
        assert codes == {code}


def test_the_board_of_councils_asks_as_often_with_one_as_with_twenty(office: Client) -> None:
    sits(seat(), -300, 20)
    office.get(ROOM)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            office.get(ROOM)
        numbers.append(len(asked))
        for chair in [seat() for _ in range(20)]:
            sits(chair, -300, 20)
    assert numbers[0] == numbers[1]


def test_a_name_is_gone_from_the_page_when_it_is_forgotten(office: Client) -> None:
    mandate = sits(seat(), -900, -800)
    Mandate.objects.update(name="")
    assert re.search("Namnet är gallrat", text(office, f"rad/{mandate.seat.council_id}/"))
