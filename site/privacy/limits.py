"""A limit per visitor on public forms, without a puzzle. Holds as long as the cache is there; what
must hold always, such as letters per mailbox, is counted in the database."""

import functools
import hashlib
import ipaddress
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def client_ip(request: HttpRequest) -> str:
    """The visitor's address as our own proxies saw it; what a visitor claims is not believed."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and len(passed) >= trusted and passed[-trusted]:
        return _household(passed[-trusted])
    return _household(str(request.META.get("REMOTE_ADDR", "")))


def _household(address: str) -> str:
    """With IPv6 every home has a whole network of addresses; it is counted as one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    return str(ipaddress.ip_network(f"{known}/64", strict=False).network_address)


def within_limit(action: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `who`. False when there were more than `limit` in this stretch of time."""
    window = int(time.time()) // seconds
    # The visitor's address is hashed: the cache need not know who was here.
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{who}".encode()).hexdigest()[:32]
    key = f"limit:{action}:{digest}:{window}"
    tries = cache.count_up(key, seconds)  # type: ignore[attr-defined]  # samvaro.cache
    return bool(tries <= limit)


def limited(action: str, limit: tuple[int, int] | None = None) -> Callable[[View], View]:
    """A view whose POSTs are counted per visitor; too many are asked to wait a little.

    `limit`: so many in so many seconds; settings.FORM_LIMIT when nothing is said.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            number, seconds = limit or settings.FORM_LIMIT
            if request.method == "POST" and not within_limit(
                action, client_ip(request), limit=number, seconds=seconds
            ):
                return render(request, "429.html", {"minutes": seconds // 60}, status=429)
            return view(request, *args, **kwargs)

        return counted

    return decorate
