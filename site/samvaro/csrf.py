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
        came_from = request.headers.get("Sec-Fetch-Site")
        if came_from in ("same-origin", "none"):
            return None
        if came_from is not None or self._from_elsewhere(request):
            return self._reject(request, f"sent from another site ({came_from or 'Origin'})")
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            # An old browser, and nobody is logged in: there is nothing that a forgery could use.
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    @staticmethod
    def _from_elsewhere(request: HttpRequest) -> bool:
        origin = request.headers.get("Origin", "")
        if origin in ("", "null"):  # "null" is what a page without a referrer sends to itself
            return False
        return urlsplit(origin).netloc != request.get_host()
