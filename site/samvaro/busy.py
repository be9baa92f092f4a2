"""When the database makes somebody wait too long, or is away: a kind page, and nothing is lost.

Every deed is one transaction, so a form that met this has done nothing and can be sent again.
"""

import logging
from collections.abc import Callable

from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import escape_leading_slashes

from pages.theme import look_of

log = logging.getLogger(__name__)

# What PostgreSQL says (SQLSTATE) when somebody else held a row too long, and when it only reads.
TOO_LONG = {"55P03", "40P01"}
READ_ONLY = {"25006"}
# When it is worth trying again, in seconds.
TRY_AFTER = 5


class DatabaseBusyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        state = getattr(error.__cause__, "sqlstate", None)
        if isinstance(error, OperationalError) and state in TOO_LONG:
            log.warning("%s waited too long for a row", request.path)
        elif isinstance(error, OperationalError) or (
            isinstance(error, InternalError) and state in READ_ONLY
        ):
            log.error("the database is away or only reads (%s): %s", request.path, error)
        else:
            return None
        return busy(request)


def busy(request: HttpRequest) -> HttpResponse:
    """The page says what happened and has a button that sends the same form again."""
    context = {
        "request": request,
        "action": escape_leading_slashes(request.get_full_path()),
        "sent": request.method == "POST",
        # It came from one of our own pages (samvaro.csrf has looked), so it may be sent again.
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
        **look_of(request)._asdict(),
    }
    headers = {"Retry-After": str(TRY_AFTER), "Cache-Control": "no-store"}
    # Without the context processors: they ask the database.
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)
