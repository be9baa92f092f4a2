"""Pages that belong to no app: what a visitor meets when something is wrong, and the probes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import escape_leading_slashes

from samvaro import readiness

# Django's own field; a new one is made when the form is sent again.
MADE_ANEW = {"csrfmiddlewaretoken"}


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our own pages. What was typed is kept."""
    context = {
        "action": escape_leading_slashes(request.get_full_path()),
        "fields": _typed(request),
    }
    return render(request, "403_csrf.html", context, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What can be sent again from our own page: nothing, where somebody is logged in.

    With a session, a form that another site has filled in would need just one press by the right
    person. Without one, whoever made it could as well have sent it in his own name.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return []
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in MADE_ANEW
    ]


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """The work gets done: database, broker, letters and clock. No word about any person."""
    state = readiness.look()
    response = JsonResponse(state.as_json(), status=200 if state.ready else 503)
    response["Cache-Control"] = "no-store"
    return response
