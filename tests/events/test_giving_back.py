"""The office gives back what was paid for a place, from the list of the activity."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.models import Event, Registration
from events.services import changes, paying
from events.services import registration as registrations
from members.models import User
from payments.models import Charge, Flag, Payment
from payments.services import ledger
from payments.services.checkout import begin
from privacy.models import AccessLog
from tests.doors import log_in
from tests.events.conftest import make_event, take_place
from tests.events.desk import people, send, text_of, told
from tests.factories import UserFactory
from tests.stripe import Stripe, stripe  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
START = datetime.fromisoformat("2026-12-20T17:00:00+01:00")
State = Registration.State


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def event(db: None) -> Event:
    return make_event(starts_at=START, capacity=3, price=120, pays_ahead=True, refund_days=7)


@pytest.fixture
def kim(event: Event) -> Registration:
    """Has paid by bank."""
    row = take_place(event, "kim@exempel.se")
    ledger.record(
        paying.ask(row, member=False), kind="paid", method="bankgiro", amount=12_000,
        source="bank:1", happened_at=timezone.now(),
    )  # fmt: skip
    return again(row)


@pytest.fixture
def by_card(event: Event, stripe: Stripe) -> Registration:  # noqa: F811
    row = take_place(event, "kim@exempel.se")
    charge = paying.ask(row, member=False)
    stripe.pay(begin(charge, method="card", done_url="https://a.se/", back_url="https://a.se/"))
    stripe.deliver()
    return again(row)


def again(row: Registration) -> Registration:
    return Registration.objects.select_related("charge", "event").get(pk=row.pk)


def door(row: Registration, what: str = "ge-tillbaka") -> str:
    return people(row.event, f"{row.pk}/{what}/")


def test_whoever_the_office_cancels_may_have_the_money_back_at_once(
    by_card: Registration,
    office: Client,
    stripe: Stripe,  # noqa: F811
) -> None:
    assert "Har betalat 120" in text_of(office.get(people(by_card.event)))
    answer = send(office, door(by_card, "avboka"))
    assert answer["Location"] == door(by_card)
    page = text_of(office.get(door(by_card)))
    assert "Pengarna går samma väg som de kom, av sig själva." in page
    assert Payment.objects.filter(kind="refunded").count() == 0

    assert send(office, door(by_card), {"seen": "0"}).status_code == 303

    assert told(office)[-1] == "120\N{NO-BREAK SPACE}kr är på väg tillbaka till Kim."
    assert [row["amount"] for row in stripe.books.all("refund")] == [12_000]
    assert again(by_card).charge.state == Charge.State.REFUNDED
    assert "är återbetalt" in text_of(office.get(people(by_card.event)))
    assert "betalade tillbaka" in AccessLog.objects.values_list("reason", flat=True)


def test_pressed_twice_it_goes_back_once(
    by_card: Registration,
    office: Client,
    stripe: Stripe,  # noqa: F811
) -> None:
    send(office, door(by_card, "avboka"))
    for _time in range(2):
        send(office, door(by_card), {"seen": "0"})
    assert len(stripe.books.all("refund")) == 1


def test_what_the_treasurer_was_told_is_settled_when_the_office_has_done_it(
    by_card: Registration, office: Client, clock: Any
) -> None:
    registrations.cancel(by_card)
    clock.shift(timedelta(minutes=10))
    assert paying.settle_due() == 1
    send(office, door(by_card), {"seen": "0"})
    assert Flag.objects.get().settled_at is not None
    assert paying.settle_due() == 0


def test_what_came_by_bank_is_put_before_the_treasurer_once(
    kim: Registration, office: Client
) -> None:
    send(office, door(kim, "avboka"))
    assert "Lämna till kassören" in text_of(office.get(door(kim)))
    for _time in range(2):
        send(office, door(kim), {"seen": "0"})
    assert (Flag.objects.get().kind, Flag.objects.get().facts) == ("give_back", {"amount": 12_000})
    assert again(kim).charge.returned == 0
    assert "Kassören har det redan på sin lista." in text_of(office.get(door(kim)))


def test_late_too_the_office_may_be_kind(by_card: Registration, office: Client, clock: Any) -> None:
    """The rule gives nothing back two days before; the office decides."""
    clock.move_to(START - timedelta(days=2))
    log_in(office, User.objects.get(first_name="Anna"))
    send(office, door(by_card, "avboka"))
    assert paying.settle_due() == 0
    send(office, door(by_card), {"seen": "0"})
    assert again(by_card).charge.returned == 12_000


def test_nothing_goes_back_while_they_have_the_place_or_may_regret(
    kim: Registration, office: Client, clock: Any
) -> None:
    nothing = "Det finns inget att ge tillbaka."
    assert "Ge tillbaka pengarna" not in text_of(office.get(people(kim.event)))
    send(office, door(kim), {"seen": "0"})
    registrations.cancel(kim)
    send(office, door(kim), {"seen": "0"})
    assert told(office) == [nothing, nothing]
    assert (Flag.objects.count(), again(kim).charge.returned) == (0, 0)
    clock.shift(timedelta(minutes=10))
    assert "Ge tillbaka pengarna" in text_of(office.get(people(kim.event)))


def test_when_the_activity_is_off_the_office_sees_whose_money_is_left(
    kim: Registration, office: Client, anna: User
) -> None:
    changes.cancel_all(kim.event, actor=anna, because="")
    assert "Ge tillbaka pengarna" in text_of(office.get(people(kim.event)))
    assert "Lämna till kassören" in text_of(office.get(door(kim)))


def test_who_did_not_pay_is_cancelled_as_before(event: Event, office: Client) -> None:
    row = take_place(event, "bo@exempel.se")
    assert send(office, door(row, "avboka"))["Location"] == people(event)


@pytest.mark.parametrize("role", ["styrelse", "kassor", "redaktor", "ledare"])
def test_only_the_office_gives_back_from_here(kim: Registration, client: Client, role: str) -> None:
    registrations.withdraw(kim)
    log_in(client, UserFactory(role=role))
    assert client.get(door(kim)).status_code in (302, 404)
    assert send(client, door(kim), {"seen": "0"}).status_code in (302, 404)
    assert Flag.objects.count() == 0
