"""A code in a letter of ours: it hinders nobody, and tells how many became members with it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from mail.campaigns import tidy, with_code
from members.models import Application, Campaign, Person
from members.services import campaigns
from members.services.joining import fee_came
from payments.models import PaymentSettings
from privacy.services import weed
from tests.factories import days_away
from tests.members.fees import pay, set_prices

pytestmark = pytest.mark.django_db

TYPED = {"first_name": "Kim", "last_name": "Lind", "email": "kim@exempel.se", "consent": "on"}
START, DETAILS = "/bli-medlem/", "/bli-medlem/uppgifter/"


@pytest.fixture(autouse=True)
def prices() -> None:
    set_prices()
    chosen = PaymentSettings.load()
    chosen.bankgiro, chosen.takes_card = "123-4566", False
    chosen.save()


def joins(client: Client, **typed: Any) -> Application:
    """Through the form, and the fee is paid."""
    answer = client.post(DETAILS, TYPED | typed)
    assert answer.status_code == 303
    assert client.post(answer["Location"], {"method": "invoice"}).status_code == 303
    application = Application.objects.latest("pk")
    assert application.charge is not None
    pay(application.charge)
    return application


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("HT26", "HT26"), (" ht 26 ", "HT26"), ("åre-brev", "ÅRE-BREV"), ("", ""), (None, ""),
        ("A", ""), ("x" * 30, ""), ("<script>", ""), ("=1+1", ""), ("a\r\nb: c", ""),
    ],
)  # fmt: skip
def test_a_code_is_forgiven_its_case_and_spaces_and_nothing_else_is_one(
    typed: str | None, code: str
) -> None:
    assert tidy(typed) == code


def test_a_code_in_an_address_comes_after_what_stands_there() -> None:
    assert with_code("/a/", "HT26") == "/a/?kod=HT26"
    assert with_code("/a/?typ=b", "ÅR") == "/a/?typ=b&kod=%C3%85R"
    assert with_code("/a/", "") == "/a/"


def test_the_code_in_the_letters_address_comes_along_to_the_form(client: Client) -> None:
    page = client.get(f"{START}?kod=ht26").content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:] if DETAILS in part[:40]]
    queries = [parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in links]
    assert [query["kod"] for query in queries] == [["HT26"]] * len(links)
    assert len(links) >= 2
    form = client.get(f"{DETAILS}?kod=HT26").content.decode()
    assert 'name="campaign" value="HT26"' in form
    assert "<details open" in form
    assert "<details open" not in client.get(DETAILS).content.decode()


def test_who_becomes_a_member_with_a_code_is_counted_once_and_not_by_name(client: Client) -> None:
    application = joins(client, campaign="ht 26")
    assert campaigns.newcomers("HT26") == 1
    assert application.charge is not None
    fee_came(application.charge)
    assert campaigns.newcomers("HT26") == 1
    numbers = {"newcomers", "registrations"}
    assert {field.name for field in Campaign._meta.get_fields()} == {"id", "code"} | numbers


def test_who_has_not_paid_or_is_known_already_is_no_newcomer(client: Client) -> None:
    client.post(DETAILS, TYPED | {"campaign": "HT26"})
    assert campaigns.newcomers("HT26") == 0
    joins(client)
    joins(client, campaign="HT26")
    assert (Person.objects.count(), campaigns.newcomers("HT26")) == (1, 0)


@pytest.mark.parametrize("typed", ["<b>", "=1+1", "x" * 500])
def test_a_code_that_is_none_hinders_nobody(client: Client, typed: str) -> None:
    assert joins(client, campaign=typed).campaign == ""
    assert not Campaign.objects.exists()


def test_the_number_stays_when_the_form_is_forgotten(client: Client) -> None:
    joins(client, campaign="HT26")
    Application.objects.update(changed_at=days_away(-400))
    weed(timezone.now())
    assert (Application.objects.count(), campaigns.newcomers("HT26")) == (0, 1)
