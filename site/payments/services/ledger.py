"""The ledger: the one place where lines about money are written."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from payments.models import BooksClosed, Charge, Flag, Payment
from payments.signals import charge_paid, charge_paid_again, charge_unpaid

Kind = Payment.Kind


class BooksAreClosed(Exception):
    """The day is in a period that the treasurer has closed."""


class NothingToUndo(Exception):
    """The line was undone already, or is itself an undoing."""


@transaction.atomic
def record(
    charge: Charge,
    *,
    kind: str,
    method: str,
    amount: int,
    source: str,
    happened_at: datetime,
    by: Any = None,
    note: str = "",
) -> Payment | None:
    """Write that this happened to the charge, once. `amount` in öre, negative for what leaves.

    Returns None when the same `source` is written already: nothing happens twice. Books of a closed
    period are not touched: what comes late is booked on the first open day.
    """
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    if Payment.objects.filter(source=source).exists():
        return None
    was_settled = charge.is_settled
    payment = Payment.objects.create(
        charge=charge,
        kind=kind,
        method=method,
        amount=amount,
        source=source,
        happened_at=happened_at,
        booked_on=open_day(happened_at),
        noted_by=by,
        note=note,
    )
    _sum_up(charge)
    _tell(charge, payment, was_settled=was_settled)
    return payment


@transaction.atomic
def undo(payment: Payment, *, by: Any) -> Payment:
    """Answer a line that was wrong with one the other way. Raises NothingToUndo."""
    charge = Charge.objects.select_for_update().get(pk=payment.charge_id)
    if payment.kind == Kind.UNDONE or Payment.objects.filter(undoes=payment).exists():
        raise NothingToUndo
    was_settled, now = charge.is_settled, timezone.now()
    answer = Payment.objects.create(
        charge=charge,
        kind=Kind.UNDONE,
        method=payment.method,
        amount=-payment.amount,
        undoes=payment,
        source=f"undo:{payment.pk}",
        happened_at=now,
        booked_on=open_day(now),
        noted_by=by,
    )
    _sum_up(charge)
    _tell(charge, answer, was_settled=was_settled)
    return answer


def _sum_up(charge: Charge) -> None:
    """The sums on the charge are the sums of its ledger, whatever order its lines came in."""
    left = Q(kind__in=Payment.OUT) | Q(kind=Kind.DISPUTE_WON) | Q(undoes__kind__in=Payment.OUT)
    sums = Payment.objects.filter(charge=charge).aggregate(
        all=Coalesce(Sum("amount"), 0), left=Coalesce(Sum("amount", filter=left), 0)
    )
    charge.returned, charge.received = -sums["left"], sums["all"] - sums["left"]
    if charge.is_settled and charge.paid_at is None:
        charge.paid_at = timezone.now()
    charge.save(update_fields=["returned", "received", "paid_at"])


def _tell(charge: Charge, payment: Payment, *, was_settled: bool) -> None:
    if charge.is_settled and not was_settled:
        charge_paid.send(Charge, charge=charge)
    elif was_settled and not charge.is_settled:
        charge_unpaid.send(Charge, charge=charge)
    elif was_settled and payment.amount > 0 and payment.kind == Kind.PAID:
        flag(
            Flag.Kind.PAID_TWICE,
            about=f"again:{payment.pk}",
            charge=charge,
            facts={"amount": payment.amount, "method": payment.method},
        )
        charge_paid_again.send(Charge, charge=charge, payment=payment)


def flag(kind: str, *, about: str, charge: Charge | None = None, facts: Any = None) -> Flag:
    """Put something before the treasurer. The same thing twice is one flag."""
    found, _ = Flag.objects.get_or_create(
        about=about,
        defaults={
            "kind": kind,
            "charge": charge,
            "facts": facts or {},
            "raised_at": timezone.now(),
        },
    )
    return found


def open_day(happened_at: datetime) -> Any:
    """The day to book on: its own, or when its books are closed today, if today is open."""
    day = timezone.localdate(happened_at)
    closed = closed_to()
    if closed is None or day > closed:
        return day
    return max(timezone.localdate(), closed + timedelta(days=1))


def closed_to() -> Any:
    return BooksClosed.objects.order_by("-pk").values_list("to_day", flat=True).first()
