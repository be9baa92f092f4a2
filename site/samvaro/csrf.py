"""Forms that only our own pages can send, without a cookie (docs/decisions/0005).

Browsers say in `Sec-Fetch-Site` where a request comes from, and no page can forge it. So a visitor
who only reads, or who signs up without an account, needs no cookie and can never meet an expired
token. Whoever has a session and a browser that does not say is asked for Django's token as usual.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
# Sent by a page of ours, or by nobody's page: an address that was typed, or a bookmark.
FROM_US = ("same-origin", "none")


class SameOriginMiddleware(CsrfViewMiddleware):
    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> Any:
        if (
            request.method in SAFE_METHODS
            or getattr(callback, "csrf_exempt", False)
            or getattr(request, "_dont_enforce_csrf_checks", False)
        ):
            return None
        # An Origin that names another site is another site, whatever else is said.
        if self._from_elsewhere(request):
            return self.refuse(request, "sent from another site (Origin)")
        came_from = request.headers.get("Sec-Fetch-Site")
        if came_from in FROM_US:
            return None
        if came_from is not None:
            return self.refuse(request, f"sent from another site ({came_from})")
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            # An old browser, and nobody is logged in: there is nothing that a forgery could use.
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def refuse(self, request: HttpRequest, reason: str) -> HttpResponseBase:
        refusal: HttpResponseBase = self._reject(request, reason)  # type: ignore[attr-defined]  # not in the stubs
        return refusal

    @staticmethod
    def _from_elsewhere(request: HttpRequest) -> bool:
        origin = request.headers.get("Origin", "")
        if origin in ("", "null"):  # "null" is what a page without a referrer sends to itself
            return False
        came_by, host = urlsplit(origin), urlsplit(settings.SITE_URL)
        if came_by.netloc == host.netloc:
            return came_by.scheme != host.scheme
        return came_by.netloc != request.get_host()
