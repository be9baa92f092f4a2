"""What both ways to a membership share: to a page at Stripe, or an invoice, and back."""

from django.conf import settings
from django.http import HttpResponse

from members.emails.fees import post_invoice, post_paid_late
from members.forms.joining import PayForm
from payments.models import Charge
from payments.services import checkout
from payments.services.ways import Way
from privacy.responses import see_other

# How the page after paying knows that somebody has come back from Stripe.
CAME_BACK = "fran"
CANCELLED = "avbruten"


def pay(charge: Charge, form: PayForm, *, done: str, back: str) -> HttpResponse:
    """Send them on. `done` and `back` are our own paths. Raises StripeAway: the fee stays."""
    method = form.cleaned_data["method"]
    if method == Way.INVOICE:
        post_invoice(charge)
        return see_other(done)
    try:
        url = checkout.begin(
            charge,
            method=method,
            done_url=f"{settings.SITE_URL}{done}?{CAME_BACK}=stripe",
            back_url=f"{settings.SITE_URL}{back}?{CANCELLED}=1",
        )
    except checkout.AlreadyPaid:
        return see_other(done)
    return see_other(url)


def look_again(charge: Charge, *, came_back: bool) -> Charge:
    """What has become of it. Who has just come back is promised a letter if it takes long."""
    if charge.state != Charge.State.OPEN:
        return charge
    try:
        charge = checkout.refresh(charge)
    except checkout.StripeAway:
        charge.refresh_from_db()
    if came_back and charge.state == Charge.State.OPEN:
        post_paid_late(charge)
    return charge
