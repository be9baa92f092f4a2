"""What somebody with a place in a circle reads and gives, behind the link of their booking.

A leader, who logs in, gives the same on a page of their own.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from events import emails
from events.forms.circles import AgreementForm, IdentityForm
from events.models import Circle, CircleSettings, Identity, Leader, Registration
from events.services import papers
from events.views.links import door
from mail.models import Association
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other

OF_ONE = {"paper": papers.choose_paper, "protected": papers.say_protected}


@door(emails.BOOKING)
def promise(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    agreement = papers.agreement_to_read(registration)
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        papers.agree(registration)
        more = papers.left_to_do(registration).who
        return see_other(reverse("events:identity" if more else "events:promise", args=[token]))
    context = {"agreement": agreement, "form": form, "token": token}
    return render(request, "events/promise.html", context, status=422 if form.errors else 200)


@door(emails.BOOKING)
def identity(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    circle = papers.circle_of(registration)
    if circle is None or not circle.is_named or not registration.is_active:
        raise Http404
    here = reverse("events:identity", args=[token])
    return _page(request, registration, circle, here, reverse("events:booking", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
@limited("link")
@for_one_reader
def identity_of_leader(request: HttpRequest, slug: str) -> HttpResponse:
    leader = Leader.objects.filter(event__slug=slug, user=request.user.pk).first()
    circle = Circle.objects.filter(event__slug=slug).first()
    if leader is None or circle is None or not circle.is_named:
        raise Http404
    here = reverse("events:identity_of_leader", args=[slug])
    return _page(request, leader, circle, here, reverse("events:evenings"))


def _page(
    request: HttpRequest, who: Registration | Leader, circle: Circle, here: str, back: str
) -> HttpResponse:
    form = None
    if request.method == "POST":
        form = IdentityForm(request.POST, association=Association.load(request))
        if _done(who, form, request.POST.get("do", "")):
            return see_other(here)
    given: Any = Identity.objects.filter(**papers.owner(who)).first()
    if form is None and not circle.handed_over_at and (given is None or "andra" in request.GET):
        form = IdentityForm(association=Association.load(request))
    context = {
        "form": form,
        "identity": given,
        "handed_over": circle.handed_over_at is not None,
        "study_association": CircleSettings.load(request).study_association,
        "back": back,
    }
    code = 422 if form and form.errors else 200
    return render(request, "events/identity.html", context, status=code)


def _done(who: Registration | Leader, form: IdentityForm, wanted: str) -> bool:
    try:
        if deed := OF_ONE.get(wanted):
            deed(who)
            return True
        if form.is_valid():
            papers.give(who, form.given)
            return True
    except papers.HandedOver:
        return True
    return False
