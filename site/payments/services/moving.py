"""What was paid too much: made a gift, or moved to another fee. No money leaves the house."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from payments.models import Charge, Payment
from payments.services import ledger
from payments.services.charges import ask_for
from payments.services.refunds import left_of, name_of

Kind, Method = Payment.Kind, Payment.Method


class NothingOver(Exception):
    """Not more came than was asked for, or the other fee waits for nothing."""


def over(charge: Charge) -> int:
    """Öre that came and were not asked for."""
    return max(-charge.left, 0) if charge.received else 0


@transaction.atomic
def to_gift(charge: Charge, *, by: Any) -> Charge:
    """A gift from the same payer. Raises NothingOver."""
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    amount, today = over(charge), timezone.localdate()
    if not amount:
        raise NothingOver
    gift = ask_for(
        Charge.Kind.GIFT,
        amount=amount,
        year=today.year,
        due_on=today,
        name=charge.payer_name,
        email=charge.payer_email,
    )
    _move(charge, gift, amount, by)
    return gift


@transaction.atomic
def to_charge(charge: Charge, other: Charge, *, by: Any) -> int:
    """As much as is over and the other waits for. Returns the öre. Raises NothingOver."""
    rows = Charge.objects.select_for_update().filter(pk__in=[charge.pk, other.pk]).order_by("pk")
    both = {row.pk: row for row in rows}
    charge, other = both[charge.pk], both[other.pk]
    amount = min(over(charge), other.left) if other.state == other.State.OPEN else 0
    if amount <= 0:
        raise NothingOver
    _move(charge, other, amount, by)
    return amount


def _move(charge: Charge, other: Charge, amount: int, by: Any) -> None:
    """From the latest payment first, so that what is moved cannot be given back too."""
    for payment, left in left_of(charge):
        part = min(left, amount)
        if part:
            deed = f"move:{uuid.uuid4()}"
            _write(charge, -part, f"{deed}:out", name_of(payment), by)
            _write(other, part, f"{deed}:in", charge.title, by)
            amount -= part


def _write(charge: Charge, amount: int, source: str, note: str, by: Any) -> None:
    ledger.record(
        charge,
        kind=Kind.MOVED,
        method=Method.MOVED,
        amount=amount,
        source=source,
        happened_at=timezone.now(),
        by=by,
        note=note,
    )


@transaction.atomic
def undo(payment: Payment, *, by: Any) -> None:
    """Both halves. Raises NothingToUndo."""
    deed = payment.source.rpartition(":")[0]
    halves = Payment.objects.filter(source__in=[f"{deed}:out", f"{deed}:in"])
    for half in halves.order_by("charge"):
        ledger.undo(half, by=by)
