"""What is owed, what was paid, and the papers of the bank. Knows no app and no member."""

from payments.models.bank import BankFile, BankRow
from payments.models.books import (
    Account,
    BooksClosed,
    Payout,
    PayoutLine,
    SieBatch,
    SieLine,
)
from payments.models.charge import Charge, ChargeQuerySet, Payment
from payments.models.settings import PaymentSettings
from payments.models.stripe_rows import Checkout, Flag, StripeEvent

__all__ = [
    "Account",
    "BankFile",
    "BankRow",
    "BooksClosed",
    "Charge",
    "ChargeQuerySet",
    "Checkout",
    "Flag",
    "Payment",
    "PaymentSettings",
    "Payout",
    "PayoutLine",
    "SieBatch",
    "SieLine",
    "StripeEvent",
]
