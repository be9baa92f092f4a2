"""Sending somebody to a page at Stripe to pay, once.

The row with its idempotency key is committed before Stripe is asked. Whoever presses again, also
after a call that hung, gets the same page; there is never more than one that can be paid.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import stripe
from django.db import transaction
from django.utils import timezone
from stripe.params.checkout import SessionCreateParams

from payments.models import Charge, Checkout
from payments.services import facts
from payments.services.charges import AlreadyPaid
from payments.stripe_api import StripeAway, StripeRefused, asking

__all__ = ["AlreadyPaid", "OnItsWay", "StripeAway", "StripeRefused", "begin", "refresh"]

# How long a page can be paid. Stripe takes nothing under 30 minutes.
OPEN_FOR = timedelta(minutes=65)
# A call that hung is made again with the same key while its times are still good; later Stripe is
# asked what became of it.
CALL_AGAIN = timedelta(minutes=30)
# A page that ends so soon is not shown any more.
TOO_SOON = timedelta(minutes=5)


class OnItsWay(AlreadyPaid):
    """The payer has paid, and the bank has not answered yet."""


def begin(charge: Charge, *, method: str, done_url: str, back_url: str) -> str:
    """The address of the page. Not to be called inside a transaction.

    Raises AlreadyPaid (nothing is left to pay, or it is on its way) and StripeAway.
    """
    goes_to = {"success_url": done_url, "cancel_url": back_url}
    checkout = _current(charge, method)
    if not _serves(checkout, charge, method):
        _put_away(checkout, goes_to)
        checkout = _current(charge, method)
    if not checkout.session_id:
        _create(checkout, goes_to)
    return checkout.url


def refresh(charge: Charge) -> Charge:
    """Ask Stripe what became of the pages of this charge, and believe only Stripe."""
    for checkout in charge.checkouts.filter(closed_at=None).exclude(session_id=None):
        look_at(checkout)
    charge.refresh_from_db()
    return charge


def look_at(checkout: Checkout) -> None:
    """Apply what Stripe says about this page. Raises StripeAway."""
    assert checkout.session_id
    with asking() as client:
        session = client.v1.checkout.sessions.retrieve(checkout.session_id)
    with transaction.atomic():
        facts.apply_session(facts.tidy(session.to_dict()))
    checkout.refresh_from_db()


@transaction.atomic
def _current(charge: Charge, method: str) -> Checkout:
    """The page that is open, or a new row. Raises AlreadyPaid."""
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    if charge.state != charge.State.OPEN:
        raise AlreadyPaid
    found = Checkout.objects.filter(charge=charge, closed_at=None).first()
    if found and found.payment_intent:
        raise OnItsWay
    now = timezone.now()
    return found or Checkout.objects.create(
        charge=charge,
        method=Checkout.Method(method),
        amount=charge.left,
        created_at=now,
        expires_at=now + OPEN_FOR,
    )


def _serves(checkout: Checkout, charge: Charge, method: str) -> bool:
    now = timezone.now()
    charge.refresh_from_db(fields=["received", "returned"])
    if not checkout.session_id and checkout.created_at < now - CALL_AGAIN:
        return False
    return (
        checkout.method == method
        and checkout.amount == charge.left
        and checkout.expires_at > now + TOO_SOON
    )


def _put_away(checkout: Checkout, goes_to: dict[str, str]) -> None:
    """Nobody can pay there any more. Raises AlreadyPaid when somebody has, just now."""
    if not checkout.session_id and not find(checkout):
        if checkout.created_at < timezone.now() - CALL_AGAIN:
            close(checkout)  # the call never arrived, and no longer can
            return
        _create(checkout, goes_to)  # to be certain which page it is
    _expire(checkout)
    if checkout.closed_at is None:
        raise OnItsWay if checkout.payment_intent else StripeAway


def _expire(checkout: Checkout) -> None:
    assert checkout.session_id
    try:
        with asking() as client:
            client.v1.checkout.sessions.expire(checkout.session_id)
    except StripeRefused:
        pass  # it is not open: look why
    look_at(checkout)


def close_unneeded() -> int:
    """Pages of fees that came another way or are void: nobody shall pay there too.

    Returns how many were closed. Raises StripeAway.
    """
    pages = Checkout.objects.filter(closed_at=None).exclude(session_id=None)
    done = 0
    for page in pages.exclude(charge__in=Charge.objects.waiting()).select_related("charge"):
        _expire(page)
        done += page.closed_at is not None
    return done


def close(checkout: Checkout) -> None:
    checkout.closed_at = timezone.now()
    checkout.save(update_fields=["closed_at"])


def _create(checkout: Checkout, goes_to: dict[str, str]) -> None:
    """Ask for the page, with the key that was saved first. Raises StripeAway."""
    params: Any = what_stripe_sees(checkout) | goes_to
    key: Any = {"idempotency_key": checkout.idempotency_key}
    try:
        with asking() as client:
            session = client.v1.checkout.sessions.create(params, key)
    except StripeRefused as no:
        # The first call arrived after all, with other addresses to come back to.
        if isinstance(no.__cause__, stripe.IdempotencyError) and find(checkout):
            return
        raise
    _note(checkout, session)


def what_stripe_sees(checkout: Checkout) -> SessionCreateParams:
    """A number, an amount, and where to send the receipt. No word about what it is for."""
    charge = checkout.charge
    reference = str(charge.reference)
    params: SessionCreateParams = {
        "mode": "payment",
        "locale": "sv",
        "client_reference_id": reference,
        "metadata": {"charge": reference},
        "allowed_payment_method_types": [checkout.method],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "sek",
                    "unit_amount": checkout.amount,
                    "product_data": {"name": charge.title},
                },
            }
        ],
        "payment_intent_data": {"metadata": {"charge": reference}, "description": charge.title},
        "expires_at": int(checkout.expires_at.timestamp()),
    }
    if charge.payer_email:
        params["customer_email"] = charge.payer_email
    return params


def find(checkout: Checkout) -> bool:
    """Whether the call that hung made a page all the same. Raises StripeAway."""
    since = int(checkout.created_at.timestamp()) - 60
    known = set(checkout.charge.checkouts.exclude(pk=checkout.pk).values_list("session_id"))
    with asking() as client:
        for session in client.v1.checkout.sessions.list(
            {"created": {"gte": since}, "limit": 100}
        ).auto_paging_iter():
            ours = session.client_reference_id == str(checkout.charge.reference)
            if ours and (session.id,) not in known:
                _note(checkout, session)
                return True
    return False


def _note(checkout: Checkout, session: stripe.checkout.Session) -> None:
    checkout.session_id, checkout.url = session.id, session.url or ""
    checkout.expires_at = datetime.fromtimestamp(session.expires_at, UTC)
    checkout.save(update_fields=["session_id", "url", "expires_at"])
