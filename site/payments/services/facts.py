"""What Stripe says about an object, as lines in the ledger.

A fact is a plain dict: the few fields of Stripe's object that we need, and nothing about who paid.
Each is applied by itself, in any order and any number of times, and gives the same sums: what is
written is named by the id of the object at Stripe. A fact whose payment is not known yet waits.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from payments.models import Charge, Checkout, Flag, Payment, StripeEvent
from payments.services import ledger

Facts = Mapping[str, Any]
Kind = Payment.Kind

CURRENCY = "sek"
KEPT = (
    *("id", "object", "amount", "amount_total", "amount_refunded", "currency", "status", "mode"),
    *("payment_status", "client_reference_id", "payment_intent", "charge", "livemode", "created"),
)
METHODS = {
    Checkout.Method.CARD: Payment.Method.CARD,
    Checkout.Method.SWISH: Payment.Method.SWISH_STRIPE,
}
GONE = ("failed", "canceled")


class Waits(Exception):
    """It cannot be applied yet: its payment has not come, or Stripe must be asked for more."""


def tidy(stripe_object: Facts) -> dict[str, Any]:
    """What we keep of Stripe's object: no name, no address, no card."""
    kept = {name: stripe_object[name] for name in KEPT if stripe_object.get(name) is not None}
    for name in ("payment_intent", "charge"):
        if isinstance(kept.get(name), Mapping):  # Stripe was asked for the whole object
            kept[name] = kept[name]["id"]
    if refunds := (stripe_object.get("refunds") or {}).get("data"):
        kept["refunds"] = [tidy(refund) for refund in refunds]
    return kept


def apply_session(facts: Facts, *, failed: bool = False, at: datetime | None = None) -> None:
    """A page to pay on: paid, left, or failed. In the caller's transaction."""
    checkout = Checkout.objects.filter(session_id=facts["id"]).first()
    if checkout is None or not _fits(checkout, facts):
        _mismatch(checkout, facts)
        return
    # The charge first, so that all who write about it wait in the same line.
    charge = Charge.objects.select_for_update().get(pk=checkout.charge_id)
    checkout = Checkout.objects.select_for_update().get(pk=checkout.pk)
    if facts.get("payment_status") == "paid":
        _settle(charge, checkout, facts["payment_intent"], at)
    elif failed or facts.get("status") == "expired":
        _close_without_money(checkout)
    elif facts.get("payment_intent"):
        checkout.payment_intent = facts["payment_intent"]  # the money is on its way
        checkout.save(update_fields=["payment_intent"])


def _fits(checkout: Checkout, facts: Facts) -> bool:
    return (
        facts.get("client_reference_id") == str(checkout.charge.reference)
        and facts.get("amount_total") == checkout.amount
        and facts.get("currency") == CURRENCY
        and facts.get("mode") == "payment"
        and bool(facts.get("livemode")) == settings.STRIPE_LIVE
        and _fits_intent(checkout, facts)
    )


def _fits_intent(checkout: Checkout, facts: Facts) -> bool:
    """A page has one payment, and money has one for certain."""
    intent = facts.get("payment_intent")
    if intent is None:
        return facts.get("payment_status") != "paid"
    return checkout.payment_intent in (None, intent)


def _mismatch(checkout: Checkout | None, facts: Facts) -> None:
    expected = {"amount_total": checkout.amount, "currency": CURRENCY} if checkout else {}
    ledger.flag(
        Flag.Kind.MISMATCH,
        about=f"mismatch:{facts['id']}",
        charge=checkout.charge if checkout else None,
        facts={"came": dict(facts), "expected": expected},
    )


def _settle(charge: Charge, checkout: Checkout, intent: str, at: datetime | None) -> None:
    was_closed, was_void = checkout.closed_at is not None, charge.voided_at is not None
    checkout.payment_intent = intent
    checkout.closed_at = checkout.closed_at or timezone.now()
    checkout.save(update_fields=["payment_intent", "closed_at"])
    line = ledger.record(
        charge,
        kind=Kind.PAID,
        method=METHODS[Checkout.Method(checkout.method)],
        amount=checkout.amount,
        source=f"stripe:{intent}",
        happened_at=at or timezone.now(),
    )
    if line and (was_closed or was_void):
        _flag_late(checkout)


def _close_without_money(checkout: Checkout) -> None:
    """Also told after the money has come: then somebody paid a page that had run out."""
    if _payment(checkout.payment_intent):
        _flag_late(checkout)
    elif checkout.closed_at is None:
        checkout.closed_at = timezone.now()
        checkout.save(update_fields=["closed_at"])


