"""A payout from Stripe in one sentence that adds up to the öre."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payments.kronor import kronor
from payments.models import Payout

# What people paid, as Stripe names it.
PAYMENTS = ("charge", "payment")
REFUNDS = ("refund", "payment_refund")
WORDS = {
    "charge": gettext_lazy("Betalning"),
    "payment": gettext_lazy("Betalning"),
    "refund": gettext_lazy("Återbetalning"),
    "payment_refund": gettext_lazy("Återbetalning"),
    "stripe_fee": gettext_lazy("Avgift till Stripe"),
    "adjustment": gettext_lazy("Rättelse av Stripe"),
    "payout_failure": gettext_lazy("Utbetalning som inte kom fram"),
}


@dataclass(frozen=True)
class Sums:
    """Öre. `paid` − `refunded` − `fees` + `other` is what came to the bank."""

    number: int
    paid: int
    refunded: int
    fees: int
    other: int

    @property
    def net(self) -> int:
        return self.paid - self.refunded - self.fees + self.other


def sums(payout: Payout) -> Sums:
    lines = list(payout.lines.all())
    paid = [line.amount for line in lines if line.kind in PAYMENTS]
    own_fees = sum(line.amount for line in lines if line.kind == "stripe_fee")
    known = (*PAYMENTS, *REFUNDS, "stripe_fee")
    return Sums(
        number=len(paid),
        paid=sum(paid),
        refunded=-sum(line.amount for line in lines if line.kind in REFUNDS),
        fees=sum(line.fee for line in lines) - own_fees,
        other=sum(line.amount for line in lines if line.kind not in known),
    )


def in_words(payout: Payout) -> str:
    """16 november: 3 412 kr = 18 betalningar 3 600 kr − avgifter 188 kr"""
    found = sums(payout)
    many = ngettext("%d betalning", "%d betalningar", found.number) % found.number
    text = f"{date_format(payout.arrives_on, 'j F').lower()}: {kronor(payout.amount)} = "
    text += f"{many} {kronor(found.paid)}"
    if found.refunded:
        text += _(" − återbetalt %s") % kronor(found.refunded)
    if found.fees:
        text += _(" − avgifter %s") % kronor(found.fees)
    if found.other:
        sign = "+" if found.other > 0 else "−"
        text += _(" %(sign)s annat %(sum)s") % {"sign": sign, "sum": kronor(abs(found.other))}
    if missing := payout.amount - found.net:
        text += _(". Raderna stämmer inte: %s skiljer.") % kronor(missing)
    return text


def lines(payout: Payout) -> list[dict[str, Any]]:
    return [
        {
            "payment": line.payment,
            "words": WORDS.get(line.kind, line.kind),
            "amount": line.amount,
            "fee": line.fee,
            "net": line.amount - line.fee,
        }
        for line in payout.lines.all()
    ]
