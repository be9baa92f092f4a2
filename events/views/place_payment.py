"""Paying for a place, by the link in the letter. A GET changes nothing of ours."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from events import emails
from events.forms.paying import PlacePayForm
from events.models import Registration
from events.services import paying
from events.views.links import door
from payments.services import checkout
from payments.services.charges import AlreadyPaid
from privacy.responses import see_other

State = Registration.State
# How the page knows that somebody has come back from Stripe, having paid or not.
CAME_BACK, CANCELLED = "fran", "avbruten"


@door(emails.BOOKING)
def pay(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    booking = reverse("events:booking", args=[token])
    came_back = CAME_BACK in request.GET
    if came_back:
        _look_again(registration)
    if registration.state != State.PAYING:
        return see_other(booking)
    is_member = paying.pays_as_member(request.user, registration)
    form = PlacePayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and paying.to_pay(registration, member=is_member) == 0:
        paying.take_free(registration)
        return see_other(booking)
    if request.method != "POST" or not form.is_valid():
        code = 422 if request.method == "POST" else 200
        return _page(request, registration, form, code, is_member=is_member, waits=came_back)
    try:
        charge = paying.ask(registration, member=is_member)
        return see_other(_begin(request, charge, form.cleaned_data["method"]))
    except (AlreadyPaid, paying.NothingToPay):
        return see_other(booking)
    except checkout.StripeAway:
        return _page(request, registration, form, 503, is_member=is_member)


def _begin(request: HttpRequest, charge: paying.Charge, method: str) -> str:
    here = settings.SITE_URL + request.path
    return checkout.begin(
        charge,
        method=method,
        done_url=f"{here}?{CAME_BACK}=stripe",
        back_url=f"{here}?{CANCELLED}=1",
    )


def _look_again(registration: Registration) -> None:
    """The message from Stripe may still be on its way: ask, and believe only Stripe."""
    if registration.charge and registration.state == State.PAYING:
        try:
            checkout.refresh(registration.charge)
        except checkout.StripeAway:
            return
        registration.refresh_from_db()


def _page(
    request: HttpRequest,
    registration: Registration,
    form: PlacePayForm,
    code: int,
    *,
    is_member: bool,
    waits: bool = False,
) -> HttpResponse:
    event = registration.event
    context = {
        "registration": registration,
        "event": event,
        "occasion": event.next_occasion(),
        "form": form,
        "amount": paying.to_pay(registration, member=is_member),
        "less": None if is_member or event.member_price is None else event.member_price,
        "is_member": is_member,
        "refund_until": paying.refund_until(event),
        "waits": waits,
        "cancelled": CANCELLED in request.GET and request.method != "POST",
        "away": code == 503,
    }
    return render(request, "events/pay.html", context, status=code)
