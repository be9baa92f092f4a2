from typing import Any

import pytest
from django.utils import timezone

from members.models import User
from payments.models import Charge, Flag, Payment
from payments.services import ledger
from payments.services.checkout import begin
from payments.services.refunds import (
    GivenMeanwhile,
    StripeAway,
    StripeRefused,
    TooMuch,
    can_give_back,
    give_back,
)
from tests.factories import UserFactory
from tests.stripe import Stripe

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasurer(db: None) -> User:
    return UserFactory()


def pay_by_card(stripe: Stripe, charge: Charge) -> str:
    url = begin(charge, method="card", done_url="https://a.example/", back_url="https://a.example/")
    session = stripe.pay(url)
    stripe.deliver()
    return str(session["payment_intent"])


def pay_at_the_bank(charge: Charge, amount: int = 20_000, source: str = "bank:1") -> None:
    ledger.record(
        charge,
        kind="paid",
        method="bankgiro",
        amount=amount,
        source=source,
        happened_at=timezone.now(),
    )


def returned(charge: Charge) -> int:
    charge.refresh_from_db()
    return charge.returned


def test_all_of_it_goes_back_through_stripe_and_the_message_about_it_changes_nothing(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    intent = pay_by_card(stripe, charge)

    assert give_back(charge, 20_000, by=treasurer).state == Charge.State.REFUNDED
    stripe.deliver()

    refund = stripe.books.all("refund")[0]
    line = Payment.objects.get(kind="refunded")
    assert (refund["payment_intent"], refund["metadata"]) == (
        intent,
        {"charge": str(charge.reference)},
    )
    assert (line.source, line.amount, line.method, line.noted_by) == (
        f"stripe:{refund['id']}",
        -20_000,
        "card",
        treasurer,
    )
    assert (returned(charge), Flag.objects.count()) == (20_000, 0)


def test_a_part_goes_back_and_then_the_rest(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    pay_by_card(stripe, charge)
    give_back(charge, 5_000, by=treasurer)
    give_back(charge, 15_000, by=treasurer)
    assert [row["amount"] for row in stripe.books.all("refund")] == [15_000, 5_000]
    assert (returned(charge), can_give_back(charge)) == (20_000, 0)


@pytest.mark.parametrize("amount", [0, -1, 20_001])
def test_what_has_not_come_cannot_go(
    amount: int, stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    pay_by_card(stripe, charge)
    with pytest.raises(TooMuch):
        give_back(charge, amount, by=treasurer)
    assert stripe.books.all("refund") == []


def test_a_button_pressed_twice_gives_back_once(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    pay_by_card(stripe, charge)
    give_back(charge, 5_000, by=treasurer, seen=0)
    with pytest.raises(GivenMeanwhile):
        give_back(charge, 5_000, by=treasurer, seen=0)
    assert returned(charge) == 5_000


def test_a_refund_that_hung_is_the_same_refund_when_pressed_again(
    stripe: Stripe, charge: Charge, treasurer: User, settings: Any
) -> None:
    pay_by_card(stripe, charge)
    settings.STRIPE_TIMEOUT, settings.STRIPE_RETRIES = 0.5, 0
    stripe.faults.hang = 1.0
    with pytest.raises(StripeAway):
        give_back(charge, 5_000, by=treasurer)
    settings.STRIPE_TIMEOUT = 8

    give_back(charge, 5_000, by=treasurer)

    assert (len(stripe.books.all("refund")), returned(charge)) == (1, 5_000)


def test_a_refund_that_hung_and_was_told_by_stripe_cannot_be_pressed_again(
    stripe: Stripe, charge: Charge, treasurer: User, settings: Any
) -> None:
    pay_by_card(stripe, charge)
    settings.STRIPE_TIMEOUT, settings.STRIPE_RETRIES = 0.5, 0
    stripe.faults.hang = 1.0
    with pytest.raises(StripeAway):
        give_back(charge, 5_000, by=treasurer, seen=0)
    settings.STRIPE_TIMEOUT = 8
    stripe.deliver()

    with pytest.raises(GivenMeanwhile):
        give_back(charge, 5_000, by=treasurer, seen=0)

    assert returned(charge) == 5_000


def test_stripe_may_say_no_and_then_nothing_is_written(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    intent = pay_by_card(stripe, charge)
    stripe.books.rows[stripe.books.rows[intent]["latest_charge"]]["disputed"] = True
    with pytest.raises(StripeRefused):
        give_back(charge, 20_000, by=treasurer)
    assert returned(charge) == 0


def test_what_came_by_the_bank_is_given_back_by_hand_and_noted(
    charge: Charge, treasurer: User
) -> None:
    pay_at_the_bank(charge)
    give_back(charge, 5_000, by=treasurer)
    give_back(charge, 5_000, by=treasurer)
    lines = Payment.objects.filter(kind="refunded").values_list("amount", "method", "noted_by")
    assert list(lines) == [(-5_000, "bankgiro", treasurer.pk)] * 2
    assert can_give_back(charge) == 10_000


def test_of_two_payments_the_latest_goes_back_first(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    pay_by_card(stripe, charge)
    pay_at_the_bank(charge)
    give_back(charge, 25_000, by=treasurer)
    lines = Payment.objects.filter(kind="refunded").order_by("pk")
    assert list(lines.values_list("amount", "method")) == [(-20_000, "bankgiro"), (-5_000, "card")]


def test_what_was_undone_or_waived_is_nothing_to_give_back(charge: Charge, treasurer: User) -> None:
    pay_at_the_bank(charge)
    ledger.undo(Payment.objects.get(), by=treasurer)
    ledger.record(
        charge,
        kind="waived",
        method="none",
        amount=20_000,
        source="waived:1",
        happened_at=timezone.now(),
    )
    assert can_give_back(charge) == 0


def test_what_the_payers_bank_has_taken_is_not_given_back_too(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    intent = pay_by_card(stripe, charge)
    stripe.books.dispute(intent)
    stripe.deliver()
    assert can_give_back(charge) == 0


def test_a_refund_that_failed_can_be_made_again(
    stripe: Stripe, charge: Charge, treasurer: User
) -> None:
    pay_by_card(stripe, charge)
    give_back(charge, 20_000, by=treasurer)
    stripe.books.fail_refund(stripe.books.all("refund")[0]["id"])
    stripe.deliver()
    assert (returned(charge), can_give_back(charge)) == (0, 20_000)

    give_back(charge, 20_000, by=treasurer)

    assert [row["status"] for row in stripe.books.all("refund")] == ["succeeded", "failed"]
    assert (returned(charge), can_give_back(charge)) == (20_000, 0)


def test_a_refund_by_hand_that_was_undone_can_be_made_again(
    charge: Charge, treasurer: User
) -> None:
    pay_at_the_bank(charge)
    give_back(charge, 5_000, by=treasurer)
    ledger.undo(Payment.objects.get(kind="refunded"), by=treasurer)
    give_back(charge, 5_000, by=treasurer)
    assert (returned(charge), can_give_back(charge)) == (5_000, 15_000)
