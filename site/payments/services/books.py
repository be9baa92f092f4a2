"""The ledger as vouchers of double entry, in files of which each line is in one."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from mail.models import Association
from payments import sie
from payments.models import Account, BooksClosed, Payment, Payout, SieBatch, SieLine
from payments.services import releasing
from payments.services.booking import Booked, book, moves_money
from payments.sie import Voucher
from privacy.models import AccessLog
from privacy.services import note_access

Use = Account.Use
ABOUT = "payments.SieBatch"


class NothingToBook(Exception):
    """Every line of the period is in a file already, or there is none."""


def not_yet_in_a_file(from_day: date, to_day: date) -> QuerySet[Payment]:
    lines = Payment.objects.filter(sieline=None, booked_on__range=(from_day, to_day))
    return moves_money(lines)


@transaction.atomic
def make_batch(*, from_day: date, to_day: date, by: Any) -> SieBatch:
    """A file of what no file holds yet. Raises NothingToBook."""
    # Two at the same time wait here for each other: each line is in one file.
    accounts = {row.use: row for row in Account.objects.select_for_update().order_by("use")}
    booked = book(not_yet_in_a_file(from_day, to_day))
    payouts = _payouts(from_day, to_day)
    if not booked and not payouts and not releasing.due(to_day).exists():
        raise NothingToBook
    batch = SieBatch.objects.create(
        from_day=from_day, to_day=to_day, made_at=timezone.now(), made_by=by
    )
    number = _next_number()
    vouchers = _of_lines(booked, batch, number, accounts)
    vouchers += _of_payouts(payouts, batch, number + len(vouchers), accounts)
    vouchers += releasing.release(batch, number + len(vouchers), accounts)
    batch.content = _file(vouchers, accounts)
    batch.last_voucher = number + len(vouchers) - 1
    batch.save(update_fields=["content", "last_voucher"])
    note_taken(batch, by=by)
    return batch


def _of_lines(
    booked: list[Booked], batch: SieBatch, number: int, accounts: dict[str, Account]
) -> list[Voucher]:
    """What only moves within one account has no voucher, and is done all the same."""
    vouchers: list[Voucher] = []
    lines = []
    for one in booked:
        place = number + len(vouchers) if one.parts else 0
        lines.append(SieLine(batch=batch, payment=one.payment, voucher=place))
        if one.parts:
            vouchers.append(_voucher(one, place, accounts))
    SieLine.objects.bulk_create(lines)
    return vouchers


def _next_number() -> int:
    return (SieBatch.objects.aggregate(last=Max("last_voucher"))["last"] or 0) + 1


def note_taken(batch: SieBatch, *, by: Any) -> None:
    """Each time that the file is fetched."""
    rows = f"{batch.payments.count()} rader"
    note_access(by, action=AccessLog.Action.EXPORT, about=ABOUT, reference=str(batch), reason=rows)


def _voucher(one: Booked, number: int, accounts: dict[str, Account]) -> Voucher:
    lines = tuple((accounts[use].number, ore) for use, ore in one.parts)
    return Voucher(number, one.payment.booked_on, one.payment.charge.title, lines)


def _payouts(from_day: date, to_day: date) -> list[tuple[Payout, date, int]]:
    """Each with the day and the sign of its voucher: one that the bank sent back is taken back."""
    days, rows = (from_day, to_day), Payout.objects.prefetch_related("lines")
    paid = rows.filter(sie_batch=None, failed_on=None, arrives_on__range=days)
    failed = rows.filter(failure_batch=None, failed_on__range=days).exclude(sie_batch=None)
    found = [(one, one.arrives_on, 1) for one in paid]
    found += [(one, one.failed_on, -1) for one in failed if one.failed_on]
    return sorted(found, key=lambda row: (row[1], row[0].pk))


def _of_payouts(
    rows: list[tuple[Payout, date, int]], batch: SieBatch, number: int, accounts: dict[str, Account]
) -> list[Voucher]:
    vouchers = []
    for place, (payout, day, sign) in enumerate(rows):
        parts = {use: sign * ore for use, ore in parts_of_payout(payout).items() if ore}
        lines = tuple((accounts[use].number, ore) for use, ore in parts.items())
        text = "Utbetalning Stripe" if sign > 0 else "Utbetalning Stripe, kom inte fram"
        vouchers.append(Voucher(number + place, day, text, lines))
    for column, wanted in (("sie_batch", 1), ("failure_batch", -1)):
        keys = [payout.pk for payout, _day, sign in rows if sign == wanted]
        Payout.objects.filter(pk__in=keys).update(**{column: batch})
    return vouchers


def parts_of_payout(payout: Payout) -> dict[str, int]:
    """What came to the bank, what Stripe kept, and what left the account at Stripe."""
    kept = sum(
        line.fee - (line.amount if line.kind == "stripe_fee" else 0) for line in payout.lines.all()
    )
    return {Use.BANK: payout.amount, Use.STRIPE_FEE: kept, Use.STRIPE: -(payout.amount + kept)}


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
