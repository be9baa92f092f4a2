"""What the treasurer writes by hand: cash, a fee that is let go, money given back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from payments.models import BankRow, Charge, Flag, Payment
from payments.services import charges, ledger, matching, moving
from payments.services.matching import look_at_sum, noon
from privacy.models import AccessLog
from privacy.services import note_access

ABOUT = "payments.Charge"
Kind, Method = Payment.Kind, Payment.Method
# Told by Stripe: what happened there is not undone by a line here.
AT_STRIPE = (Method.CARD, Method.SWISH_STRIPE)


class NothingLeft(Exception):
    """There is nothing to let go."""


class NotByHand(Exception):
    """Stripe told it. Money is given back there."""


@transaction.atomic
def receive(
    charge: Charge, *, amount: int, method: str, day: date, note: str, by: Any, key: UUID
) -> Payment | None:
    """Money that came. The same `key` twice is one line: a button that was pressed twice."""
    payment = ledger.record(
        charge,
        kind=Kind.PAID,
        method=method,
        amount=amount,
        source=f"hand:{key}",
        happened_at=noon(day),
        by=by,
        note=note,
    )
    if payment:
        look_at_sum(charge, payment)
        _log(by, charge, "lade in betalning")
    return payment


@transaction.atomic
def waive(charge: Charge, *, day: date, note: str, by: Any, key: UUID) -> Payment | None:
    """The board lets go of what is left. Raises NothingLeft."""
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    if Payment.objects.filter(source=f"hand:{key}").exists():
        return None
    if charge.left <= 0 or charge.voided_at:
        raise NothingLeft
    payment = ledger.record(
        charge,
        kind=Kind.WAIVED,
        method=Method.NONE,
        amount=charge.left,
        source=f"hand:{key}",
        happened_at=noon(day),
        by=by,
        note=note,
    )
    _log(by, charge, "efterskänkte")
    return payment


@transaction.atomic
def make_void(charge: Charge, *, by: Any) -> None:
    """Raises AlreadyPaid."""
    charges.make_void(charge)
    _log(by, charge, "makulerade")


@transaction.atomic
def give_over(charge: Charge, *, by: Any) -> Charge:
    """What is too much becomes a gift. Raises NothingOver."""
    gift = moving.to_gift(charge, by=by)
    _settle_too_much(charge, by)
    _log(by, charge, "gjorde överskott till gåva")
    return gift


@transaction.atomic
def move_over(charge: Charge, other: Charge, *, by: Any) -> int:
    """What is too much pays another fee. Raises NothingOver."""
    amount = moving.to_charge(charge, other, by=by)
    _settle_too_much(charge, by)
    _log(by, charge, f"flyttade överskott till {other.title}")
    return amount


def _settle_too_much(charge: Charge, by: Any) -> None:
    kinds = [Flag.Kind.TOO_MUCH, Flag.Kind.PAID_TWICE]
    charge.refresh_from_db()
    if charge.left >= 0:
        charge.flags.filter(kind__in=kinds, settled_at=None).update(
            settled_at=timezone.now(), settled_by=by, note="Flyttat"
        )


@transaction.atomic
def undo(payment: Payment, *, by: Any) -> None:
    """Raises NothingToUndo, NotByHand, GivenBack; SomebodyWasFaster for a row of the bank."""
    if not can_undo(payment):
        raise NotByHand
    if row := BankRow.objects.filter(payment=payment).first():
        matching.unpair(row, by=by)
        return
    if payment.kind == Kind.MOVED:
        moving.undo(payment, by=by)
    else:
        matching.refuse_if_given_back(payment)
        ledger.undo(payment, by=by)
    matching.settle_flags(payment, by=by)
    _log(by, payment.charge, "ångrade rad")


def can_undo(payment: Payment) -> bool:
    return payment.method not in AT_STRIPE and payment.kind != Kind.UNDONE


def _log(by: Any, charge: Charge, reason: str) -> None:
    action = AccessLog.Action.CHANGE
    note_access(by, action=action, about=ABOUT, reference=charge.title, reason=reason)
