"""Which charge a deposit belongs to: at once when there is no doubt, else by the treasurer."""

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from payments.models import BankFile, BankRow, Charge, Flag, Payment, PaymentSettings
from payments.ocr import number_of
from payments.services import ledger, moving
from payments.services.charges import ask_for
from payments.services.guessing import ocr_in
from privacy.models import AccessLog
from privacy.services import note_access

ABOUT = "payments.BankRow"
Method = Payment.Method


class SomebodyWasFaster(Exception):
    """The row is paired, put aside, or waits again, since the page was shown."""


class GivenBack(Exception):
    """Some of the money has been given back: that is undone first."""


def to_pair() -> QuerySet[BankRow]:
    rows = BankRow.objects.filter(payment__isnull=True, put_aside_at__isnull=True)
    return rows.order_by("booked_on", "pk")


def put_aside_rows() -> QuerySet[BankRow]:
    rows = BankRow.objects.filter(payment__isnull=True, put_aside_at__isnull=False)
    return rows.order_by("-put_aside_at", "pk")


def latest(most: int) -> list[BankRow]:
    """The pairings made last, by whom, newest first."""
    rows = BankRow.objects.filter(payment__isnull=False)
    return list(
        rows.select_related("payment__charge", "payment__noted_by").order_by("-payment")[:most]
    )


def pair_at_once(file: BankFile, *, by: Any) -> int:
    """The rows of a file whose reference is right and whose amount is what is left to pay."""
    named = {
        row: number
        for row in to_pair().filter(file=file).select_related("file")
        if (number := _number(row))
    }
    charges = Charge.objects.waiting().filter(number__in=set(named.values()))
    by_number = {charge.number: charge for charge in charges}
    done = 0
    for row, number in named.items():
        charge = by_number.get(number)
        if charge and charge.left == row.amount:
            _book(row, charge, by=by, is_new=True)
            # The next row with the same reference is a second payment, for a person to look at.
            del by_number[number]
            done += 1
    return done


def _number(row: BankRow) -> int | None:
    reference = ocr_in(row)
    return number_of(reference) if reference else None


@transaction.atomic
def pair(row: BankRow, charge: Charge, *, by: Any) -> Payment:
    """Raises SomebodyWasFaster."""
    row = _locked(row)
    payment = _book(row, charge, by=by)
    _log(by, charge.title, "parade ihop")
    return payment


def _book(row: BankRow, charge: Charge, *, by: Any, is_new: bool = False) -> Payment:
    """`is_new`: never paired before, and the amount is what is left."""
    earlier = 0
    if not is_new:
        earlier = Payment.objects.filter(source__startswith=f"bank:{row.pk}:").count()
    payment = ledger.record(
        charge,
        kind=Payment.Kind.PAID,
        method=_method(row),
        amount=row.amount,
        source=f"bank:{row.pk}:{earlier + 1}",
        happened_at=noon(row.booked_on),
        by=by,
    )
    if payment is None:
        raise SomebodyWasFaster
    row.payment, row.put_aside_at = payment, None
    row.save(update_fields=["payment", "put_aside_at"])
    if not is_new:
        look_at_sum(charge, payment)
    return payment


def look_at_sum(charge: Charge, payment: Payment) -> None:
    """Too much or too little is put before the treasurer, or too much is a gift as the board has
    chosen. Paid twice has been told already."""
    charge.refresh_from_db()
    if charge.left == 0 or Flag.objects.filter(about=f"again:{payment.pk}").exists():
        return
    if charge.left < 0 and PaymentSettings.load().surplus_is_gift:
        moving.to_gift(charge, by=payment.noted_by)
        return
    kind = Flag.Kind.TOO_LITTLE if charge.left > 0 else Flag.Kind.TOO_MUCH
    facts = {"amount": payment.amount, "left": charge.left}
    ledger.flag(kind, about=f"sum:{payment.pk}", charge=charge, facts=facts)


def noon(day: Any) -> datetime:
    """Something that happened that day, in whatever zone it is read."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _method(row: BankRow) -> str:
    if row.is_swish:
        return Method.SWISH
    return Method.BANKGIRO if row.file.kind == BankFile.Kind.CAMT else Method.BANK


@transaction.atomic
def unpair(row: BankRow, *, by: Any) -> None:
    """The line is answered in the ledger and the row waits again. Raises SomebodyWasFaster,
    GivenBack."""
    row = BankRow.objects.select_for_update().get(pk=row.pk)
    if row.payment is None:
        raise SomebodyWasFaster
    payment = row.payment
    refuse_if_given_back(payment)
    ledger.undo(payment, by=by)
    settle_flags(payment, by=by)
    row.payment = None
    row.save(update_fields=["payment"])
    _log(by, payment.charge.title, "ångrade parning")


def refuse_if_given_back(payment: Payment) -> None:
    """What came cannot be undone while more than the rest of it has left. Raises GivenBack."""
    charge = Charge.objects.select_for_update().get(pk=payment.charge_id)
    came = payment.kind in (Payment.Kind.PAID, Payment.Kind.WAIVED)
    if came and charge.returned > max(charge.received - payment.amount, 0):
        raise GivenBack


def settle_flags(payment: Payment, *, by: Any) -> None:
    """What an undone line gave cause to look at is no cause any more."""
    about = [f"sum:{payment.pk}", f"again:{payment.pk}"]
    Flag.objects.filter(about__in=about, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by, note="Ångrad"
    )


@transaction.atomic
def take_as_gift(row: BankRow, *, by: Any) -> Charge:
    """Money that nobody was asked for. Raises SomebodyWasFaster."""
    row = _locked(row)
    charge = ask_for(
        Charge.Kind.GIFT,
        amount=row.amount,
        year=row.booked_on.year,
        due_on=row.booked_on,
        name=row.payer,
    )
    _book(row, charge, by=by)
    _log(by, charge.title, "ny gåva")
    return charge


@transaction.atomic
def put_aside(row: BankRow, *, by: Any) -> None:
    """Not for these books, such as a grant. Raises SomebodyWasFaster."""
    row = _locked(row)
    row.put_aside_at = timezone.now()
    row.save(update_fields=["put_aside_at"])
    _log(by, str(row.pk), "lade åt sidan")


@transaction.atomic
def take_up(row: BankRow, *, by: Any) -> None:
    """It waits again. Raises SomebodyWasFaster."""
    rows = BankRow.objects.filter(pk=row.pk, payment=None).exclude(put_aside_at=None)
    if not rows.update(put_aside_at=None):
        raise SomebodyWasFaster
    _log(by, str(row.pk), "tog fram igen")


def _locked(row: BankRow) -> BankRow:
    still = Q(payment__isnull=True, put_aside_at__isnull=True)
    found = BankRow.objects.select_for_update().filter(still, pk=row.pk).first()
    if found is None:
        raise SomebodyWasFaster
    return found


def _log(by: Any, reference: str, reason: str) -> None:
    note_access(by, action=AccessLog.Action.CHANGE, about=ABOUT, reference=reference, reason=reason)
