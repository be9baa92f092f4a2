"""The staff door: what stands between the net and every page that only staff may see."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import resolve_url
from django.urls import reverse

from members.adapter import factor_passed_at, has_factor, is_fresh, logged_in_at

# Every page below these is for staff. A new one is closed from its first day.
STAFF_PREFIXES = ("/admin/", "/ledare/", "/samordning/")
# Log-in pages of others, that would be doors beside ours.
OTHER_DOORS = ("/admin/login/", "/_util/login/")
CLOSED = ("/admin/password_reset/", "/admin/failwhale/", "/admin/test404/")
# Wagtail's way out throws the cookie away on a GET too, so that a picture could log somebody out.
OTHER_WAY_OUT = "/admin/logout/"
ADMIN = "/admin/"

# Editors' pages ask here by themselves whether somebody else edits too. That is nobody's work.
KNOCKS = "/admin/editing-sessions/"

# Who may log in and do what: changed only right after the second factor was shown.
FRESH_PREFIXES = ("/admin/users/", "/admin/groups/", "/admin/bulk/members/", "/admin/bulk/auth/")

SEEN = "staff_seen_at"
# How often the time is noted, in seconds: not every click is worth a write.
NOTE_EVERY = 60


class StaffDoorMiddleware:
    """Works in process_view: after the check that a form comes from our own pages, because a POST
    that waits for the second factor is carried out afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        path = request.path_info
        if path.startswith(OTHER_DOORS):
            return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))
        if path == OTHER_WAY_OUT:
            return HttpResponseRedirect(reverse("account_logout"), preserve_request=True)
        if path.startswith(CLOSED):
            raise Http404
        if not path.startswith(STAFF_PREFIXES):
            return None
        return self._at_the_door(request)

    def _at_the_door(self, request: HttpRequest) -> HttpResponseBase | None:
        user, now = request.user, time.time()
        if not user.is_authenticated:
            return _to(resolve_url(settings.LOGIN_URL), request)
        if not user.works_here or (
            request.path_info.startswith(ADMIN) and not user.has_perm("wagtailadmin.access_admin")
        ):
            # Not 403: whoever does not work here need not know that the page exists.
            raise Http404
        if now - logged_in_at(request) > settings.STAFF_SESSION_AGE:
            logout(request)
            return _to(resolve_url(settings.LOGIN_URL), request)
        if not has_factor(user):
            return _to(reverse("mfa_index"), request)
        last = max(factor_passed_at(request), request.session.get(SEEN, 0))
        rested = not factor_passed_at(request) or now - last > settings.STAFF_IDLE_AGE
        delicate = request.path_info.startswith(FRESH_PREFIXES)
        if rested or (delicate and not is_fresh(request)):
            if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
                raise PermissionDenied  # a script cannot show a second factor
            return suspend_request(request, reverse("mfa_reauthenticate"))
        if now - last > NOTE_EVERY and not request.path_info.startswith(KNOCKS):
            request.session[SEEN] = now
        return None


def _to(page: str, request: HttpRequest) -> HttpResponseRedirect:
    here = request.get_full_path()
    return HttpResponseRedirect(f"{page}?{urlencode({REDIRECT_FIELD_NAME: here})}")
