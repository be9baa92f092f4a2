import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from payments.models import Charge, Checkout
from payments.services import charges
from payments.services.checkout import AlreadyPaid, OnItsWay, begin, close_unneeded, refresh
from payments.services.ledger import record
from payments.stripe_api import StripeAway, StripeRefused
from payments.tasks import close_pages
from samvaro.demo.stripe_standin import wire
from tests.factories import ChargeFactory
from tests.stripe import Stripe

pytestmark = pytest.mark.django_db

SESSION = "checkout.session"
DONE, BACK = "https://forening.example/klar/", "https://forening.example/betala/"


def go(charge: Charge, method: str = "card", done: str = DONE) -> str:
    return begin(charge, method=method, done_url=done, back_url=BACK)


def created(stripe: Stripe) -> list[dict[str, object]]:
    return [
        wire.decode(form)
        for method, path, form in stripe.asked
        if (method, path) == ("POST", "/v1/checkout/sessions")
    ]


def test_stripe_sees_a_number_an_amount_and_an_address_and_nothing_else(
    stripe: Stripe, charge: Charge
) -> None:
    go(charge)

    sent = created(stripe)[0]
    expires_at = sent.pop("expires_at")
    assert sent == {
        "mode": "payment",
        "locale": "sv",
        "client_reference_id": str(charge.reference),
        "metadata": {"charge": str(charge.reference)},
        "allowed_payment_method_types": ["card"],
        "customer_email": "kim@example.org",
        "line_items": [
            {
                "quantity": "1",
                "price_data": {
                    "currency": "sek",
                    "unit_amount": "20000",
                    "product_data": {"name": f"Avgift {charge.number}"},
                },
            }
        ],
        "payment_intent_data": {
            "metadata": {"charge": str(charge.reference)},
            "description": f"Avgift {charge.number}",
        },
        "success_url": DONE,
        "cancel_url": BACK,
    }
    assert int(str(expires_at)) > (timezone.now() + timedelta(minutes=30)).timestamp()


def test_a_second_press_shows_the_same_page(stripe: Stripe, charge: Charge) -> None:
    assert go(charge) == go(charge)
    assert len(stripe.books.all("checkout.session")) == len(created(stripe)) == 1


