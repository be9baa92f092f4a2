"""A volunteer's own page, behind the link in a letter. A GET shows; only a POST acts."""

import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mail.services import LinkExpired, LinkUnknown, open_door
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other
from volunteers.emails.leads import DOOR
from volunteers.forms.interest import ChangeForm
from volunteers.models import Lead
from volunteers.services import certificate, crews, leaving, own, pauses, readiness
from volunteers.views.public import values

View = Callable[..., HttpResponse]


def behind_the_door(view: View) -> View:
    """GET, HEAD and POST only, counted, and kind when its time is over or the person forgotten."""

    @functools.wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @limited("link")
    @for_one_reader
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            about = open_door(token, purpose=DOOR)
        except LinkUnknown as error:
            raise Http404 from error
        except LinkExpired:
            context = {"next_url": "/engagera-dig/"}
            return render(request, "expired_link.html", context, status=410)
        rows = Lead.objects.exclude(name="").select_related("owner", "promise")
        lead = rows.prefetch_related("interests").filter(pk=about).first()
        if lead is None:
            raise Http404
        return view(request, token, lead)

    return opened


def here(token: str) -> str:
    return reverse("volunteers:own", args=[token])


@behind_the_door
def page(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    if request.method == "POST":
        return _pick_time(request, token, lead)
    return _page(request, token, lead)


def _page(
    request: HttpRequest, token: str, lead: Lead, code: int = 200, *, went_by: bool = False
) -> HttpResponse:
    context = {
        "lead": lead,
        "token": token,
        "times": own.open_times(lead),
        "talk": own.chosen_time(lead),
        "went_by": went_by,
        "checklist": readiness.checklist(lead) if lead.stage == Lead.Stage.ONBOARDING else [],
        "has_promised": hasattr(lead, "promise"),
        "my_shifts": crews.of(lead),
        "free_shifts": crews.free_for(lead),
        "can_pause": lead.stage in pauses.MAY_PAUSE,
        "has_certificate": certificate.can_have(lead),
    }
    return render(request, "volunteers/own/page.html", context, status=code)


def _pick_time(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    wanted = request.POST.get("time", "")
    if wanted == "none":
        own.no_time_suits(lead)
    elif wanted.isdecimal():
        try:
            own.choose_time(lead, int(wanted))
        except own.TimeIsOver:
            return _page(request, token, lead, 422, went_by=True)
    else:
        raise Http404
    return see_other(here(token))


@behind_the_door
def change(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    first = {"name": lead.name, **values(lead)}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        own.change(lead, name=form.cleaned_data["name"], **form.wishes)
        return see_other(here(token))
    code = 422 if form.is_bound else 200
    context = {"form": form, "token": token}
    return render(request, "volunteers/own/change.html", context, status=code)


@behind_the_door
def known(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    context = {"token": token, "kinds": own.what_we_know(lead)}
    return render(request, "volunteers/own/known.html", context)


@behind_the_door
def withdraw(request: HttpRequest, token: str, lead: Lead) -> HttpResponse:
    if request.method != "POST":
        context = {"token": token, "lead": lead}
        return render(request, "volunteers/own/withdraw.html", context)
    leaving.withdraw(lead)
    return see_other(reverse("volunteers:withdrawn"))


@require_http_methods(["GET", "HEAD"])
@for_one_reader
def withdrawn(request: HttpRequest) -> HttpResponse:
    return render(request, "volunteers/own/withdrawn.html")
