"""The office gives back what was paid for a place, from the list of the activity."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from events.models import Event, Registration
from events.services import giving_back, paying
from events.views.desk import list_url, page
from events.views.office import may
from members.adapter import fresh_proof_required
from payments.kronor import kronor
from payments.views.office_frame import REFUSALS
from privacy.responses import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def give_back(request: HttpRequest, event: Event, registration_pk: int) -> HttpResponse:
    """What follows is told before anything happens."""
    rows = Registration.objects.exclude(name="").select_related("event", "charge")
    registration = get_object_or_404(rows, pk=registration_pk, event=event)
    try:
        if request.method == "POST":
            return _give(request, registration)
        owed = giving_back.owed(registration)
    except giving_back.NothingToGiveBack:
        messages.warning(request, _("Det finns inget att ge tillbaka."))
        return see_other(list_url(event))
    context: dict[str, Any] = {
        "registration": registration,
        "owed": owed,
        "refund_until": paying.refund_until(event),
    }
    return page(request, "give_back", event, _("Ge tillbaka pengarna"), **context)


@fresh_proof_required
def _give(request: HttpRequest, registration: Registration) -> HttpResponse:
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() else -1
    back = list_url(registration.event)
    try:
        given = giving_back.give_back(registration, seen=seen, actor=request.user)
    except tuple(REFUSALS) as error:
        messages.warning(request, REFUSALS[type(error)])
        return see_other(back)
    words = {"amount": kronor(given.amount), "name": registration.name}
    if given.through_stripe:
        messages.success(request, _("%(amount)s är på väg tillbaka till %(name)s.") % words)
    else:
        messages.success(request, _("Kassören betalar tillbaka %(amount)s till %(name)s.") % words)
    return see_other(back)
