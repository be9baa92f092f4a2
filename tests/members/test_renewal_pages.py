"""One more year, or goodbye, by the link in a letter."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from mail.models import Letter
from members.models import Person
from members.services.renewal import renew_url
from payments.models import Charge, PaymentSettings
from tests.events.test_public_pages import text_of
from tests.members.fees import member, pay, set_prices, years

pytestmark = pytest.mark.django_db

NOVEMBER = datetime.fromisoformat("2026-11-22T12:00:00+01:00")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOVEMBER, tick=False) as traveller:
        set_prices()
        chosen = PaymentSettings.load()
        chosen.bankgiro, chosen.takes_card = "123-4566", False
        chosen.save()
        yield traveller


@pytest.fixture
def kim() -> Person:
    return member(2026)


@pytest.fixture
def address(kim: Person) -> str:
    return urlsplit(renew_url(kim)).path


def test_the_page_shows_the_fee_and_changes_nothing(client: Client, address: str) -> None:
    page = text_of(client.get(address)).replace("\xa0", " ")
    assert "Vill du vara med 2027?" in page
    assert "Hej Kim. Avgiften är 200 kr och gäller hela 2027." in page
    assert (client.cookies, Letter.objects.count()) == ({}, 0)
    assert Charge.objects.filter(year=2027).count() == 0


def test_renewing_with_an_invoice_and_the_link_works_until_it_is_paid(
    client: Client, address: str, kim: Person
) -> None:
    for _ in range(2):
        answer = client.post(address, {"method": "invoice"})
        assert answer["Location"] == f"{address}klart/"
        assert "123-4566" in text_of(client.get(answer["Location"]))
    pay(Charge.objects.get(year=2027))
    assert years(kim) == [2026, 2027]
    for page in (address, f"{address}klart/"):
        assert "gäller till 31 december 2027" in text_of(client.get(page))
    kinds = sorted(Letter.objects.values_list("kind", flat=True))
    assert kinds == ["member_invoice", "member_welcome"]


def test_a_reduced_fee_is_one_press_away(client: Client, address: str) -> None:
    assert "100 kr" in text_of(client.get(f"{address}?nedsatt=1")).replace("\xa0", " ")
    client.post(address, {"method": "invoice", "reduced": "1"})
    assert Charge.objects.get(year=2027).amount == 10000


def test_nothing_chosen_is_said(client: Client, address: str) -> None:
    answer = client.post(address)
    assert answer.status_code == 422
    assert "Välj hur du vill betala" in text_of(answer)


def test_leaving_takes_one_press_and_can_be_undone(
    client: Client, address: str, kim: Person
) -> None:
    page = client.get(f"{address}sluta/")
    assert "Vill du sluta som medlem?" in text_of(page)
    assert client.post(f"{address}sluta/", {"words": "x" * 1001}).status_code == 422
    assert years(kim) == [2026]
    answer = client.post(f"{address}sluta/", {"words": "Tack för allt."})
    assert "Tack för den här tiden" in text_of(client.get(answer["Location"]))
    kim.refresh_from_db()
    assert kim.note == "2026-11-22 Slutade: Tack för allt."
    assert years(kim) == []
    client.post(address, {"do": "undo"})
    assert years(kim) == [2026]


def test_the_link_lives_until_the_last_day_to_renew(
    client: Client, address: str, clock: Any
) -> None:
    clock.move_to(datetime.fromisoformat("2027-03-31T23:00:00+02:00"))
    assert client.get(address).status_code == 200
    clock.shift(timedelta(hours=2))
    assert client.get(address).status_code == 410


def test_a_link_opens_nothing_for_who_is_gone_or_guesses(
    client: Client, address: str, kim: Person
) -> None:
    assert client.get("/fornya/x/").status_code == 404
    Person.objects.filter(pk=kim.pk).update(hidden_at=NOVEMBER)
    assert client.get(address).status_code == 404


def test_the_page_is_kept_nowhere(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert re.search("noindex", answer["X-Robots-Tag"])
