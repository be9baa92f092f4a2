"""What an active volunteer does behind the link: promise, take and give back shifts, rest."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from privacy.responses import see_other
from volunteers.forms.doing import HourForm
from volunteers.models import CrewMember, Lead, Shift
from volunteers.services import assignments, certificate, crews, pauses
from volunteers.views.own import behind_the_door, here

# A month, as a pause counts it.
MONTH = timedelta(days=30)


@behind_the_door
def agreement(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    if request.method == "POST":
        assignments.agree(lead)
        return see_other(here(token))
    context = {"token": token, "lead": lead, "agreement": assignments.current_agreement()}
    return render(request, "volunteers/own/agreement.html", context)


@behind_the_door
def shifts(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    """Take one, or give one back. One press each; asked again only when two are at once."""
    if request.method != "POST":
        raise Http404
    number = request.POST.get("shift", "")
    if not number.isdecimal():
        raise Http404
    shift = get_object_or_404(Shift.objects.select_related("role"), pk=number)
    if request.POST.get("do") == "give-back":
        member = get_object_or_404(CrewMember.objects.there(), shift=shift, lead=lead)
        crews.give_back(member)
        return see_other(here(token))
    return _take(request, token, lead, shift)


def _take(request: HttpRequest, token: str, lead: Lead, shift: Shift) -> HttpResponse:
    try:
        crews.take(shift, lead, anyway=request.POST.get("do") == "take-both")
    except crews.TwoAtOnce as error:
        context = {"token": token, "shift": shift, "other": error.other}
        return render(request, "volunteers/own/two_at_once.html", context, status=422)
    except (crews.ShiftFull, crews.ShiftOver, crews.NotTheirs):
        context = {"token": token, "shift": shift}
        return render(request, "volunteers/own/shift_gone.html", context, status=422)
    return see_other(here(token))


@behind_the_door
def pause(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    if request.method != "POST":
        context = {"token": token, "lead": lead, "months": pauses.MONTHS}
        return render(request, "volunteers/own/pause.html", context)
    wanted = request.POST.get("for", "")
    until = None
    if wanted.isdecimal() and int(wanted) in pauses.MONTHS:
        until = timezone.localdate() + MONTH * int(wanted)
    elif wanted != "open":
        raise Http404
    try:
        pauses.pause(lead, until=until)
    except pauses.NothingToPause as error:
        raise Http404 from error
    return see_other(here(token))


@behind_the_door
def back(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    """After a pause: here again, or done."""
    deeds = {"back": pauses.come_back, "leave": pauses.leave}
    deed = deeds.get(request.POST.get("do", ""))
    if request.method != "POST" or deed is None:
        raise Http404
    deed(lead)
    return see_other(here(token))


@behind_the_door
def hours(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    """Optional: what somebody likes to tell of the time they gave."""
    data = request.POST if request.method == "POST" else None
    form = HourForm(data, initial={"day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        lead.hours.create(day=form.cleaned_data["day"], minutes=form.cleaned_data["minutes"])
        return see_other(here(token))
    context = {"form": form, "token": token, "notes": lead.hours.all()}
    return render(
        request, "volunteers/own/hours.html", context, status=422 if form.is_bound else 200
    )


@behind_the_door
def own_certificate(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    try:
        paper = certificate.make(lead)
    except certificate.NothingToCertify as error:
        raise Http404 from error
    response = HttpResponse(paper, content_type="application/pdf")
    # A neutral name: the file lies in a folder of downloads that others may see.
    response["Content-Disposition"] = 'attachment; filename="intyg.pdf"'
    return response
