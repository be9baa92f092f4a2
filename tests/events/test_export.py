"""The list of an activity as a file: everyone, as text, and marked with who took it out."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from events.models import Event, Identity
from members.models import User
from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db

# What a spreadsheet program would calculate, or what would break the file.
TYPED = [
    "=1+1",
    "+46 70",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "＝1+1",
    '=HYPERLINK("http://exempel.se")',
    "Kim \x0bBo",
]


def take_out(client: Client, event: Event) -> Any:
    return client.post(f"/admin/aktiviteter/{event.pk}/anmalningar/exportera/", **CSRF_FREE)


def sheets(response: Any) -> dict[str, list[list[Any]]]:
    book = load_workbook(io.BytesIO(response.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}


def words(row: list[Any]) -> list[Any]:
    return [cell.value for cell in row if cell.value is not None]


def test_each_list_is_a_sheet_with_a_head(office: Client, anna: User, time_machine: Any) -> None:
    time_machine.move_to("2026-12-02T09:00:00Z", tick=False)
    log_in(office, anna)
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event, name="Kim", email="kim@exempel.se", coming=True)
    RegistrationFactory(event=event, name="Bo", by_phone=True, waiting=True)
    RegistrationFactory(event=event, name="Cy", email="cy@exempel.se", cancelled=True)
    found = sheets(take_out(office, event))
    assert {title: [words(row) for row in rows[1:]] for title, rows in found.items()} == {
        "Har plats": [
            ["Namn", "E-post", "Telefon", "Antal", "Anmäld", "Hur", "Ny", "Säger att hen kommer"],
            ["Kim", "kim@exempel.se", "1", "2026-12-02 10:00", "webben", "ny", "ja"],
        ],
        "I kö": [
            ["Namn", "E-post", "Telefon", "Antal", "Anmäld", "Hur", "Nr", "I kö sedan", "Varför"],
            [
                *["Bo", "070-123 45 67", "1", "2026-12-02 10:00", "kansliet"],
                *["1", "2026-12-02 10:00", "Nästa på tur"],
            ],
        ],
        "Avbokade": [
            ["Namn", "E-post", "Telefon", "Antal", "Anmäld", "Hur", "Läge", "Avbokad"],
            [
                *["Cy", "cy@exempel.se", "1", "2026-12-02 10:00", "webben"],
                *["Avbokad", "2026-12-02 10:00"],
            ],
        ],
    }


def test_every_sheet_says_who_took_it_out_and_when(office: Client) -> None:
    event = EventFactory()
    RegistrationFactory(event=event)
    marks = {rows[0][0].value for rows in sheets(take_out(office, event)).values()}
    assert len(marks) == 1
    assert marks.pop().startswith("Uttagen av Anna Åkerlund 20")


def test_nobody_with_protected_identity_is_in_the_file(office: Client) -> None:
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event, name="Kim", email="kim@exempel.se")
    PersonFactory(protected_identity=True, email="hemlig@exempel.se")
    secret = {"event": event, "email": "hemlig@exempel.se"}
    RegistrationFactory(**secret, name="Hemlig Hök", waiting=True)
    # Two who share a mailbox: nobody can tell which of them it is.
    RegistrationFactory(**secret, name="Tyst", person_key="hemlig@exempel.se|tyst", cancelled=True)
    said = RegistrationFactory(event=event, name="Sagt", email="sagt@exempel.se", cancelled=True)
    Identity.objects.create(registration=said, way="protected", given_at=said.created_at)

    found = sheets(take_out(office, event))

    everything = str([[cell.value for cell in row] for rows in found.values() for row in rows])
    assert "Kim" in everything
    assert [word for word in ("Hemlig", "hemlig@", "Tyst", "Sagt") if word in everything] == []
    mark = found["Har plats"][0][0].value
    assert mark.endswith("3 personer med skyddade uppgifter står bara i listan på skärmen.")
    assert AccessLog.objects.get(action="export").reason == "1 rader"


@pytest.mark.parametrize("typed", TYPED)
def test_what_somebody_typed_is_never_calculated(office: Client, typed: str) -> None:
    event = EventFactory()
    RegistrationFactory(event=event, name=typed)
    row = sheets(take_out(office, event))["Har plats"][2]
    assert row[0].value == typed.replace("\x0b", "")
    assert {cell.data_type for cell in row if cell.value is not None} == {"s"}


def test_the_name_of_the_file_tells_nothing_but_a_day(
    office: Client, anna: User, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-30T09:00:00Z", tick=False)
    log_in(office, anna)
    response = take_out(office, EventFactory(title="Samtalsgrupp om ångest"))
    assert response["Content-Disposition"] == 'attachment; filename="anmalningar-2026-12-10.xlsx"'
    assert "no-store" in response["Cache-Control"]


def test_taking_out_is_noted_with_how_many(office: Client) -> None:
    event = EventFactory(slug="traff")
    RegistrationFactory.create_batch(3, event=event)
    take_out(office, event)
    noted = AccessLog.objects.values_list("action", "about", "reference", "reason")
    assert list(noted) == [("export", "events.Registration", "traff", "3 rader")]


def test_only_a_press_takes_out(office: Client) -> None:
    event = EventFactory()
    response = office.get(f"/admin/aktiviteter/{event.pk}/anmalningar/exportera/")
    assert response.status_code == 405
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("role", ["styrelse", "redaktor", "kassor"])
def test_the_file_does_not_exist_for_others(client: Client, role: str) -> None:
    log_in(client, UserFactory(role=role))
    assert take_out(client, EventFactory()).status_code == 404
    assert not AccessLog.objects.exists()


def test_who_showed_the_second_factor_long_ago_shows_it_again(client: Client) -> None:
    log_in(client, UserFactory(role="samordnare"), ago=16 * 60)
    response = take_out(client, EventFactory())
    assert (response.status_code, response.url.split("?")[0]) == (
        302,
        reverse("mfa_reauthenticate"),
    )
    assert not AccessLog.objects.exists()
