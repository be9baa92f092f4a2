"""From the form over Stripe's page to the welcome, with the stand-in for Stripe."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mail.models import Letter
from members.models import Membership, Person
from members.services.renewal import renew_url
from payments.models import Charge, PaymentSettings
from tests.events.test_public_pages import text_of
from tests.members.fees import letters, member, set_prices, years
from tests.stripe import Stripe, stripe

__all__ = ["stripe"]
pytestmark = pytest.mark.django_db

TYPED = {"first_name": "Kim", "last_name": "Lind", "email": "kim@exempel.se", "consent": "on"}


@pytest.fixture(autouse=True)
def prices() -> None:
    set_prices()
    PaymentSettings.load()
    PaymentSettings.objects.update(takes_swish=True)


def goes_to_pay(client: Client, method: str) -> tuple[str, str]:
    """The page of ours, and the page at Stripe."""
    ours = client.post("/bli-medlem/uppgifter/", TYPED)["Location"]
    return ours, client.post(ours, {"method": method})["Location"]


@pytest.mark.parametrize("method", ["card", "swish"])
def test_join_pay_and_be_welcomed(client: Client, stripe: Stripe, method: str) -> None:
    ours, theirs = goes_to_pay(client, method)
    assert theirs.startswith(stripe.url)
    stripe.pay(theirs)
    after = ours.replace("betala", "klart")
    stripe.deliver()
    assert "Välkommen, Kim!" in text_of(client.get(f"{after}?fran=stripe"))
    assert years(Person.objects.get()) == [Charge.objects.get().year]
    assert letters() == ["member_welcome"]
    stripe.deliver()


def test_who_comes_back_before_the_message_sees_what_stripe_says(
    client: Client, stripe: Stripe
) -> None:
    ours, theirs = goes_to_pay(client, "card")
    stripe.pay(theirs)
    after = ours.replace("betala", "klart")
    page = text_of(client.get(f"{after}?fran=stripe"))
    assert re.search("Välkommen, Kim!|Vi väntar på betalningen", page)
    stripe.deliver()
    assert "Välkommen, Kim!" in text_of(client.get(after))
    assert Membership.objects.count() == 1
    assert Letter.objects.filter(kind="member_welcome").count() == 1


def test_cancelled_at_stripe_and_then_by_invoice_is_one_fee(client: Client, stripe: Stripe) -> None:
    PaymentSettings.objects.update(bankgiro="123-4566")
    ours, first = goes_to_pay(client, "card")
    assert "Inget är betalt." in text_of(client.get(f"{ours}?avbruten=1"))
    assert client.post(ours, {"method": "card"})["Location"] == first
    client.post(ours, {"method": "invoice"})
    assert Charge.objects.count() == 1


def test_renewing_by_card(client: Client, stripe: Stripe) -> None:
    year = timezone.localdate().year
    kim = member(year)
    ours = "/fornya/" + renew_url(kim).rpartition("/fornya/")[2]
    theirs: Any = client.post(ours, {"method": "card"})["Location"]
    stripe.pay(theirs)
    stripe.deliver()
    assert years(kim) == [year, year + 1]
    assert "Du är med" in text_of(client.get(f"{ours}klart/?fran=stripe"))
