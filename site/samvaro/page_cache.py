"""Whole pages for visitors without a session, from the cache (docs/decisions/0004).

Only an answer that was made without a session, without a form and without a person in it is kept.
Everything that editors or sign-ups change puts out a new edition (`privacy.edition`), so no old page
is shown. A visit that finds its page costs one question to Valkey and none to PostgreSQL.
"""

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers, set_response_etag

from pages.filters import KNOWN_PARAMETERS
from pages.theme import look_of
from privacy import edition

# How long a page may be served from the cache at the most, in seconds: what time alone changes
# (a sign-up that opens, a meeting that begins) is seen within a minute.
LIFETIME = 60
# The views whose pages are alike for all visitors. A new view is not kept until it is named here.
KEPT_VIEWS = {
    "wagtail_serve",
    "events:activity",
    "events:calendar",
    "events:calendar_of_all",
    "pages:sitemap",
    "pages:site_map",
    "pages:news_feed",
    "pages:robots",
}
# Forms that are alike but for the number of the press, of which each visitor gets one of their own.
KEPT_FORMS = {"events:sign_up", "events:queue", "events:interest"}
_NUMBER = re.compile(rb'(?<=name="submission" value=")[0-9a-f-]{36}(?=")')
# Longer queries than this are nobody's filter, in characters.
LONGEST_QUERY = 200


# A page as it left: the edition that it belongs to, its bytes, its headers, and if it is a form.
Kept = tuple[str, bytes, dict[str, str], bool]


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return asks_again(self.get_response(request))
        found = cache.get_many([edition.KEY, edition.WORDS, key])
        out: str | None = found.get(edition.KEY)
        kept: Kept | None = found.get(key)
        if out and kept and kept[0] == out:
            return HttpResponse(_NUMBER.sub(_new, kept[1]) if kept[3] else kept[1], headers=kept[2])
        # The edition before the page is made: if a new one comes out meanwhile, this page is old.
        out = out or edition.current()
        # What `edition.words_of` would have asked for.
        request.words_edition = found.get(edition.WORDS)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if may_be_kept(request, response):
            is_form = is_kept_form(request)
            if not is_form:
                # A browser asks every time, and mostly hears 304: Back never shows an old page.
                response["Cache-Control"] = "no-cache"
                set_response_etag(response)
            patch_vary_headers(response, ["Cookie"])
            if out:
                page = (out, response.content, dict(response.items()), is_form)
                cache.set(key, page, LIFETIME)
        return asks_again(response)


def key_of(request: HttpRequest) -> str | None:
    """Where the page of this visit is kept; None for a visit that needs a page of its own."""
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if getattr(request, "is_dummy", False) or "Authorization" in request.headers:
        return None
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    if set(request.GET) - KNOWN_PARAMETERS:
        return None
    query = urlencode(sorted(request.GET.items()))
    parts = [request.scheme or "", request.get_host(), request.path, query, look_key(request)]
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def asks_again(response: HttpResponse) -> HttpResponse:
    """A page that says nothing about keeping is kept by nobody but its reader's own browser."""
    if response.get("Content-Type", "").startswith("text/html"):
        response.setdefault("Cache-Control", "private, no-cache")
    return response


def look_key(request: HttpRequest) -> str:
    """How the visitor wants pages to look, as far as we know the choice."""
    return repr(look_of(request))


def is_kept_form(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in KEPT_FORMS


def may_be_kept(request: HttpRequest, response: Any) -> bool:
    """The same for every visitor, and allowed to be shown again."""
    match = request.resolver_match
    control = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and match is not None
        and (match.view_name in KEPT_VIEWS or match.view_name in KEPT_FORMS)
        and not response.streaming
        and not response.cookies
        # No browser may keep a form; we may, since we put in a new number.
        and ("no-store" not in control or match.view_name in KEPT_FORMS)
        and "private" not in control
    )


def _new(number: re.Match[bytes]) -> bytes:
    return str(uuid.uuid4()).encode()
