"""Lists and labels: nothing is calculated, nobody protected is in them, and each is noted."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from members.models import Household
from members.services import exporting, importing, mapping, tables
from members.services.search import Choice
from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

EXPORT = "/admin/medlemmar/exportera/"


@pytest.fixture
def register(client: Client) -> Client:
    return log_in(client, UserFactory(role="medlemsregister"))


def take_out(client: Client, way: str = "csv", **choice: str) -> Any:
    return client.post(EXPORT, {"som": way, **choice}, **CSRF_FREE)


def test_the_list_is_what_was_chosen_in_the_order_of_names(register: Client) -> None:
    PersonFactory(first_name="Åsa", last_name="Öberg", member=True, email="asa@exempel.se")
    PersonFactory(first_name="Kim", last_name="Ek", member=True, email="kim@exempel.se")
    PersonFactory()
    lines = take_out(register, lage="nu").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Medlemsnr;Förnamn;Efternamn;E-post;")
    assert [line.split(";")[1:4] for line in lines[1:]] == [
        ["Kim", "Ek", "kim@exempel.se"],
        ["Åsa", "Öberg", "asa@exempel.se"],
    ]


@pytest.mark.parametrize("typed", ["=1+1", "+46", "@SUM(1)", "-2"])
def test_nothing_that_somebody_typed_is_calculated(register: Client, typed: str) -> None:
    PersonFactory(first_name=typed, last_name="Ek")
    assert f";'{typed};" in take_out(register).content.decode()
    book = load_workbook(io.BytesIO(take_out(register, "xlsx").content))
    row = [cell for cell in book.active[3] if cell.value is not None]
    assert (row[0].value, {cell.data_type for cell in row}) == (typed, {"s"})


def test_who_is_protected_is_in_no_file(register: Client) -> None:
    home = Household.objects.create(label="")
    PersonFactory(protected_identity=True, email="h@exempel.se", household=home)
    PersonFactory(first_name="Kim", last_name="Ek", street="Gatan 1", household=home)
    everything = take_out(register).content.decode()
    assert ("Skyddade" in everything, "h@exempel.se" in everything) == (False, False)
    assert exporting.labels(Choice(sees_protected=True)) == [["Kim Ek", "Gatan 1", "Stockholm"]]


def test_a_household_gets_one_label() -> None:
    named = Household.objects.create(label="Familjen Al")
    unnamed = Household.objects.create()
    place = {"street": "Gatan 1", "postcode": "118 20"}
    for name in ("Ann", "Bo"):
        PersonFactory(first_name=name, last_name="Al", household=named, **place)
        PersonFactory(first_name=name, last_name="Ek", household=unnamed, **place)
    PersonFactory(first_name="Kim", last_name="Ö", care_of="Ros", **place)
    PersonFactory(street="")
    assert exporting.labels(Choice()) == [
        ["Familjen Al", "Gatan 1", "118 20 Stockholm"],
        ["Ann Ek och Bo Ek", "Gatan 1", "118 20 Stockholm"],
        ["Kim Ö", "c/o Ros", "Gatan 1", "118 20 Stockholm"],
    ]


def test_labels_are_a_pdf(register: Client) -> None:
    PersonFactory.create_batch(30, street='Gatan "1" #let $x$')
    answer = take_out(register, "etiketter")
    assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")


def test_every_file_is_noted_with_how_many(register: Client) -> None:
    PersonFactory.create_batch(3, street="Gatan 1")
    for way in ("csv", "xlsx", "etiketter"):
        assert take_out(register, way).status_code == 200
    noted = AccessLog.objects.order_by("pk").values_list("action", "reference", "reason")
    assert list(noted) == [("export", way, "3 rader") for way in ("csv", "xlsx", "etiketter")]


def test_a_list_can_come_back_as_it_went() -> None:
    PersonFactory(first_name="Kim", last_name="Ek", member_number=7, member=True)
    table = tables.read(exporting.as_csv(Choice(), actor=UserFactory()))
    made = importing.plan(table, mapping.guess(table))
    assert (len(made.new), len(made.changed), len(made.same), made.refused) == (0, 0, 1, [])


def test_taking_out_needs_the_role_a_press_and_a_fresh_second_factor(client: Client) -> None:
    log_in(client, UserFactory(role="kassor"))
    assert take_out(client).status_code == 404
    log_in(client, UserFactory(role="medlemsregister"))
    assert client.get(EXPORT).status_code == 405
    log_in(client, UserFactory(role="medlemsregister"), ago=16 * 60)
    assert take_out(client).url.split("?")[0] == reverse("mfa_reauthenticate")
    assert not AccessLog.objects.exists()
