"""Places that are paid for: held while somebody pays, released when the time is up, given back by rule."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.models import Event, Registration
from events.services import changes, paying, registration, waiting_list
from mail.services.outbox import deliver_due
from members.models import User
from payments.models import Charge, Flag
from payments.services import refunds
from tests.doors import log_in
from tests.events.conftest import make_event, stand_in_queue, take_place
from tests.events.desk import people, text_of
from tests.events.test_absence import links_in
from tests.factories import PersonFactory, UserFactory
from tests.members.fees import pay as money_comes
from tests.stripe import stripe  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
START = datetime.fromisoformat("2026-12-20T17:00:00+01:00")
KIM = "kim@exempel.se"
State = Registration.State


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def event(db: None) -> Event:
    return make_event(
        starts_at=START, capacity=1, price=120, member_price=60, pays_ahead=True, refund_days=7
    )


@pytest.fixture
def kim(event: Event) -> Registration:
    return take_place(event, KIM)


def again(row: Registration) -> Registration:
    return Registration.objects.select_related("charge", "event").get(pk=row.pk)


def asked(row: Registration, *, member: bool = False) -> Charge:
    return paying.ask(again(row), member=member)


def link(client: Client) -> str:
    """To the page where one pays, as it stands in the letter."""
    deliver_due()
    letter = next(one for one in mail.outbox if one.subject == "Betala för din plats")
    return next(url for url in links_in(letter.body) if "/betala/" in url)


# --- holding --------------------------------------------------------------------------------------


def test_the_place_is_held_while_somebody_pays(kim: Registration, event: Event) -> None:
    assert kim.state == State.PAYING
    assert kim.pay_until == event.answer_by(MORNING)
    with pytest.raises(registration.NoPlaceLeft):
        take_place(event, "bo@exempel.se")


def test_money_makes_the_place_theirs(kim: Registration) -> None:
    charge = asked(kim)
    assert (charge.amount, charge.kind, charge.title[:7]) == (12000, "taking_part", "Avgift ")
    money_comes(charge)
    assert again(kim).state == State.CONFIRMED
    deliver_due()
    assert "Du är anmäld" in mail.outbox[-1].subject


def test_what_nobody_paid_for_goes_to_the_queue_when_the_time_is_up(
    kim: Registration, event: Event, clock: Any
) -> None:
    bo = stand_in_queue(event)
    asked(kim)
    clock.move_to(again(kim).pay_until)
    waiting_list.release_due()
    assert (again(kim).state, again(bo).state) == (State.CANCELLED, State.OFFERED)
    paying.settle_due()
    assert again(kim).charge.state == Charge.State.VOID
    deliver_due()
    assert "Platsen hålls inte längre" in [one.subject for one in mail.outbox]


def test_a_newcomer_need_not_wait_for_the_clock(
    kim: Registration, event: Event, clock: Any
) -> None:
    clock.move_to(again(kim).pay_until)
    assert take_place(event, "bo@exempel.se").state == State.PAYING
    assert again(kim).state == State.CANCELLED


def test_late_money_is_met_while_there_is_room(kim: Registration, clock: Any) -> None:
    charge = asked(kim)
    clock.move_to(again(kim).pay_until)
    waiting_list.release_due()
    money_comes(charge)
    assert again(kim).state == State.CONFIRMED
    assert not Flag.objects.exists()


def test_late_money_goes_back_when_the_place_has_gone_on(
    kim: Registration, event: Event, clock: Any
) -> None:
    charge = asked(kim)
    clock.move_to(again(kim).pay_until)
    take_place(event, "bo@exempel.se")
    money_comes(charge)
    assert again(kim).state == State.CANCELLED
    assert Flag.objects.get().kind == Flag.Kind.GIVE_BACK
    deliver_due()
    assert "Du får pengarna tillbaka" in [one.subject for one in mail.outbox]
    held = Registration.objects.holding(timezone.now()).filter(event=event)
    assert held.count() == event.capacity


def test_who_takes_an_offered_place_pays_for_it_too(event: Event, clock: Any) -> None:
    kim = take_place(event, KIM)
    bo = stand_in_queue(event)
    registration.cancel(again(kim))
    assert again(bo).state == State.OFFERED
    row = waiting_list.accept(again(bo))
    assert (row.state, row.pay_until) == (State.PAYING, row.event.answer_by(timezone.now()))


def test_the_form_looks_the_same_for_who_is_there_already(
    kim: Registration, event: Event, press: Any, client: Client
) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=5)
    pages = []
    for email in (KIM, "ny@exempel.se"):
        answer = press(event, email=email)
        assert answer.status_code == 303
        text = text_of(client.get(answer["Location"]))
        assert "Tryck på länken i mejlet och betala." in text
        pages.append(text.replace(email, "x"))
    deliver_due()
    assert [one.subject for one in mail.outbox] == ["Betala för din plats"] * 3


def test_who_regrets_that_they_did_not_pay_still_pays(kim: Registration, clock: Any) -> None:
    clock.move_to(again(kim).pay_until)
    waiting_list.release_due()
    row = registration.undo_cancel(again(kim))
    assert (row.state, row.pay_until) == (State.PAYING, row.event.answer_by(timezone.now()))


# --- paying ---------------------------------------------------------------------------------------


def test_one_pays_at_stripe_and_comes_back_to_a_place(
    kim: Registration,
    client: Client,
    stripe: Any,  # noqa: F811
) -> None:
    url = link(client)
    page = text_of(client.get(url))
    assert "Betala 120 kr" in page
    assert "Avbokar du senast söndag 13 december 2026, kl. 17, får du pengarna tillbaka." in page
    answer = client.post(url, {"method": "card"})
    assert answer.status_code == 303
    assert answer["Location"].startswith("http")
    assert again(kim).charge.checkouts.count() == 1


def test_looking_at_the_page_makes_no_charge(kim: Registration, client: Client) -> None:
    client.get(link(client))
    assert Charge.objects.count() == 0


def test_nothing_chosen_is_said(kim: Registration, client: Client, stripe: Any) -> None:  # noqa: F811
    answer = client.post(link(client), {})
    assert answer.status_code == 422
    assert "Välj hur du vill betala" in text_of(answer)


@pytest.mark.parametrize(
    ("who", "price"),
    [
        ("nobody", "Betala 120 kr"),
        ("a member with another mailbox", "Betala 120 kr"),
        ("no member any more", "Betala 120 kr"),
        ("the member", "Betala 60 kr"),
    ],
)
def test_the_price_of_members_is_for_members_who_have_logged_in(
    kim: Registration, client: Client, who: str, price: str
) -> None:
    PersonFactory(email=KIM, member=who != "no member any more")
    PersonFactory(email="bo@exempel.se", member=True)
    url = link(client)
    reader = {"the member": KIM, "no member any more": KIM}.get(who, "bo@exempel.se")
    if who != "nobody":
        log_in(client, UserFactory(email=reader), factor=False)
    assert price in text_of(client.get(url))


def test_another_price_makes_the_first_charge_void(kim: Registration) -> None:
    first = asked(kim)
    second = asked(kim, member=True)
    first.refresh_from_db()
    assert (first.state, second.amount) == (Charge.State.VOID, 6000)
    assert asked(kim, member=True) == second


def test_what_is_free_for_members_needs_no_payment(kim: Registration, client: Client) -> None:
    Event.objects.update(member_price=0)
    PersonFactory(email=KIM, member=True)
    url = link(client)
    client.post(url, {})
    assert again(kim).state == State.PAYING
    log_in(client, UserFactory(email=KIM), factor=False)
    client.post(url, {})
    assert again(kim).state == State.CONFIRMED


# --- money back -----------------------------------------------------------------------------------


@pytest.fixture
def paid(kim: Registration) -> Registration:
    money_comes(asked(kim))
    return again(kim)


def cancel_link() -> str:
    deliver_due()
    letter = next(one for one in mail.outbox if "Du är anmäld" in one.subject)
    booking = next(url for url in links_in(letter.body) if "/bokning/" in url)
    return f"{booking}avboka/"


@pytest.mark.parametrize(
    ("days", "said", "back"),
    [(8, "Du får pengarna tillbaka.", 1), (6, "Nu är det för sent", 0)],
)
def test_the_rule_is_said_before_the_button_and_kept_after_it(
    paid: Registration, client: Client, clock: Any, days: int, said: str, back: int
) -> None:
    url = cancel_link()
    clock.move_to(START - timedelta(days=days))
    page = text_of(client.get(url))
    assert said in page
    assert page.index(said) < page.index("<button")
    client.post(url)
    assert paying.settle_due() == 0  # still within the time to regret
    clock.shift(timedelta(minutes=10))
    assert [paying.settle_due(), paying.settle_due()] == [back, 0]
    assert Flag.objects.filter(kind="give_back", charge=paid.charge).count() == back


def test_who_regrets_in_time_owes_and_gets_nothing(paid: Registration, clock: Any) -> None:
    registration.cancel(paid)
    registration.undo_cancel(again(paid))
    clock.shift(timedelta(hours=1))
    assert paying.settle_due() == 0
    assert again(paid).state == State.CONFIRMED


def test_when_the_activity_is_off_everyone_gets_their_money(
    paid: Registration, anna: User, clock: Any
) -> None:
    clock.move_to(START - timedelta(days=1))
    changes.cancel_all(paid.event, actor=anna, because="")
    clock.shift(timedelta(minutes=10))
    assert paying.settle_due() == 1
    deliver_due()
    assert "Har du betalat får du pengarna tillbaka inom en vecka." in " ".join(
        mail.outbox[-1].body.split()
    )


def test_the_treasurer_can_give_it_back(paid: Registration, clock: Any) -> None:
    registration.cancel(paid)
    clock.shift(timedelta(minutes=10))
    paying.settle_due()
    charge = Flag.objects.get().charge
    assert charge is not None
    assert refunds.can_give_back(charge) == 12000


def test_the_office_sees_who_has_not_paid_yet(kim: Registration, office: Client) -> None:
    assert "Väntar på betalning till" in text_of(office.get(people(kim.event)))
