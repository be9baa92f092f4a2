"""The door to Stripe: one client, short waits, and two facts instead of thirty exceptions."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import stripe
from django.conf import settings

logger = logging.getLogger(__name__)


class StripeAway(Exception):
    """Stripe has not answered. Whether it has done what we asked is not known: ask again."""


class StripeRefused(StripeAway):
    """Stripe has said no, and will say so again."""


@contextmanager
def asking() -> Iterator[stripe.StripeClient]:
    """A client for a few questions. Its failures come out as StripeAway and StripeRefused."""
    if not settings.STRIPE_SECRET_KEY:
        raise StripeRefused("no key")
    http = stripe.RequestsClient(timeout=settings.STRIPE_TIMEOUT)
    try:
        yield stripe.StripeClient(
            settings.STRIPE_SECRET_KEY,
            base_addresses={"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else None,
            max_network_retries=settings.STRIPE_RETRIES,
            http_client=http,
        )
    except (stripe.InvalidRequestError, stripe.IdempotencyError) as no:
        # Its words may quote what we sent; the code does not.
        logger.warning("Stripe refused: %s %s", type(no).__name__, no.code)
        raise StripeRefused(no.code or type(no).__name__) from no
    except (stripe.AuthenticationError, stripe.PermissionError) as no:
        logger.error("Stripe does not know our key: %s", type(no).__name__)
        raise StripeRefused(type(no).__name__) from no
    except stripe.StripeError as away:
        logger.warning("Stripe is away: %s", type(away).__name__)
        raise StripeAway(type(away).__name__) from away
    finally:
        http.close()
