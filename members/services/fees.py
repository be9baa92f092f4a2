"""What it costs, and asking for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from members.models import Fee, MembershipType
from members.services.fee_year import Term, term_for_newcomer
from payments.models import Charge, PaymentSettings
from payments.services import charges


class NoFeeSet(Exception):
    """The board has not decided what this kind of membership costs that year."""


@dataclass(frozen=True)
class Offer:
    """One kind of membership as the page shows it to a newcomer."""

    type: MembershipType
    fee: Fee
    reduced: Fee | None
    term: Term


def offers() -> list[Offer]:
    """What one can become on the web today: only what the board has set a price on."""
    term = term_for_newcomer()
    kinds = [(kind, kind.fee(term.year)) for kind in MembershipType.objects.filter(is_offered=True)]
    return [Offer(kind, fee, kind.fee(term.year, reduced=True), term) for kind, fee in kinds if fee]


def charge_for(
    kind: MembershipType, year: int, *, name: str, email: str, is_reduced: bool = False
) -> Charge:
    """A charge for one year. Raises NoFeeSet."""
    fee = kind.fee(year, reduced=is_reduced) or kind.fee(year)
    if fee is None or not fee.amount:
        raise NoFeeSet(f"{kind.key} {year}")
    supports = not kind.votes and not kind.needs_main_member
    return charges.ask_for(
        Charge.Kind.SUPPORT if supports else Charge.Kind.FEE,
        amount=fee.amount,
        union_share=fee.union_share,
        year=year,
        due_on=timezone.localdate() + timedelta(days=PaymentSettings.load().invoice_days),
        name=name,
        email=email,
    )
