"""Fees that were paid before their year: no income when they came, but on the first day of it."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import F, QuerySet

from payments.models import Account, Charge, SieBatch, SieLine
from payments.services.booking import INCOME, book
from payments.sie import Voucher

Use = Account.Use


def due(to_day: date) -> QuerySet[SieLine]:
    """What is in a file as paid in advance, and whose year has begun by that day."""
    return SieLine.objects.filter(
        release=None,
        payment__booked_on__year__lt=F("payment__charge__year"),
        payment__charge__year__lte=to_day.year,
    )


def release(batch: SieBatch, number: int, accounts: dict[str, Account]) -> list[Voucher]:
    """A voucher for each year that has begun: from paid in advance to income. Each line once."""
    rows = list(due(batch.to_day).select_related("payment"))
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for one in book(row.payment for row in rows):
        charge = one.payment.charge
        sums[charge.year][INCOME[Charge.Kind(charge.kind)]] += one.ahead
    SieLine.objects.filter(pk__in=[row.pk for row in rows]).update(release=batch)
    moved = [
        (year, {use: ore for use, ore in found.items() if ore}) for year, found in sums.items()
    ]
    return [
        _voucher(number + place, max(date(year, 1, 1), batch.from_day), year, parts, accounts)
        for place, (year, parts) in enumerate(sorted((y, p) for y, p in moved if p))
    ]


def _voucher(
    number: int, day: date, year: int, parts: dict[str, int], accounts: dict[str, Account]
) -> Voucher:
    ahead = (accounts[Use.IN_ADVANCE].number, sum(parts.values()))
    lines = (ahead, *((accounts[use].number, -ore) for use, ore in sorted(parts.items())))
    return Voucher(number, day, f"Förutbetalda avgifter {year}", lines)
