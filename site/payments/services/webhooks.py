"""Messages from Stripe: each kept once, and its facts applied once."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import stripe
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payments.models import Flag, Payout, StripeEvent
from payments.services import facts as apply
from payments.services import ledger, payouts
from payments.services.facts import Waits

logger = logging.getLogger(__name__)

FAILED = "checkout.session.async_payment_failed"
SESSIONS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    FAILED,
    "checkout.session.expired",
)
REFUNDS = ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated")
DISPUTES = (
    *("charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"),
    *("charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated"),
)
PAYOUT_FAILED = "payout.failed"
HANDLED = (*SESSIONS, *REFUNDS, *DISPUTES, "charge.refunded", "payout.paid", PAYOUT_FAILED)
# What still has no payment after this is a person's to look at.
PATIENCE = timedelta(days=1)


def receive(event: Mapping[str, Any]) -> bool:
    """Keep the message and apply what it says. True when it was new and is done.

    Raises what went wrong, with the message kept: whoever sent it shall send it again, and the
    clock tries too.
    """
    row = keep(event)
    return process(row.pk)


def keep(event: Mapping[str, Any]) -> StripeEvent:
    about = event["data"]["object"]
    StripeEvent.objects.bulk_create(
        [
            StripeEvent(
                event_id=event["id"],
                type=event["type"],
                created_at=datetime.fromtimestamp(event["created"], UTC),
                received_at=timezone.now(),
                # Of the message itself: an object like a refund does not say it.
                facts={
                    **apply.tidy(about),
                    "told_live": bool(event.get("livemode")),
                    "told_version": event.get("api_version"),
                },
            )
        ],
        ignore_conflicts=True,
    )
    return StripeEvent.objects.get(event_id=event["id"])


def process(number: int) -> bool:
    try:
        with transaction.atomic():
            return _process(StripeEvent.objects.select_for_update().get(pk=number))
    except Exception as wrong:
        # The name of what went wrong; its words may quote the message.
        StripeEvent.objects.filter(pk=number).update(
            attempts=F("attempts") + 1, last_error=type(wrong).__name__
        )
        raise


def _process(row: StripeEvent) -> bool:
    if row.done_at:
        return False
    try:
        # What was written before it found out that it must wait is taken back.
        with transaction.atomic():
            _apply(row)
    except Waits:
        return False
    row.done_at, row.last_error = timezone.now(), ""
    row.save(update_fields=["done_at", "last_error"])
    if row.type in SESSIONS:
        _wake(row)
    return True


def _apply(row: StripeEvent) -> None:
    if row.type not in HANDLED:
        return
    _look_at_version(row.facts.get("told_version"))
    if row.facts["told_live"] != settings.STRIPE_LIVE:
        ledger.flag(Flag.Kind.MISMATCH, about=f"mode:{row.event_id}", facts={"came": row.facts})
    elif row.type in SESSIONS:
        apply.apply_session(row.facts, failed=row.type == FAILED, at=row.created_at)
    elif row.type in REFUNDS:
        apply.apply_refund(row.facts)
    elif row.type in DISPUTES:
        apply.apply_dispute(row.facts)
    elif row.type == "charge.refunded":
        apply.apply_refunded_charge(row.facts)
    elif row.type == PAYOUT_FAILED:
        payouts.note_failure(row.facts["id"], row.facts.get("amount"), row.created_at)
    elif not Payout.objects.filter(payout_id=row.facts["id"]).exists():
        raise Waits("Stripe must be asked what the payout is made of")


def _look_at_version(told: str | None) -> None:
    """Money is never ignored, so the message is applied all the same: what must match is compared
    field by field. But somebody shall look at how the endpoint at Stripe is set up."""
    if told and told != stripe.api_version:
        facts = {"came": told, "expected": stripe.api_version}
        ledger.flag(Flag.Kind.VERSION, about=f"version:{told}"[:120], facts=facts)


def _wake(session: StripeEvent) -> None:
    """What came before its payment can be applied now."""
    intent = session.facts.get("payment_intent")
    if not intent:
        return
    waiting = StripeEvent.objects.filter(done_at=None, facts__payment_intent=intent)
    for row in waiting.exclude(pk=session.pk).select_for_update(skip_locked=True).order_by("pk"):
        try:
            with transaction.atomic():
                _process(row)
        except Exception:  # the payment is not to blame for it; the clock tries again
            logger.exception("message %s could not be applied", row.event_id)


def process_waiting() -> int:
    """Try again what failed or waits. What nobody can place is put before the treasurer."""
    done = 0
    for row in StripeEvent.objects.filter(done_at=None).order_by("pk"):
        try:
            done += process(row.pk)
        except Exception:  # the outermost place of one message; the next shall have its turn
            logger.warning("message %s could not be applied", row.event_id)
        _give_up_on(row.pk)
    return done


def _give_up_on(number: int) -> None:
    old = StripeEvent.objects.filter(
        pk=number, done_at=None, received_at__lt=timezone.now() - PATIENCE
    ).first()
    if old:
        ledger.flag(
            Flag.Kind.FAILED,
            about=f"event:{old.event_id}",
            facts={"type": old.type, "error": old.last_error, "came": old.facts},
        )
