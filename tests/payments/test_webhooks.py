"""PAY-1 to PAY-10 and PAY-18 of the reliability brief: what Stripe tells us, well or badly."""

import contextlib
import copy
import itertools
import json
import logging
import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from stripe import WebhookSignature

from payments.models import Charge, Flag, Payment, StripeEvent
from payments.services import charges, ledger, webhooks
from payments.services.checkout import begin
from payments.signals import charge_paid
from samvaro.demo.stripe_standin.hook import signed
from tests.factories import ChargeFactory
from tests.stripe import HOOK, Event, Stripe, post

pytestmark = pytest.mark.django_db

PAID, DISPUTED = Payment.Kind.PAID, Payment.Kind.DISPUTED


def page(charge: Charge, method: str = "card") -> str:
    return begin(
        charge, method=method, done_url="https://a.example/", back_url="https://a.example/"
    )


def sums(charge: Charge) -> tuple[int, int, str]:
    charge.refresh_from_db()
    return charge.received, charge.returned, charge.state


def flags() -> list[str]:
    return sorted(Flag.objects.values_list("kind", flat=True))


def of(events: list[Event], kind: str) -> Event:
    return next(event for event in events if event["type"] == kind)


def paid_session(stripe: Stripe, charge: Charge) -> Event:
    stripe.pay(page(charge))
    return of(stripe.waiting, "checkout.session.completed")


# --- PAY-1: who is speaking -----------------------------------------------------------------------


def bad_signatures(body: str) -> dict[str, str]:
    good = WebhookSignature.generate_signature_header(body, live_settings.STRIPE_WEBHOOK_SECRET)
    moment, _, digest = good.partition(",v1=")
    old = int(timezone.now().timestamp()) - 301
    return {
        "none": "",
        "nonsense": "t=x,v1=y",
        "wrong secret": WebhookSignature.generate_signature_header(body, "whsec_other"),
        "old": WebhookSignature.generate_signature_header(
            body, live_settings.STRIPE_WEBHOOK_SECRET, old
        ),
        "another scheme": f"{moment},v0={digest}",
        "another message": WebhookSignature.generate_signature_header(
            body + " ", live_settings.STRIPE_WEBHOOK_SECRET
        ),
    }


@pytest.mark.parametrize("how", list(bad_signatures("{}")))
def test_a_message_that_is_not_stripes_is_refused_and_leaves_no_trace(
    how: str, stripe: Stripe, charge: Charge, caplog: pytest.LogCaptureFixture
) -> None:
    event = paid_session(stripe, charge)
    header = bad_signatures(json.dumps(event))[how]

    with caplog.at_level(logging.DEBUG):
        assert post(event, signature=header) == 400

    assert (StripeEvent.objects.count(), Payment.objects.count()) == (0, 0)
    assert "kim@example.org" not in caplog.text
    assert str(charge.reference) not in caplog.text


def test_a_signed_message_that_is_no_json_is_refused() -> None:
    for body in (b"{", b"\xff\xfe", b""):
        header = WebhookSignature.generate_signature_header(
            body.decode(errors="replace"), live_settings.STRIPE_WEBHOOK_SECRET
        )
        answer = Client().post(
            HOOK, body, content_type="application/json", headers={"Stripe-Signature": header}
        )
        assert answer.status_code == 400


def test_only_posts_are_taken() -> None:
    assert Client().get(HOOK).status_code == 405


def test_a_machine_needs_no_token_and_gets_no_cookie(stripe: Stripe, charge: Charge) -> None:
    body, header = signed(paid_session(stripe, charge), live_settings.STRIPE_WEBHOOK_SECRET)
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        HOOK, body, content_type="application/json", headers={"Stripe-Signature": header}
    )
    assert (answer.status_code, answer.cookies) == (200, {})


