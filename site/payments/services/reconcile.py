"""Asking Stripe what we have missed, and applying it once. Run again it changes nothing."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payments.models import Checkout, Flag, Payment, Payout, StripeEvent
from payments.services import checkout, facts, payouts, webhooks
from payments.services.facts import Waits
from payments.stripe_api import StripeRefused, asking

logger = logging.getLogger(__name__)

# As long as Stripe keeps its messages.
BACK = timedelta(days=30)


def reconcile() -> int:
    """How many lines, messages and payouts are new. Raises StripeAway."""
    if not settings.STRIPE_SECRET_KEY:
        return 0
    before = _size()
    since: Any = {"created": {"gte": int((timezone.now() - BACK).timestamp())}, "limit": 100}
    with asking() as client:
        events = client.v1.events.list(
            {**since, "types": list(webhooks.HANDLED), "delivery_success": False}
        )
        _each(events.auto_paging_iter(), webhooks.receive)
    _look_at_pages()
    with asking() as client:
        _each(client.v1.refunds.list(since).auto_paging_iter(), _apply(facts.apply_refund))
        _each(client.v1.disputes.list(since).auto_paging_iter(), _apply(facts.apply_dispute))
        paid_out = client.v1.payouts.list({**since, "status": "paid"}).auto_paging_iter()
        names = [payout.id for payout in paid_out]
    for name in names:
        payouts.note(name)
    webhooks.process_waiting()
    return _size() - before


def _size() -> int:
    return sum(model.objects.count() for model in (Payment, StripeEvent, Payout, Flag))


def _each(objects: Iterable[Any], act: Callable[[dict[str, Any]], object]) -> None:
    for stripe_object in objects:
        try:
            act(stripe_object.to_dict())
        except Waits:
            pass  # a payment that is not ours, or not known yet
        except Exception:  # the outermost place of one object; the next shall have its turn
            logger.exception("%s could not be applied", stripe_object.id)


def _apply(act: Callable[[facts.Facts], None]) -> Callable[[dict[str, Any]], None]:
    def apply(stripe_object: dict[str, Any]) -> None:
        with transaction.atomic():
            act(facts.tidy(stripe_object))

    return apply


def _look_at_pages() -> None:
    """Pages that nobody has told us the end of, and calls that nobody made again."""
    open_pages = Checkout.objects.filter(closed_at=None).filter(
        Q(session_id__isnull=False) | Q(created_at__lt=timezone.now() - checkout.CALL_AGAIN)
    )
    for page in open_pages.select_related("charge").order_by("created_at"):
        try:
            if page.session_id or checkout.find(page):
                checkout.look_at(page)
            else:
                checkout.close(page)
        except StripeRefused:
            logger.warning("Stripe does not know the page %s", page.pk)
