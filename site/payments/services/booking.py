"""How each line of the ledger is booked: which accounts, which part is whose."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from payments.models import Account, Charge, Payment

Use, Kind, Method = Account.Use, Payment.Kind, Payment.Method
CAME_TO = {
    Method.CARD: Use.STRIPE,
    Method.SWISH_STRIPE: Use.STRIPE,
    Method.BANKGIRO: Use.BANK,
    Method.SWISH: Use.BANK,
    Method.BANK: Use.BANK,
    Method.CASH: Use.CASH,
    # What was too much lies here until it has been moved.
    Method.MOVED: Use.IN_ADVANCE,
}
INCOME = {
    Charge.Kind.FEE: Use.FEE,
    Charge.Kind.SUPPORT: Use.SUPPORT,
    Charge.Kind.TAKING_PART: Use.TAKING_PART,
    Charge.Kind.GIFT: Use.GIFT,
}


@dataclass(frozen=True)
class Booked:
    """How one line of the ledger is booked: öre for each use, debit above zero."""

    payment: Payment
    parts: tuple[tuple[str, int], ...]
    # Of the parts: öre of our own that are the income of a coming year.
    ahead: int = 0


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
        booked = tuple((use, ore) for use, ore in parts.items() if ore)
        found.append(Booked(line, booked, own if early else 0))
        before = after
    return found


def _split(charge: Charge, there: int) -> tuple[int, int, int]:
    """Of what is there: the union's share, the association's own, and what is too much."""
    inside = min(max(there, 0), charge.amount)
    union = charge.union_share * inside // charge.amount
    return union, inside - union, there - inside
