"""What Stripe pays to the bank, explained by its lines to the öre."""

from datetime import UTC, datetime
from typing import Any

import stripe
from django.db import transaction
from django.utils import timezone

from payments.models import Flag, Payment, Payout, PayoutLine
from payments.services import ledger
from payments.stripe_api import asking


def note(payout_id: str) -> Payout:
    """Fetch the payout and its lines, once. Raises StripeAway."""
    known = Payout.objects.filter(payout_id=payout_id).first()
    if known:
        return known
    with asking() as client:
        told = client.v1.payouts.retrieve(payout_id)
        lines = list(
            client.v1.balance_transactions.list(
                {"payout": payout_id, "expand": ["data.source"], "limit": 100}
            ).auto_paging_iter()
        )
    return _write(told, [line for line in lines if line.type != "payout"])


@transaction.atomic
def _write(told: stripe.Payout, lines: list[stripe.BalanceTransaction]) -> Payout:
    payout, is_new = Payout.objects.get_or_create(
        payout_id=told.id,
        defaults={
            "arrives_on": datetime.fromtimestamp(told.arrival_date, UTC).date(),
            "amount": told.amount,
            "noted_at": timezone.now(),
            "failed_on": timezone.localdate() if told.status == "failed" else None,
        },
    )
    if is_new:
        PayoutLine.objects.bulk_create([_line(payout, line) for line in lines])
        if sum(line.net for line in lines) != told.amount or told.currency != "sek":
            ledger.flag(
                Flag.Kind.MISMATCH,
                about=f"payout:{told.id}",
                facts={"amount": told.amount, "lines": sum(line.net for line in lines)},
            )
    return payout


def note_failure(payout_id: str, amount: int | None, at: datetime) -> None:
    """The bank sent it back: the money is at Stripe again, and comes with a later payout. In the
    caller's transaction."""
    ledger.flag(
        Flag.Kind.PAYOUT_FAILED, about=f"payout failed:{payout_id}", facts={"amount": amount}
    )
    Payout.objects.filter(payout_id=payout_id, failed_on=None).update(
        failed_on=timezone.localdate(at)
    )


def _line(payout: Payout, line: stripe.BalanceTransaction) -> PayoutLine:
    return PayoutLine(
        payout=payout,
        transaction_id=line.id,
        kind=line.type,
        amount=line.amount,
        fee=line.fee,
        payment=_payment(line.source),
    )


def _payment(source: Any) -> Payment | None:
    """The line of our ledger that it is about."""
    if source is None or isinstance(source, str):
        name = source
    else:
        name = source.payment_intent if source.object == "charge" else source.id
    return Payment.objects.filter(source=f"stripe:{name}").first()
