"""The API: which address does what, and what is answered."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from samvaro.demo.stripe_standin import wire
from samvaro.demo.stripe_standin.books import Books, Missing, Refused
from samvaro.demo.stripe_standin.objects import Row

LISTS = {
    "/v1/checkout/sessions": "checkout.session",
    "/v1/refunds": "refund",
    "/v1/disputes": "dispute",
    "/v1/events": "event",
    "/v1/payouts": "payout",
    "/v1/balance_transactions": "balance_transaction",
}
SINGLE = {
    "/v1/checkout/sessions": "checkout.session",
    "/v1/payouts": "payout",
    "/v1/charges": "charge",
    "/v1/payment_intents": "payment_intent",
}
SAME = ("status", "payment_intent", "charge")
COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gte": int.__ge__,
    "gt": int.__gt__,
    "lte": int.__le__,
    "lt": int.__lt__,
}


@dataclass
class Answer:
    status: int
    body: Row
    replayed: bool = False


def error(status: int, kind: str, message: str, code: str | None = None) -> Answer:
    return Answer(status, {"error": {"type": kind, "message": message, "code": code}})


def refused(message: str, code: str | None = None, status: int = 400) -> Answer:
    return error(status, "invalid_request_error", message, code)


def answer(books: Books, method: str, path: str, form: str, key: str | None) -> Answer:
    """Do what is asked. The same key again gives the same answer, and does nothing."""
    digest = hashlib.sha256(f"{method} {path}\n{form}".encode()).hexdigest()
    with books.lock:
        if method == "POST" and key in books.answers:
            before = books.answers[key]
            if before["digest"] != digest:
                return error(
                    400,
                    "idempotency_error",
                    "Keys for idempotent requests can only be used with the same parameters"
                    " they were first used with.",
                )
            return Answer(before["status"], before["body"], replayed=True)
        given = _answer(books, method, path, form)
        if method == "POST":
            if key:
                # A copy: what was answered does not change when the object does.
                body = json.loads(json.dumps(given.body))
                books.answers[key] = {"digest": digest, "status": given.status, "body": body}
            books.save()
        return given


def _answer(books: Books, method: str, path: str, form: str) -> Answer:
    sent, (route, name) = wire.decode(form), _route(path)
    if f"{method} {route}" not in wire.TYPES:
        return refused(f"Unrecognized request URL ({method}: {path}).", status=404)
    if wrong := wire.check(f"{method} {route}", sent):
        return refused(wrong, "parameter_unknown")
    try:
        return Answer(200, _shown(_do(books, method, route, name, sent)))
    except Missing as missing:
        return refused(str(missing), "resource_missing", 404)
    except Refused as no:
        return refused(str(no))


def _route(path: str) -> tuple[str, str]:
    """/v1/payouts/po_1 as ("/v1/payouts/*", "po_1")."""
    parts = path.strip("/").split("/")
    for place, part in enumerate(parts):
        if "_" in part and part not in ("payment_intents", "balance_transactions"):
            return "/" + "/".join([*parts[:place], "*", *parts[place + 1 :]]), part
    return "/" + "/".join(parts), ""


def _do(books: Books, method: str, route: str, name: str, sent: Row) -> Row:
    if method == "POST":
        if route == "/v1/checkout/sessions":
            return books.open_page(sent)
        return books.expire(name) if name else books.refund(sent)
    if name:
        return books.one(SINGLE[route.removesuffix("/*")], name)
    return _listed(books, route, sent)


def _listed(books: Books, route: str, sent: Row) -> Row:
    rows = [row for row in books.all(LISTS[route]) if _wanted(books, row, sent)]
    if after := sent.get("starting_after"):
        rows = rows[[row["id"] for row in rows].index(after) + 1 :]
    limit = int(sent.get("limit", 10))
    page = [_expanded(books, row, sent.get("expand", [])) for row in rows[:limit]]
    return {"object": "list", "data": page, "has_more": len(rows) > limit, "url": route}


def _wanted(books: Books, row: Row, sent: Row) -> bool:
    created = sent.get("created", {})
    if any(not COMPARE[word](row["created"], int(than)) for word, than in created.items()):
        return False
    if "payout" in sent and row.get("_payout") != sent["payout"]:
        return False
    if "types" in sent and row["type"] not in sent["types"]:
        return False
    if "delivery_success" in sent:
        was = row["id"] in books.delivered
        if was != (sent["delivery_success"] == "true"):
            return False
    return all(row.get(name) == sent[name] for name in SAME if name in sent)


def _expanded(books: Books, row: Row, expand: list[str]) -> Row:
    wanted = [word.removeprefix("data.") for word in expand]
    return {**row, **{name: books.rows.get(row[name], row[name]) for name in wanted}}


def _shown(row: Row) -> Row:
    """Without our own marks, and as it is now."""
    if row.get("object") == "list":
        return {**row, "data": [_shown(part) for part in row["data"]]}
    return {name: part for name, part in row.items() if not name.startswith("_")}