# --- PAY-2, PAY-3: told once or often -------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 2, 50])
def test_a_message_that_comes_often_acts_once(times: int, stripe: Stripe, charge: Charge) -> None:
    told: list[Charge] = []

    def note(charge: Charge, **_more: Any) -> None:
        told.append(charge)

    charge_paid.connect(note)
    try:
        event = paid_session(stripe, charge)
        assert stripe.deliver([event] * times) == [200] * times
    finally:
        charge_paid.disconnect(note)

    assert sums(charge) == (20_000, 0, Charge.State.PAID)
    assert (Payment.objects.count(), StripeEvent.objects.count(), len(told)) == (1, 1, 1)
    assert flags() == []


@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_twenty_times_at_once_acts_once(
    stripe: Stripe, charge: Charge
) -> None:
    event = paid_session(stripe, charge)
    answers = at_once([event] * 20)
    assert answers == [200] * 20
    assert (sums(charge), Payment.objects.count()) == ((20_000, 0, Charge.State.PAID), 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("locks", "names", "lines"),
    [(True, True, 1), (True, False, 1), (False, True, 1), (False, False, 4)],
    ids=["both guards", "the locks alone", "the names alone", "none: the negative control"],
)
def test_the_locks_and_the_names_of_lines_each_hold_back_what_comes_at_once(
    locks: bool,
    names: bool,
    lines: int,
    stripe: Stripe,
    charge: Charge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With neither of them the same message is booked each time: the tests here can fail."""
    event = paid_session(stripe, charge)
    gate = threading.Barrier(4, timeout=20 if not locks else 1)
    apply, record = webhooks._apply, ledger.record

    def together(row: StripeEvent) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            gate.wait()
        apply(row)

    def under_a_new_name(*args: Any, **more: Any) -> Payment | None:
        return record(*args, **{**more, "source": f"test:{uuid.uuid4()}"})

    monkeypatch.setattr(webhooks, "_apply", together)
    if not locks:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_more: rows.all())
    if not names:
        monkeypatch.setattr(ledger, "record", under_a_new_name)
    at_once([event] * 4)
    assert Payment.objects.count() == lines


def at_once(events: list[Event]) -> list[int]:
    answers: list[int] = []
    gate = threading.Barrier(len(events))

    def one(event: Event) -> None:
        try:
            gate.wait(timeout=20)
            answers.append(post(event))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(event,)) for event in events]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.parametrize("turned", [False, True])
def test_two_messages_about_one_payment_are_one_payment(
    turned: bool, stripe: Stripe, charge: Charge
) -> None:
    stripe.pay(page(charge))
    events = [*stripe.waiting, {**stripe.waiting[-1], "id": "evt_again"}]
    assert set(stripe.deliver(events[::-1] if turned else events)) == {200}
    assert (sums(charge), Payment.objects.count()) == ((20_000, 0, Charge.State.PAID), 1)


# --- PAY-4: any order -----------------------------------------------------------------------------


def ledger_of(charge: Charge) -> tuple[Any, ...]:
    lines = sorted(charge.payments.values_list("source", "kind", "amount", "method"))
    return (*sums(charge), lines, flags())


def a_whole_story(stripe: Stripe, charge: Charge) -> list[Event]:
    """Paid, part of it given back, disputed, won; and the page said to have run out as well."""
    url = page(charge)
    stripe.pay(url)
    session = stripe.books.rows[url.rpartition("/")[2]]
    intent = session["payment_intent"]
    expired = {**session, "status": "expired", "payment_status": "unpaid", "payment_intent": None}
    stripe.books.happened("checkout.session.expired", expired)
    stripe.books.refund({"payment_intent": intent, "amount": "5000"})
    dispute = stripe.books.dispute(intent)
    stripe.books.close_dispute(dispute["id"], won=True)
    kinds = (
        *("checkout.session.completed", "checkout.session.expired", "refund.created"),
        *("charge.refunded", "charge.dispute.created", "charge.dispute.closed"),
    )
    return [of(stripe.waiting, kind) for kind in kinds]


def test_every_order_of_the_same_messages_ends_in_the_same_ledger(
    stripe: Stripe,
) -> None:
    """All 120 orders of five messages; repetition and loss are in test_ledger."""
    charge = ChargeFactory()
    events = [e for e in a_whole_story(stripe, charge) if e["type"] != "charge.refunded"]
    endings = set()
    for order in itertools.permutations(events):
        with transaction.atomic():
            for event in order:
                webhooks.receive(event)
            webhooks.process_waiting()
            endings.add(json.dumps(ledger_of(charge)))
            undone = StripeEvent.objects.filter(done_at=None).count()
            transaction.set_rollback(True)
        assert undone == 0
    assert len(endings) == 1
    received, returned, state, lines, raised = json.loads(endings.pop())
    assert (received, returned, state) == (20_000, 5_000, "paid")
    assert [line[1:3] for line in sorted(lines, key=lambda line: line[2])] == [
        ["disputed", -20_000],
        ["refunded", -5_000],
        ["dispute_won", 20_000],
        ["paid", 20_000],
    ]
    assert raised == ["disputed", "paid_late"]


def test_whatever_fails_late_ends_alike_in_every_order(stripe: Stripe, charge: Charge) -> None:
    url = page(charge, "card")
    stripe.pay(url, later=True)
    session = stripe.books.rows[url.rpartition("/")[2]]
    completed = of(stripe.waiting, "checkout.session.completed")
    stripe.books.answer_later(session["id"], succeeded=False)
    failed = of(stripe.waiting, "checkout.session.async_payment_failed")
    for order in itertools.permutations([completed, failed]):
        with transaction.atomic():
            stripe.deliver(order)
            assert sums(charge) == (0, 0, Charge.State.OPEN)
            assert charge.checkouts.get().closed_at is not None
            transaction.set_rollback(True)


# --- PAY-5, PAY-6, PAY-18: everything must match ---------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_total": 19_999},
        {"amount_total": 20_001},
        {"currency": "eur"},
        {"livemode": True},
        {"mode": "setup"},
        {"client_reference_id": "00000000-0000-4000-8000-000000000000"},
        {"client_reference_id": None},
        {"id": "cs_test_of_somebody_else"},
        {"payment_intent": None},
    ],
    ids=str,
)
def test_what_does_not_match_is_flagged_and_settles_nothing(
    wrong: dict[str, Any], stripe: Stripe, charge: Charge
) -> None:
    event = copy.deepcopy(paid_session(stripe, charge))
    event["data"]["object"] |= wrong

    assert stripe.deliver([event, event]) == [200, 200]

    assert (sums(charge), flags()) == ((0, 0, Charge.State.OPEN), [Flag.Kind.MISMATCH])


def test_the_session_of_another_order_settles_neither(stripe: Stripe, charge: Charge) -> None:
    other = ChargeFactory()
    page(other)
    event = copy.deepcopy(paid_session(stripe, charge))
    event["data"]["object"]["id"] = other.checkouts.get().session_id

    stripe.deliver([event])

    assert (sums(charge)[0], sums(other)[0], flags()) == (0, 0, [Flag.Kind.MISMATCH])


def test_a_page_that_is_filled_in_but_not_paid_settles_nothing(
    stripe: Stripe, charge: Charge
) -> None:
    session = stripe.pay(page(charge), later=True)
    stripe.deliver()
    assert (sums(charge), flags()) == ((0, 0, Charge.State.OPEN), [])

    stripe.books.answer_later(session["id"], succeeded=True)
    stripe.deliver()
    assert sums(charge) == (20_000, 0, Charge.State.PAID)


def test_messages_of_the_test_mode_mean_nothing_to_a_live_key(
    stripe: Stripe, charge: Charge, settings: Any
) -> None:
    event = paid_session(stripe, charge)
    settings.STRIPE_LIVE = True
    stripe.deliver([event])
    assert (sums(charge)[0], flags()) == (0, [Flag.Kind.MISMATCH])


def test_messages_of_the_live_mode_mean_nothing_to_a_test_key(
    stripe: Stripe, charge: Charge
) -> None:
    event = {**paid_session(stripe, charge), "livemode": True}
    stripe.deliver([event])
    assert (sums(charge)[0], flags()) == (0, [Flag.Kind.MISMATCH])


# --- PAY-8, PAY-14: too often, too late -------------------------------------------------------------


def test_a_second_payment_is_received_and_put_before_the_treasurer(
    stripe: Stripe, charge: Charge
) -> None:
    url = page(charge)
    ledger.record(
        charge,
        kind=PAID,
        method="bankgiro",
        amount=20_000,
        source="bank:1",
        happened_at=timezone.now(),
    )
    stripe.pay(url)
    stripe.deliver()
    assert (sums(charge)[0], flags()) == (40_000, [Flag.Kind.PAID_TWICE])


@pytest.mark.parametrize("turned", [False, True])
def test_money_that_comes_after_the_page_ran_out_is_booked_and_flagged(
    turned: bool, stripe: Stripe, charge: Charge
) -> None:
    event = paid_session(stripe, charge)
    gone = copy.deepcopy(event) | {"id": "evt_gone", "type": "checkout.session.expired"}
    gone["data"]["object"] |= {"status": "expired", "payment_status": "unpaid"}
    gone["data"]["object"]["payment_intent"] = None

    stripe.deliver([event, gone] if turned else [gone, event])

    assert (sums(charge)[0], flags()) == (20_000, [Flag.Kind.PAID_LATE])


def test_a_page_that_ran_out_lets_one_begin_again(stripe: Stripe, charge: Charge) -> None:
    url = page(charge)
    stripe.books.expire(url.rpartition("/")[2])
    stripe.deliver()
    assert page(charge) != url
    assert sums(charge)[2] == Charge.State.OPEN


def test_money_for_what_nobody_asks_for_any_more_is_received_and_flagged(
    stripe: Stripe, charge: Charge
) -> None:
    url = page(charge)
    charges.make_void(charge)
    stripe.pay(url)
    stripe.deliver()
    assert (sums(charge)[0], flags()) == (20_000, [Flag.Kind.PAID_LATE])


# --- PAY-9, PAY-10: when it goes wrong here ---------------------------------------------------------


def test_what_goes_wrong_keeps_the_message_and_asks_stripe_to_come_again(
    stripe: Stripe, charge: Charge, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = paid_session(stripe, charge)

    def fail(charge: Charge, **_more: Any) -> None:
        raise ZeroDivisionError

    charge_paid.connect(fail)
    try:
        assert post(event) == 500
    finally:
        charge_paid.disconnect(fail)
    kept = StripeEvent.objects.get()
    assert (kept.done_at, kept.attempts, kept.last_error) == (None, 1, "ZeroDivisionError")
    assert (sums(charge)[0], Payment.objects.count()) == (0, 0)

    assert post(event) == 200
    assert sums(charge)[0] == 20_000


def test_what_went_wrong_is_tried_again_by_the_clock(stripe: Stripe, charge: Charge) -> None:
    event = paid_session(stripe, charge)

    def fail(charge: Charge, **_more: Any) -> None:
        raise ZeroDivisionError

    charge_paid.connect(fail)
    post(event)
    charge_paid.disconnect(fail)

    assert (webhooks.process_waiting(), webhooks.process_waiting()) == (1, 0)
    assert sums(charge)[0] == 20_000


def test_no_name_and_no_address_is_kept_of_a_message(stripe: Stripe, charge: Charge) -> None:
    stripe.pay(page(charge))
    stripe.deliver()
    kept = json.dumps(list(StripeEvent.objects.values_list("facts", flat=True)))
    assert "kim@example.org" not in kept
    assert "Testsson" not in kept


# --- PAY-15: money the other way --------------------------------------------------------------------


def test_a_refund_told_before_its_payment_ends_refunded(stripe: Stripe, charge: Charge) -> None:
    session = stripe.pay(page(charge))
    stripe.books.refund({"payment_intent": session["payment_intent"]})
    assert set(stripe.deliver(stripe.waiting[::-1])) == {200}
    assert sums(charge) == (20_000, 20_000, Charge.State.REFUNDED)


def test_a_refund_that_failed_at_the_bank_is_taken_back_in_any_order(
    stripe: Stripe, charge: Charge
) -> None:
    session = stripe.pay(page(charge))
    refund = stripe.books.refund({"payment_intent": session["payment_intent"]})
    stripe.books.fail_refund(refund["id"])
    kinds = ("checkout.session.completed", "refund.created", "refund.updated", "refund.failed")
    for order in itertools.permutations([of(stripe.waiting, kind) for kind in kinds]):
        with transaction.atomic():
            stripe.deliver(order)
            webhooks.process_waiting()
            assert sums(charge) == (20_000, 0, Charge.State.PAID)
            transaction.set_rollback(True)


@pytest.mark.parametrize(("won", "left"), [(True, 0), (False, 20_000)])
def test_a_dispute_takes_the_money_and_gives_it_back_when_it_is_won(
    won: bool, left: int, stripe: Stripe, charge: Charge
) -> None:
    session = stripe.pay(page(charge))
    dispute = stripe.books.dispute(session["payment_intent"])
    stripe.deliver()
    assert (sums(charge)[:2], flags()) == ((20_000, 20_000), [Flag.Kind.DISPUTED])

    stripe.books.close_dispute(dispute["id"], won=won)
    stripe.deliver()

    assert (sums(charge)[1], flags()) == (left, [Flag.Kind.DISPUTED])


def test_a_question_from_the_bank_moves_no_money(stripe: Stripe, charge: Charge) -> None:
    session = stripe.pay(page(charge))
    stripe.books.dispute(session["payment_intent"])["status"] = "warning_needs_response"
    of(stripe.waiting, "charge.dispute.created")["data"]["object"]["status"] = (
        "warning_needs_response"
    )
    stripe.deliver()
    assert (sums(charge)[:2], flags()) == ((20_000, 0), [Flag.Kind.DISPUTED])


def test_a_refund_that_is_larger_than_its_payment_is_flagged(
    stripe: Stripe, charge: Charge
) -> None:
    session = stripe.pay(page(charge))
    stripe.books.refund({"payment_intent": session["payment_intent"]})
    of(stripe.waiting, "refund.created")["data"]["object"]["amount"] = 20_001
    stripe.deliver()
    assert (sums(charge)[1], flags()) == (0, [Flag.Kind.MISMATCH])


def test_what_has_no_payment_for_a_day_is_put_before_the_treasurer(
    stripe: Stripe, charge: Charge
) -> None:
    session = stripe.pay(page(charge))
    stripe.books.refund({"payment_intent": session["payment_intent"]})
    refund = of(stripe.waiting, "refund.created")
    assert stripe.deliver([refund]) == [200]
    webhooks.process_waiting()
    assert flags() == []
    StripeEvent.objects.update(received_at=timezone.now() - timedelta(days=1, minutes=1))

    webhooks.process_waiting()
    webhooks.process_waiting()

    assert flags() == [Flag.Kind.FAILED]


# --- another version of Stripe's words ------------------------------------------------------------


def test_a_message_of_another_version_is_applied_and_flagged_once(
    stripe: Stripe, charge: Charge
) -> None:
    event = paid_session(stripe, charge)
    old = [event | {"id": f"evt_{number}", "api_version": "2019-01-01"} for number in (1, 2)]
    assert stripe.deliver(old) == [200, 200]
    assert (sums(charge), flags()) == ((20_000, 0, "paid"), ["version"])


def test_the_version_that_we_speak_is_not_flagged(stripe: Stripe, charge: Charge) -> None:
    stripe.deliver([paid_session(stripe, charge)])
    assert flags() == []
