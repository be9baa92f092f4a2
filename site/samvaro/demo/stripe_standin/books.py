"""What the stand-in knows: pages, payments, refunds, payouts, and the messages about them."""

import copy
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import stripe

from samvaro.demo.stripe_standin.objects import Row, make

DAY, HALF_AN_HOUR = 24 * 60 * 60, 30 * 60
SMALLEST = 300  # öre; Stripe takes nothing under three kronor

# Of a page: what is answered as it was sent.
AS_SENT = (
    *("mode", "locale", "client_reference_id", "customer_email", "success_url", "cancel_url"),
    "allowed_payment_method_types",
)


class Refused(Exception):
    """The answer is 400; the message says why."""


class Missing(Refused):
    """There is no such object."""


class Books:
    def __init__(self, file: Path | None = None, pay_at: str = "") -> None:
        self.file = file
        self.pay_at = pay_at
        self.lock = threading.RLock()
        self.rows: dict[str, Row] = {}
        # What has been answered to each idempotency key: the request's digest, the answer.
        self.answers: dict[str, Any] = {}
        self.delivered: set[str] = set()
        # Called with each new message.
        self.tell: Callable[[Row], None] = lambda event: None
        if file and file.exists():
            self.rows, self.answers, delivered = json.loads(file.read_text(encoding="utf-8"))
            self.delivered = set(delivered)

    def save(self) -> None:
        if self.file is None:
            return
        with self.lock:
            kept = [self.rows, self.answers, sorted(self.delivered)]
            fresh = self.file.with_suffix(".new")
            fresh.write_text(json.dumps(kept), encoding="utf-8")
            fresh.chmod(0o600)
            fresh.replace(self.file)

    # --- reading ------------------------------------------------------------------------------

    def one(self, kind: str, name: str) -> Row:
        row = self.rows.get(name)
        if row is None or row["object"] != kind:
            raise Missing(f"No such {kind}: '{name}'")
        return self._run_out(row) if kind == "checkout.session" else row

    def all(self, kind: str) -> list[Row]:
        """Newest first."""
        return [row for row in reversed(list(self.rows.values())) if row["object"] == kind]

    def _new(self, kind: str, **values: Any) -> Row:
        row = make(kind, **values)
        self.rows[row["id"]] = row
        return row

    def happened(self, kind: str, row: Row) -> Row:
        event = self._new(
            "event",
            type=kind,
            api_version=stripe.api_version,
            data={"object": copy.deepcopy(row)},
            pending_webhooks=1,
            request={"id": None, "idempotency_key": None},
        )
        self.tell(event)
        return event

    # --- pages to pay on ----------------------------------------------------------------------

    def open_page(self, told: Row) -> Row:
        line = told["line_items"][0]
        amount = int(line["price_data"]["unit_amount"]) * int(line.get("quantity", 1))
        session = self._new(
            "checkout.session",
            **{name: told.get(name) for name in AS_SENT},
            amount_subtotal=amount,
            amount_total=amount,
            currency=line["price_data"]["currency"],
            metadata=told.get("metadata", {}),
            payment_method_types=told.get("allowed_payment_method_types") or ["card"],
            payment_status="unpaid",
            status="open",
            expires_at=_end_of_page(told, amount),
            ui_mode="hosted_page",
        )
        session["url"] = f"{self.pay_at}/pay/{session['id']}"
        what = line["price_data"]["product_data"]["name"]
        session["line_items"] = {
            "object": "list",
            "data": [{"description": what, "amount_total": amount}],
            "has_more": False,
            "url": f"/v1/checkout/sessions/{session['id']}/line_items",
        }
        return session

    def _run_out(self, session: Row) -> Row:
        if session["status"] == "open" and session["expires_at"] < time.time():
            self._end(session)
        return session

    def _end(self, session: Row) -> None:
        session |= {"status": "expired", "url": None}
        self.happened("checkout.session.expired", session)

    def expire(self, name: str) -> Row:
        session = self.one("checkout.session", name)
        if session["status"] != "open":
            raise Refused("Only Checkout Sessions with a status of open can be expired.")
        self._end(session)
        return session

    def pay(self, name: str, *, later: bool = False) -> Row:
        """The payer has pressed Betala. `later`: the bank answers in its own time."""
        with self.lock:
            session = self.one("checkout.session", name)
            if session["status"] != "open":
                raise Refused("The page is closed.")
            intent = self._new(
                "payment_intent",
                amount=session["amount_total"],
                currency=session["currency"],
                status="processing",
                metadata=session["metadata"],
                payment_method_types=session["payment_method_types"],
            )
            payer = {"email": session["customer_email"], "name": "Test Testsson"}
            session |= {"status": "complete", "url": None, "payment_intent": intent["id"]}
            session["customer_details"] = payer
            if not later:
                self._receive(session, intent)
            self.happened("checkout.session.completed", session)
            self.save()
            return session

    def answer_later(self, name: str, *, succeeded: bool) -> None:
        with self.lock:
            session = self.one("checkout.session", name)
            intent = self.rows[session["payment_intent"]]
            if succeeded:
                self._receive(session, intent)
            else:
                intent["status"] = "requires_payment_method"
            word = "succeeded" if succeeded else "failed"
            self.happened(f"checkout.session.async_payment_{word}", session)
            self.save()

    def _receive(self, session: Row, intent: Row) -> None:
        amount = session["amount_total"]
        charge = self._new(
            "charge",
            amount=amount,
            amount_captured=amount,
            amount_refunded=0,
            currency=session["currency"],
            captured=True,
            disputed=False,
            paid=True,
            refunded=False,
            status="succeeded",
            payment_intent=intent["id"],
            metadata=intent["metadata"],
            billing_details=session["customer_details"],
        )
        charge["balance_transaction"] = self._book(charge, amount, "charge", _fee(amount))["id"]
        intent |= {"status": "succeeded", "latest_charge": charge["id"], "amount_received": amount}
        session["payment_status"] = "paid"
        self.happened("payment_intent.succeeded", intent)
        self.happened("charge.succeeded", charge)

    def _book(self, source: Row, amount: int, kind: str, fee: int = 0) -> Row:
        return self._new(
            "balance_transaction",
            amount=amount,
            fee=fee,
            net=amount - fee,
            type=kind,
            reporting_category=kind,
            source=source["id"],
            status="pending",
            fee_details=[],
        )

    # --- money the other way --------------------------------------------------------------------

    def refund(self, told: Row) -> Row:
        intent = self.one("payment_intent", told.get("payment_intent", ""))
        charge = self.rows.get(intent["latest_charge"] or "")
        if charge is None:
            raise Refused("This PaymentIntent does not have a successful charge to refund.")
        left = charge["amount"] - charge["amount_refunded"]
        amount = int(told.get("amount") or left)
        if charge["disputed"] or not 0 < amount <= left:
            raise Refused(f"Refund amount ({amount}) is greater than unrefunded amount ({left})")
        refund = self._new(
            "refund",
            amount=amount,
            currency=charge["currency"],
            charge=charge["id"],
            payment_intent=intent["id"],
            metadata=told.get("metadata", {}),
            status="succeeded",
        )
        refund["balance_transaction"] = self._book(refund, -amount, "refund")["id"]
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self.happened("refund.created", refund)
        self.happened("charge.refunded", charge)
        return refund

    def fail_refund(self, name: str) -> None:
        with self.lock:
            refund = self.one("refund", name)
            refund["status"] = "failed"
            self.rows[refund["charge"]]["amount_refunded"] -= refund["amount"]
            self._book(refund, refund["amount"], "refund_failure")
            self.happened("refund.updated", refund)
            self.happened("refund.failed", refund)

    def dispute(self, intent: str) -> Row:
        with self.lock:
            charge = self.rows[self.one("payment_intent", intent)["latest_charge"]]
            charge["disputed"] = True
            dispute = self._new(
                "dispute",
                amount=charge["amount"],
                currency=charge["currency"],
                charge=charge["id"],
                payment_intent=intent,
                status="needs_response",
                reason="general",
            )
            self._book(dispute, -charge["amount"], "adjustment")
            self.happened("charge.dispute.created", dispute)
        return dispute

    def close_dispute(self, name: str, *, won: bool) -> None:
        with self.lock:
            dispute = self.one("dispute", name)
            dispute["status"] = "won" if won else "lost"
            if won:
                self._book(dispute, dispute["amount"], "adjustment")
            self.happened("charge.dispute.closed", dispute)

    def pay_out(self) -> Row | None:
        """All that has not been paid out yet, to the bank."""
        with self.lock:
            waiting = [row for row in self.all("balance_transaction") if row["status"] == "pending"]
            total = sum(row["net"] for row in waiting)
            if total <= 0:
                return None
            payout = self._new(
                "payout",
                amount=total,
                arrival_date=int(time.time()) // DAY * DAY,
                automatic=True,
                status="paid",
                type="bank_account",
                method="standard",
            )
            own = self._book(payout, -total, "payout")
            payout["balance_transaction"] = own["id"]
            for row in (*waiting, own):
                row["status"] = "available"
                self.rows[row["id"]]["_payout"] = payout["id"]
            self.happened("payout.paid", payout)
            self.save()
            return payout


def _end_of_page(told: Row, amount: int) -> int:
    until = int(told.get("expires_at") or time.time() + DAY)
    if amount < SMALLEST:
        raise Refused("The Checkout Session's total amount must be at least 3.00 kr")
    if not HALF_AN_HOUR - 5 <= until - time.time() <= DAY + 5:
        raise Refused("expires_at must be between 30 minutes and 24 hours from now")
    return until


def _fee(amount: int) -> int:
    """Like Stripe's price for cards: 1.5 % and 1.80 kr."""
    return amount * 15 // 1000 + 180
