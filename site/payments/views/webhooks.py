"""The address that Stripe calls."""

import stripe
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from payments.services.webhooks import receive

# Seconds. An older message is somebody else's copy.
TOLERANCE = 300


@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """2xx only when the message is kept and applied, or waits in our own rows."""
    try:
        event = stripe.Webhook.construct_event(
            request.body,
            request.headers.get("Stripe-Signature", ""),
            settings.STRIPE_WEBHOOK_SECRET,
            tolerance=TOLERANCE,
        )
    except (stripe.SignatureVerificationError, ValueError):
        return HttpResponse(status=400)
    receive(event.to_dict())
    return HttpResponse(status=200)
