"""Objects in Stripe's shapes: every field that the client's own classes declare, most of them empty."""

import secrets
import time
from typing import Any

import stripe

Row = dict[str, Any]

SHAPES: dict[str, type] = {
    "checkout.session": stripe.checkout.Session,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "balance_transaction": stripe.BalanceTransaction,
    "payout": stripe.Payout,
}
PREFIXES = {
    "checkout.session": "cs_test",
    "payment_intent": "pi",
    "charge": "ch",
    "refund": "re",
    "dispute": "dp",
    "event": "evt",
    "balance_transaction": "txn",
    "payout": "po",
}
# Alike in all of them, where the class has the field.
COMMON = {"livemode": False, "currency": "sek"}


def make(kind: str, **values: Any) -> Row:
    """A new object. Fails when a field is not Stripe's."""
    fields = [name for name in SHAPES[kind].__annotations__ if name != "OBJECT_NAME"]
    if unknown := set(values) - set(fields):
        raise ValueError(f"{kind} has no {unknown}")
    row: Row = dict.fromkeys(fields)
    row |= {name: value for name, value in COMMON.items() if name in row}
    row |= {"id": f"{PREFIXES[kind]}_{secrets.token_hex(12)}", "object": kind}
    if "created" in row:
        row["created"] = int(time.time())
    if "metadata" in row:
        row["metadata"] = {}
    return row | values