def pressed_at_once(charge: Charge, times: int) -> set[str]:
    gate, urls = threading.Barrier(times, timeout=20), []

    def press() -> None:
        try:
            gate.wait()
            urls.append(go(charge))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _time in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(urls) == times
    return set(urls)


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_are_one_page(stripe: Stripe, charge: Charge) -> None:
    assert len(pressed_at_once(charge, 8)) == 1
    assert len(stripe.books.all("checkout.session")) == charge.checkouts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_saved_key_eight_presses_at_once_would_be_more_pages(
    stripe: Stripe, charge: Charge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the test above can fail."""
    fresh = property(lambda _checkout: str(uuid.uuid4()))
    monkeypatch.setattr(Checkout, "idempotency_key", fresh)
    stripe.faults.hang = 0.5  # the first waits for its answer while the others ask
    pressed_at_once(charge, 8)
    assert len(stripe.books.all("checkout.session")) > 1


def test_another_way_to_pay_closes_the_page_before(stripe: Stripe, charge: Charge) -> None:
    first, second = go(charge), go(charge, "swish")

    old, new = (stripe.books.rows[url.rpartition("/")[2]] for url in (first, second))
    assert (old["status"], new["status"]) == ("expired", "open")
    assert new["payment_method_types"] == ["swish"]
    assert charge.checkouts.filter(closed_at=None).count() == 1


def test_a_page_that_soon_runs_out_is_replaced(stripe: Stripe, charge: Charge) -> None:
    first = go(charge)
    Checkout.objects.update(expires_at=timezone.now() + timedelta(minutes=1))

    second = go(charge)

    assert first != second
    assert charge.checkouts.filter(closed_at=None).get().url == second


def test_what_is_paid_is_not_asked_for_again(stripe: Stripe, charge: Charge) -> None:
    stripe.pay(go(charge))
    stripe.deliver()
    with pytest.raises(AlreadyPaid):
        go(charge)


def test_what_nobody_asks_for_any_more_cannot_be_paid(stripe: Stripe, charge: Charge) -> None:
    charges.make_void(charge)
    with pytest.raises(AlreadyPaid):
        go(charge)
    assert created(stripe) == []


def test_a_page_that_was_paid_in_another_tab_is_found_before_a_new_one_is_made(
    stripe: Stripe, charge: Charge
) -> None:
    stripe.pay(go(charge))  # and the message has not come yet
    with pytest.raises(AlreadyPaid):
        go(charge, "swish")
    charge.refresh_from_db()
    assert (charge.received, len(stripe.books.all("checkout.session"))) == (20_000, 1)


def test_money_on_its_way_is_not_asked_for_again(stripe: Stripe, charge: Charge) -> None:
    stripe.pay(go(charge), later=True)
    stripe.deliver()
    with pytest.raises(OnItsWay):
        go(charge)


def test_only_what_is_left_is_asked_for(stripe: Stripe, charge: Charge) -> None:
    record(
        charge,
        kind="paid",
        method="bankgiro",
        amount=5_000,
        source="bank:1",
        happened_at=timezone.now(),
    )
    session = stripe.books.rows[go(charge).rpartition("/")[2]]
    assert session["amount_total"] == 15_000


def test_errors_at_stripe_are_tried_again_with_the_same_key(stripe: Stripe, charge: Charge) -> None:
    stripe.faults.errors = 2
    go(charge)
    assert (len(created(stripe)), len(stripe.books.all("checkout.session"))) == (3, 1)


def test_while_stripe_is_down_the_order_stays_and_there_is_one_page_in_the_end(
    stripe: Stripe, charge: Charge
) -> None:
    stripe.faults.errors = 3
    with pytest.raises(StripeAway):
        go(charge)
    assert charge.checkouts.get().session_id is None

    go(charge)

    charge.refresh_from_db()
    assert charge.state == Charge.State.OPEN
    assert charge.checkouts.count() == len(stripe.books.all("checkout.session")) == 1


def hang(stripe: Stripe, charge: Charge, settings: object, done: str = DONE) -> None:
    settings.STRIPE_TIMEOUT, settings.STRIPE_RETRIES = 0.5, 0  # type: ignore[attr-defined]
    stripe.faults.hang = 1.0
    with pytest.raises(StripeAway):
        go(charge, done=done)
    settings.STRIPE_TIMEOUT = 8  # type: ignore[attr-defined]


def test_a_call_that_created_and_then_hung_is_the_same_page_when_pressed_again(
    stripe: Stripe, charge: Charge, settings: object
) -> None:
    hang(stripe, charge, settings)

    url = go(charge)

    sessions = stripe.books.all("checkout.session")
    assert [session["url"] for session in sessions] == [url]


def test_a_call_that_hung_is_found_also_when_the_addresses_have_changed(
    stripe: Stripe, charge: Charge, settings: object
) -> None:
    hang(stripe, charge, settings, done="https://forening.example/en-annan-sida/")

    url = go(charge)

    assert [session["url"] for session in stripe.books.all("checkout.session")] == [url]


def test_a_call_that_hung_long_ago_is_looked_for(
    stripe: Stripe, charge: Charge, settings: object
) -> None:
    hang(stripe, charge, settings)
    Checkout.objects.update(created_at=timezone.now() - timedelta(minutes=40))
    stripe.books.answers.clear()  # Stripe forgets keys

    go(charge)

    states = sorted(session["status"] for session in stripe.books.all("checkout.session"))
    assert states == ["expired", "open"]


def test_a_call_that_never_arrived_is_given_up_for_a_new_one(
    stripe: Stripe, charge: Charge
) -> None:
    stripe.faults.errors = 3
    with pytest.raises(StripeAway):
        go(charge)
    Checkout.objects.update(created_at=timezone.now() - timedelta(minutes=40))

    go(charge)

    assert [session["status"] for session in stripe.books.all("checkout.session")] == ["open"]


def test_the_other_way_after_a_call_that_hung_leaves_one_page_to_pay_on(
    stripe: Stripe, charge: Charge, settings: object
) -> None:
    hang(stripe, charge, settings)

    go(charge, "swish")

    open_pages = [s for s in stripe.books.all("checkout.session") if s["status"] == "open"]
    assert [page["payment_method_types"] for page in open_pages] == [["swish"]]


def test_an_amount_that_stripe_does_not_take_is_refused(stripe: Stripe, charge: Charge) -> None:
    Charge.objects.filter(pk=charge.pk).update(amount=200, union_share=0)
    with pytest.raises(StripeRefused):
        go(charge)


def test_a_wrong_key_is_stripe_being_away_for_the_visitor(
    stripe: Stripe, charge: Charge, settings: object
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_other"  # type: ignore[attr-defined]
    with pytest.raises(StripeAway):
        go(charge)


def test_the_page_one_comes_back_to_asks_stripe_and_no_one_else(
    stripe: Stripe, charge: Charge
) -> None:
    url = go(charge)
    assert refresh(charge).state == Charge.State.OPEN
    stripe.pay(url)
    assert refresh(charge).state == Charge.State.PAID


def test_coming_back_with_the_page_of_another_order_changes_nothing(
    stripe: Stripe, charge: Charge
) -> None:
    other = ChargeFactory()
    stripe.pay(go(other))
    go(charge)
    assert refresh(charge).state == Charge.State.OPEN


# --- pages that nobody needs any more -------------------------------------------------------------


def comes_by_bank(charge: Charge) -> None:
    record(
        charge, kind="paid", method="bankgiro", amount=charge.amount, source=f"bank:{charge.pk}",
        happened_at=timezone.now(),
    )  # fmt: skip


def test_a_page_is_closed_when_the_fee_came_by_bank(stripe: Stripe, charge: Charge) -> None:
    go(charge)
    other = ChargeFactory()
    go(other)
    comes_by_bank(charge)
    assert (close_unneeded(), close_unneeded()) == (1, 0)
    states = {one["client_reference_id"]: one["status"] for one in stripe.books.all(SESSION)}
    assert states == {str(charge.reference): "expired", str(other.reference): "open"}
    assert [one.charge for one in Checkout.objects.filter(closed_at=None)] == [other]


def test_a_page_of_a_void_fee_is_closed(stripe: Stripe, charge: Charge) -> None:
    go(charge)
    charges.make_void(charge)
    assert close_unneeded() == 1


def test_who_paid_there_just_before_is_flagged_and_not_lost(stripe: Stripe, charge: Charge) -> None:
    url = go(charge)
    comes_by_bank(charge)
    stripe.pay(url)
    close_unneeded()
    charge.refresh_from_db()
    assert (charge.received, charge.flags.get().kind) == (2 * charge.amount, "paid_twice")


def test_while_stripe_is_away_the_page_stays_and_the_next_pass_closes_it(
    stripe: Stripe, charge: Charge, settings: Any
) -> None:
    settings.STRIPE_RETRIES = 0
    go(charge)
    comes_by_bank(charge)
    stripe.faults.errors = 1
    assert (close_pages(), close_pages()) == (0, 1)
