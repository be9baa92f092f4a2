"""The ledger as vouchers of double entry, in files of which each line is in one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from mail.models import Association
from payments import sie
from payments.models import Account, BooksClosed, Charge, Payment, Payout, SieBatch, SieLine
from payments.sie import Voucher
from privacy.models import AccessLog
from privacy.services import note_access

Use, Kind, Method = Account.Use, Payment.Kind, Payment.Method
ABOUT = "payments.SieBatch"
CAME_TO = {
    Method.CARD: Use.STRIPE,
    Method.SWISH_STRIPE: Use.STRIPE,
    Method.BANKGIRO: Use.BANK,
    Method.SWISH: Use.BANK,
    Method.BANK: Use.BANK,
    Method.CASH: Use.CASH,
}
INCOME = {
    Charge.Kind.FEE: Use.FEE,
    Charge.Kind.SUPPORT: Use.SUPPORT,
    Charge.Kind.TAKING_PART: Use.TAKING_PART,
    Charge.Kind.GIFT: Use.GIFT,
}


class NothingToBook(Exception):
    """Every line of the period is in a file already, or there is none."""


@dataclass(frozen=True)
class Booked:
    """How one line of the ledger is booked: öre for each use, debit above zero."""

    payment: Payment
    parts: tuple[tuple[str, int], ...]


def moves_money(lines: QuerySet[Payment]) -> QuerySet[Payment]:
    """What is let go never was money, and undoing it is none either."""
    waived = Q(kind=Kind.WAIVED) | Q(undoes__kind=Kind.WAIVED)
    return lines.exclude(waived).exclude(method=Method.NONE)


def book(lines: Iterable[Payment]) -> list[Booked]:
    """Each line by itself; what of it is the union's depends on what came before it."""
    wanted = {line.pk: line for line in lines}
    charges = {line.charge_id for line in wanted.values()}
    of_charge: dict[int, list[Payment]] = defaultdict(list)
    every = moves_money(Payment.objects.filter(charge__in=charges)).select_related("charge")
    for line in every.order_by("pk"):
        of_charge[line.charge_id].append(line)
    done = [one for some in of_charge.values() for one in _book_charge(some)]
    chosen = [one for one in done if one.payment.pk in wanted]
    return sorted(chosen, key=lambda one: (one.payment.booked_on, one.payment.pk))


def _book_charge(lines: list[Payment]) -> list[Booked]:
    """The parts of the lines always add up to the parts of what is there after them."""
    found, before = [], 0
    for line in lines:
        after = before + line.amount
        was, now = _split(line.charge, before), _split(line.charge, after)
        union, own, surplus = (new - old for old, new in zip(was, now, strict=True))
        early = line.booked_on.year < line.charge.year
        income = Use.IN_ADVANCE if early else INCOME[Charge.Kind(line.charge.kind)]
        parts: dict[str, int] = defaultdict(int)
        parts[CAME_TO[Method(line.method)]] += line.amount
        parts[Use.UNION] -= union
        parts[income] -= own
        # More than was asked for is nobody's income until the treasurer has decided.
        parts[Use.IN_ADVANCE] -= surplus
        found.append(Booked(line, tuple((use, ore) for use, ore in parts.items() if ore)))
        before = after
    return found


def _split(charge: Charge, there: int) -> tuple[int, int, int]:
    """Of what is there: the union's share, the association's own, and what is too much."""
    inside = min(max(there, 0), charge.amount)
    union = charge.union_share * inside // charge.amount
    return union, inside - union, there - inside


def not_yet_in_a_file(from_day: date, to_day: date) -> QuerySet[Payment]:
    lines = Payment.objects.filter(sieline=None, booked_on__range=(from_day, to_day))
    return moves_money(lines)


@transaction.atomic
def make_batch(*, from_day: date, to_day: date, by: Any) -> SieBatch:
    """A file of what no file holds yet. Raises NothingToBook."""
    # Two at the same time wait here for each other: each line is in one file.
    accounts = {row.use: row for row in Account.objects.select_for_update().order_by("use")}
    booked = book(not_yet_in_a_file(from_day, to_day))
    payouts = list(
        Payout.objects.filter(sie_batch=None, arrives_on__range=(from_day, to_day))
        .prefetch_related("lines")
        .order_by("arrives_on", "pk")
    )
    if not booked and not payouts:
        raise NothingToBook
    batch = SieBatch.objects.create(
        from_day=from_day, to_day=to_day, made_at=timezone.now(), made_by=by
    )
    number = _next_number()
    vouchers = [_voucher(one, number + place, accounts) for place, one in enumerate(booked)]
    SieLine.objects.bulk_create(
        SieLine(batch=batch, payment=one.payment, voucher=voucher.number)
        for one, voucher in zip(booked, vouchers, strict=True)
    )
    number += len(booked)
    vouchers += [_of_payout(one, number + place, accounts) for place, one in enumerate(payouts)]
    Payout.objects.filter(pk__in=[one.pk for one in payouts]).update(sie_batch=batch)
    batch.content = _file(vouchers, accounts)
    batch.last_voucher = number + len(payouts) - 1
    batch.save(update_fields=["content", "last_voucher"])
    note_taken(batch, by=by)
    return batch


def _next_number() -> int:
    return (SieBatch.objects.aggregate(last=Max("last_voucher"))["last"] or 0) + 1


def note_taken(batch: SieBatch, *, by: Any) -> None:
    """Each time that the file is fetched."""
    rows = f"{batch.payments.count()} rader"
    note_access(by, action=AccessLog.Action.EXPORT, about=ABOUT, reference=str(batch), reason=rows)


def _voucher(one: Booked, number: int, accounts: dict[str, Account]) -> Voucher:
    lines = tuple((accounts[use].number, ore) for use, ore in one.parts)
    return Voucher(number, one.payment.booked_on, one.payment.charge.title, lines)


def parts_of_payout(payout: Payout) -> dict[str, int]:
    """What came to the bank, what Stripe kept, and what left the account at Stripe."""
    kept = sum(
        line.fee - (line.amount if line.kind == "stripe_fee" else 0) for line in payout.lines.all()
    )
    return {Use.BANK: payout.amount, Use.STRIPE_FEE: kept, Use.STRIPE: -(payout.amount + kept)}


def _of_payout(payout: Payout, number: int, accounts: dict[str, Account]) -> Voucher:
    parts = parts_of_payout(payout)
    lines = tuple((accounts[use].number, ore) for use, ore in parts.items() if ore)
    return Voucher(number, payout.arrives_on, "Utbetalning Stripe", lines)


def _file(vouchers: list[Voucher], accounts: dict[str, Account]) -> bytes:
    association = Association.load()
    used = {number for voucher in vouchers for number, _ore in voucher.lines}
    named = {row.number: row.name for row in accounts.values() if row.number in used}
    head = sie.Head(association.name, association.registration_number, timezone.localdate())
    return sie.write(head, sorted(named.items()), vouchers)


# --- closing ------------------------------------------------------------------------------------


@transaction.atomic
def close(to_day: date | None, *, by: Any) -> BooksClosed:
    """Nothing is booked on that day or before. None opens everything again; both are noted."""
    row = BooksClosed.objects.create(to_day=to_day, closed_at=timezone.now(), closed_by=by)
    reason = f"låste till och med {to_day}" if to_day else "låste upp"
    note_access(by, action=AccessLog.Action.CHANGE, about="payments.BooksClosed", reason=reason)
    return row
