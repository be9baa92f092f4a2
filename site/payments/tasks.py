"""What the clock does for money."""

import logging

from celery import shared_task

from payments.services.checkout import close_unneeded
from payments.services.monthly import tell_of_last_month
from payments.services.reconcile import reconcile
from payments.services.webhooks import process_waiting
from payments.stripe_api import StripeAway

logger = logging.getLogger(__name__)


@shared_task
def apply_waiting() -> int:
    """Messages whose turn had not come, or whose handling failed."""
    return process_waiting()


@shared_task
def ask_stripe() -> int:
    """What was never delivered. While Stripe is away there is nothing to do but wait."""
    try:
        return reconcile()
    except StripeAway:
        logger.warning("Stripe did not answer; the next pass asks again")
        return 0


@shared_task
def close_pages() -> int:
    """Where nobody shall pay any more. While Stripe is away the pages stay; the next pass asks."""
    try:
        return close_unneeded()
    except StripeAway:
        logger.warning("Stripe did not answer; the pages are closed later")
        return 0


@shared_task
def tell_treasurers() -> int:
    """Three sums of the last month, once."""
    return tell_of_last_month()
