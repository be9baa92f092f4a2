"""Giving money back: through Stripe what came through Stripe, the rest by hand and noted here."""

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from payments.models import Charge, Payment
from payments.services import facts, ledger
from payments.stripe_api import StripeAway, StripeRefused, asking

__all__ = ["GivenMeanwhile", "StripeAway", "StripeRefused", "TooMuch", "can_give_back", "give_back"]

STRIPE = (Payment.Method.CARD, Payment.Method.SWISH_STRIPE)


class TooMuch(Exception):
    """Not so much has come that is still here."""


class GivenMeanwhile(Exception):
    """Something was given back since the page was shown: look again."""


def can_give_back(charge: Charge) -> int:
    """Öre that came and are still here."""
    return sum(left for _payment, left in left_of(charge))


def give_back(charge: Charge, amount: int, *, by: Any, seen: int | None = None) -> Charge:
    """Give back so many öre, the latest payment first. Not to be called inside a transaction.

    `seen` is what the page said had been given back, so that a button pressed twice acts once.
    Raises TooMuch, GivenMeanwhile, and StripeAway: then press again, nothing is paid twice.
    """
    charge = Charge.objects.get(pk=charge.pk)
    if seen is not None and seen != charge.returned:
        raise GivenMeanwhile
    if not 0 < amount <= can_give_back(charge):
        raise TooMuch
    for payment, left in left_of(charge):
        part = min(left, amount)
        if part:
            give = _through_stripe if payment.method in STRIPE else _by_hand
            give(payment, part, by)
            amount -= part
    charge.refresh_from_db()
    return charge


def left_of(charge: Charge) -> list[tuple[Payment, int]]:
    """Each payment and what is left of it, the latest first."""
    paid = charge.payments.filter(kind=Payment.Kind.PAID, undone_by=None).order_by("-pk")
    return [(payment, payment.amount - _gone(payment)) for payment in paid]


def _gone(payment: Payment) -> int:
    """What has left again; the note of such a line names the payment."""
    kinds = (*Payment.OUT, Payment.Kind.DISPUTE_WON, Payment.Kind.MOVED)
    lines = Payment.objects.filter(charge=payment.charge_id, undone_by=None, kind__in=kinds)
    return -(lines.filter(note=name_of(payment)).aggregate(sum=Sum("amount"))["sum"] or 0)


def name_of(payment: Payment) -> str:
    if payment.method in STRIPE:
        return payment.source.removeprefix("stripe:")
    return f"Betalning {payment.pk}"


def _place(payment: Payment) -> int:
    """Where in the charge's ledger we are: the same until something has happened, and never again.

    What is left would come back when a refund fails or is undone, and with it the old refund.
    """
    return Payment.objects.filter(charge=payment.charge_id).count()


def _through_stripe(payment: Payment, part: int, by: Any) -> None:
    # Pressed again after a call that hung, it is the same key and the same refund.
    key: Any = {"idempotency_key": f"refund-{payment.pk}-{_place(payment)}-{part}"}
    told: Any = {
        "payment_intent": name_of(payment),
        "amount": part,
        "metadata": {"charge": str(payment.charge.reference)},
    }
    with asking() as client:
        refund = client.v1.refunds.create(told, key)
    with transaction.atomic():
        facts.apply_refund(facts.tidy(refund.to_dict()), timezone.now(), by)


def _by_hand(payment: Payment, part: int, by: Any) -> None:
    ledger.record(
        payment.charge,
        kind=Payment.Kind.REFUNDED,
        method=payment.method,
        amount=-part,
        source=f"back:{payment.pk}:{_place(payment)}",
        happened_at=timezone.now(),
        by=by,
        note=name_of(payment),
    )
