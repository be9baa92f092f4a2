"""PAY-12: what was never delivered is found and applied once; payouts are explained to the öre."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.utils import timezone

from payments.models import Charge, Checkout, Flag, Payout, PayoutLine, StripeEvent
from payments.services import payouts
from payments.services.checkout import begin
from payments.services.reconcile import reconcile
from payments.services.webhooks import process_waiting
from payments.stripe_api import StripeAway
from payments.tasks import apply_waiting, ask_stripe
from tests.factories import ChargeFactory
from tests.stripe import Stripe

pytestmark = pytest.mark.django_db


def page(charge: Charge) -> str:
    return begin(
        charge, method="card", done_url="https://a.example/", back_url="https://a.example/"
    )


def state(charge: Charge) -> tuple[int, int]:
    charge.refresh_from_db()
    return charge.received, charge.returned


def test_what_was_never_delivered_is_found_and_applied_once(stripe: Stripe, charge: Charge) -> None:
    session = stripe.pay(page(charge))
    stripe.books.refund({"payment_intent": session["payment_intent"], "amount": "5000"})
    stripe.books.close_dispute(stripe.books.dispute(session["payment_intent"])["id"], won=True)
    stripe.waiting.clear()

    assert reconcile() > 0
    assert state(charge) == (20_000, 5_000)
    assert reconcile() == 0


def test_what_stripe_believes_it_has_delivered_is_found_by_its_objects(
    stripe: Stripe, charge: Charge
) -> None:
    session = stripe.pay(page(charge))
    stripe.books.refund({"payment_intent": session["payment_intent"]})
    stripe.books.delivered = {event["id"] for event in stripe.waiting}

    reconcile()

    assert (state(charge), StripeEvent.objects.count()) == ((20_000, 20_000), 0)
    assert reconcile() == 0


def test_when_everything_was_delivered_nothing_is_new(stripe: Stripe, charge: Charge) -> None:
    stripe.pay(page(charge))
    stripe.deliver()
    assert reconcile() == 0


def test_a_page_that_ran_out_is_closed(stripe: Stripe, charge: Charge) -> None:
    stripe.books.rows[page(charge).rpartition("/")[2]]["expires_at"] = 1
    reconcile()
    assert Checkout.objects.get().closed_at is not None


def test_a_call_that_hung_and_was_forgotten_is_looked_for(
    stripe: Stripe, charge: Charge, settings: Any
) -> None:
    settings.STRIPE_TIMEOUT, settings.STRIPE_RETRIES = 0.5, 0
    stripe.faults.hang = 1.0
    with pytest.raises(StripeAway):
        page(charge)
    stripe.faults.hang = 0
    settings.STRIPE_TIMEOUT = 8
    stripe.faults.errors = 1
    with pytest.raises(StripeAway):
        page(ChargeFactory())
    Checkout.objects.update(created_at=timezone.now() - timedelta(hours=2))

    reconcile()

    found = Checkout.objects.order_by("charge_id")
    assert [(bool(one.session_id), one.closed_at is None) for one in found] == [
        (True, True),
        (False, False),
    ]


def test_a_page_that_stripe_does_not_know_stops_nothing(stripe: Stripe, charge: Charge) -> None:
    page(charge)
    Checkout.objects.update(session_id="cs_test_gone")
    other = ChargeFactory()
    stripe.pay(page(other))
    reconcile()
    assert state(other)[0] == 20_000


def test_many_messages_are_read_page_by_page(stripe: Stripe) -> None:
    for _number in range(110):
        stripe.books.happened("charge.refunded", {"id": "ch_x", "object": "charge"})
    reconcile()
    assert StripeEvent.objects.count() == 110


def test_a_payout_is_explained_by_its_lines_to_the_ore(stripe: Stripe, charge: Charge) -> None:
    other = ChargeFactory(amount=33_350)
    first = stripe.pay(page(charge))
    stripe.pay(page(other))
    stripe.books.refund({"payment_intent": first["payment_intent"], "amount": "5000"})
    stripe.books.pay_out()
    stripe.deliver()
    assert StripeEvent.objects.filter(done_at=None).get().type == "payout.paid"

    reconcile()

    payout = Payout.objects.get()
    lines = PayoutLine.objects.order_by("-amount")
    assert list(lines.values_list("kind", "amount", "fee", "payment__charge")) == [
        ("charge", 33_350, 680, other.pk),
        ("charge", 20_000, 480, charge.pk),
        ("refund", -5_000, 0, charge.pk),
    ]
    totals = lines.aggregate(amount=Sum("amount"), fee=Sum("fee"))
    assert payout.amount == totals["amount"] - totals["fee"] == 47_190
    assert (reconcile(), StripeEvent.objects.filter(done_at=None).count()) == (0, 0)


def test_a_payout_whose_lines_do_not_add_up_is_flagged(stripe: Stripe, charge: Charge) -> None:
    stripe.pay(page(charge))
    told = stripe.books.pay_out()
    assert told
    told["amount"] += 1
    payouts.note(told["id"])
    assert Flag.objects.get().about == f"payout:{told['id']}"


def test_while_stripe_is_away_the_clock_goes_on_and_the_command_says_so(stripe: Stripe) -> None:
    stripe.faults.errors = 6
    assert ask_stripe() == 0
    with pytest.raises(CommandError, match="did not answer"):
        call_command("reconcile_payments")


def test_without_a_key_there_is_nobody_to_ask(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert (ask_stripe(), apply_waiting(), process_waiting()) == (0, 0, 0)


def test_the_command_says_how_much_is_new(stripe: Stripe, charge: Charge) -> None:
    stripe.pay(page(charge))
    said = []
    for _time in range(2):
        out = StringIO()
        call_command("reconcile_payments", stdout=out)
        said.append(out.getvalue().strip())
    assert [said[0].endswith(" new"), said[1]] == [True, "Nothing new."]


def test_a_payout_that_the_bank_sent_back_is_flagged_and_noted(
    stripe: Stripe, charge: Charge
) -> None:
    stripe.pay(page(charge))
    told = stripe.books.pay_out()
    assert told
    stripe.deliver()
    reconcile()
    told["status"] = "failed"
    stripe.books.happened("payout.failed", told)
    assert stripe.deliver() == [200]
    stripe.deliver([of(stripe, "payout.failed")])
    assert Payout.objects.get().failed_on == timezone.localdate()
    assert Flag.objects.get().kind == Flag.Kind.PAYOUT_FAILED


def test_one_that_had_failed_before_we_asked_is_noted_as_such(
    stripe: Stripe, charge: Charge
) -> None:
    stripe.pay(page(charge))
    told = stripe.books.pay_out()
    assert told
    told["status"] = "failed"
    assert payouts.note(told["id"]).failed_on == timezone.localdate()


def of(stripe: Stripe, kind: str) -> dict[str, Any]:
    return next(one for one in stripe.books.all("event") if one["type"] == kind)
