"""Handing over, being away, and resting: everything at once, and no question why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from privacy.responses import see_other
from volunteers.forms.follow_up import AwayForm, HandOverForm
from volunteers.models import Absence, Lead
from volunteers.services import handing_over, moves, who
from volunteers.views.follow_up import FASTER, back_to, may_follow_up, me, page, with_lead


def _others(request: HttpRequest) -> list[who.User]:
    here = who.present(timezone.localdate())
    return [user for user in here if user != me(request)]


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """All of mine to another."""
    number = Lead.objects.open().filter(owner=me(request)).count()
    people = _others(request)
    form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    if not form.is_bound or not form.is_valid():
        code = 422 if form.is_bound else 200
        return page(request, "hand_over", code, form=form, number=number, people=people)
    to = form.cleaned_data["to"]
    number = handing_over.hand_over(me(request), to=to, actor=me(request))
    words = {"number": number, "name": to}
    text = ngettext(
        "%(name)s har tagit över en person.",
        "%(name)s har tagit över %(number)d personer.",
        number,
    )
    messages.success(request, text % words)
    return see_other(reverse("volunteers:monday"))


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
@with_lead
def give(request: HttpRequest, lead: Lead) -> HttpResponse:
    """One person to somebody else, or to oneself."""
    people = [user for user in who.present(timezone.localdate()) if user.pk != lead.owner_id]
    form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    if not form.is_bound or not form.is_valid():
        code = 422 if form.is_bound else 200
        return page(request, "give", code, form=form, lead=lead, people=people)
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise Http404
    to = form.cleaned_data["to"]
    try:
        handing_over.take(lead, to=to, actor=me(request), version=int(version))
    except moves.SomebodyWasFaster:
        messages.warning(request, FASTER)
        return back_to(lead)
    messages.success(request, _("%(name)s har tagit över.") % {"name": to})
    return see_other(reverse("volunteers:monday"))


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    people = _others(request)
    form = AwayForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_bound and form.is_valid():
        handing_over.be_away(me(request), **form.cleaned_data)
        messages.success(request, _("Sparat. Du kan vara borta med gott samvete."))
        return see_other(reverse("volunteers:away"))
    today = timezone.localdate()
    rows = Absence.objects.filter(user=me(request)).select_related("deputy")
    coming = [row for row in rows if row.until_on is None or row.until_on >= today]
    code = 422 if form.is_bound else 200
    return page(request, "away", code, form=form, absences=coming, people=people)


@may_follow_up
@require_POST
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence, pk=pk, user=me(request))
    handing_over.come_back(absence)
    messages.success(request, _("Välkommen tillbaka."))
    return see_other(reverse("volunteers:away"))
