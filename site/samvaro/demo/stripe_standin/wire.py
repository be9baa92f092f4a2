"""Stripe's way of writing requests, and whether what was sent is what Stripe takes."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import is_typeddict

PART = re.compile(r"\[([^\]]*)\]")
# Options of the client, never of the body.
NOT_SENT = {
    *("api_key", "stripe_version", "stripe_account", "stripe_context", "max_network_retries"),
    *("idempotency_key", "content_type", "headers"),
}


class _Named:
    """In place of UntypedStripeObject[str]: names and texts, as in metadata."""

    def __class_getitem__(cls, kind: type) -> Any:
        return dict[str, kind]  # type: ignore[valid-type]  # the client says which


# Names in the client's own files that pydantic cannot find or read; none is ever sent.
UNREADABLE = {"StripeContext": str, "UntypedStripeObject": _Named, "Mapping": Mapping}
TYPES = {
    "POST /v1/checkout/sessions": "checkout._session_create_params.SessionCreateParams",
    "POST /v1/checkout/sessions/*/expire": "checkout._session_expire_params.SessionExpireParams",
    "GET /v1/checkout/sessions": "checkout._session_list_params.SessionListParams",
    "GET /v1/checkout/sessions/*": "checkout._session_retrieve_params.SessionRetrieveParams",
    "POST /v1/refunds": "_refund_create_params.RefundCreateParams",
    "GET /v1/refunds": "_refund_list_params.RefundListParams",
    "GET /v1/disputes": "_dispute_list_params.DisputeListParams",
    "GET /v1/events": "_event_list_params.EventListParams",
    "GET /v1/payouts": "_payout_list_params.PayoutListParams",
    "GET /v1/payouts/*": "_payout_retrieve_params.PayoutRetrieveParams",
    "GET /v1/charges/*": "_charge_retrieve_params.ChargeRetrieveParams",
    "GET /v1/payment_intents/*": "_payment_intent_retrieve_params.PaymentIntentRetrieveParams",
    "GET /v1/balance_transactions": (
        "_balance_transaction_list_params.BalanceTransactionListParams"
    ),
}


def decode(form: str) -> dict[str, Any]:
    """a[b][0][c]=1 as {"a": {"b": [{"c": "1"}]}}."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        head, *rest = [name.partition("[")[0], *PART.findall(name)]
        place, key = found, head
        for part in rest:
            place = place.setdefault(key, {})
            key = part or str(len(place))
        place[key] = value
    listed: dict[str, Any] = _lists(found)
    return listed


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(part) for key, part in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def check(route: str, sent: dict[str, Any]) -> str:
    """What is wrong with the parameters, in a line; empty when Stripe's own types know them all."""
    if extra := NOT_SENT & set(sent):
        return f"Received unknown parameter: {min(extra)}"
    try:
        _adapter(TYPES[route]).validate_python(sent)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return ""


@lru_cache
def _adapter(name: str) -> TypeAdapter[Any]:
    file, _, class_name = name.rpartition(".")
    module = import_module(f"stripe.params.{file}")
    for kind in vars(module).values():
        if is_typeddict(kind):
            kind.__pydantic_config__ = ConfigDict(extra="forbid")
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(module, class_name))
    adapter.rebuild(_types_namespace={**vars(module), **UNREADABLE})
    return adapter
