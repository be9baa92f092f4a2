"""Pages that belong to no app: what a visitor meets when something is wrong, and the two probes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our own pages. What was typed is kept."""
    return render(
        request, "403_csrf.html", {"title": _("Vi kunde inte ta emot formuläret")}, status=403
    )


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok", content_type="text/plain")