def _flag_late(checkout: Checkout) -> None:
    ledger.flag(Flag.Kind.PAID_LATE, about=f"late:{checkout.session_id}", charge=checkout.charge)


def _payment(intent: str | None) -> Payment | None:
    return Payment.objects.filter(source=f"stripe:{intent}").first() if intent else None


def _paid_for(facts: Facts) -> tuple[Payment, Checkout]:
    """The payment that it is about, with its charge locked. Raises Waits."""
    intent = facts.get("payment_intent")
    payment = _payment(intent)
    if payment is None:
        raise Waits(f"no payment {intent}")
    Charge.objects.select_for_update().get(pk=payment.charge_id)
    checkout = Checkout.objects.get(payment_intent=intent)
    stripe_charge = facts["id"] if facts.get("object") == "charge" else facts.get("charge")
    if stripe_charge and checkout.stripe_charge is None:
        checkout.stripe_charge = stripe_charge
        checkout.save(update_fields=["stripe_charge"])
    return payment, checkout


def _fits_payment(facts: Facts, payment: Payment) -> bool:
    """Of the same kind of money, and not more than came. What Stripe does not say is not held
    against it: a refund has no livemode."""
    fits = (
        facts.get("currency") == CURRENCY
        and 0 < facts.get("amount", 0) <= payment.amount
        and bool(facts.get("livemode", settings.STRIPE_LIVE)) == settings.STRIPE_LIVE
    )
    if not fits:
        ledger.flag(
            Flag.Kind.MISMATCH,
            about=f"mismatch:{facts['id']}",
            charge=payment.charge,
            facts={"came": dict(facts), "expected": {"amount": payment.amount}},
        )
    return fits


def apply_refund(facts: Facts, at: datetime | None = None, by: Any = None) -> None:
    """Raises Waits until its payment is known."""
    payment, _checkout = _paid_for(facts)
    if not _fits_payment(facts, payment):
        return
    line = Payment.objects.filter(source=f"stripe:{facts['id']}").first()
    if facts.get("status") in GONE:
        if line and not Payment.objects.filter(undoes=line).exists():
            ledger.undo(line, by=None)
        return
    if facts.get("status") == "requires_action" or _has_failed(facts["id"]):
        return
    ledger.record(
        payment.charge,
        kind=Kind.REFUNDED,
        method=payment.method,
        amount=-facts["amount"],
        source=f"stripe:{facts['id']}",
        happened_at=at or _when(facts),
        by=by,
        note=facts["payment_intent"],
    )


def _has_failed(refund: str) -> bool:
    """A later message said so already; this one is older."""
    return StripeEvent.objects.filter(facts__id=refund, facts__status__in=GONE).exists()


def apply_refunded_charge(facts: Facts) -> None:
    """Stripe's charge says how much of it was given back, not always by which refunds.

    Raises Waits while the ledger knows of less: the clock asks for the refunds.
    """
    payment, _checkout = _paid_for(facts)
    for refund in facts.get("refunds", []):
        apply_refund({**refund, "payment_intent": facts["payment_intent"]})
    given = [
        -line.amount
        for line in payment.charge.payments.filter(kind=Kind.REFUNDED, note=facts["payment_intent"])
    ]
    if sum(given) < facts.get("amount_refunded", 0):
        raise Waits("its refunds are not known")


def apply_dispute(facts: Facts, at: datetime | None = None) -> None:
    """The payer's bank takes the money back, and may give it back again. Raises Waits."""
    payment, _checkout = _paid_for(facts)
    if not _fits_payment(facts, payment):
        return
    dispute = facts["id"]
    ledger.flag(Flag.Kind.DISPUTED, about=f"dispute:{dispute}", charge=payment.charge)
    if str(facts.get("status")).startswith("warning"):
        return  # a question only; no money has moved
    _move(payment, Kind.DISPUTED, -facts["amount"], dispute, at or _when(facts))
    if facts.get("status") == "won":
        name = f"{dispute}:won"
        _move(payment, Kind.DISPUTE_WON, facts["amount"], name, at or _when(facts))


def _move(payment: Payment, kind: str, amount: int, name: str, at: datetime) -> None:
    ledger.record(
        payment.charge,
        kind=kind,
        method=payment.method,
        amount=amount,
        source=f"stripe:{name}",
        happened_at=at,
        note=payment.source.removeprefix("stripe:"),
    )


def _when(facts: Facts) -> datetime:
    created = facts.get("created")
    return datetime.fromtimestamp(created, UTC) if created else timezone.now()
