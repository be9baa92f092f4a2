"""Which edition of the public pages is out.

Every process keeps what it made of an edition only as long as the edition lives in the shared
cache. Whatever changes what a visitor sees puts out a new one, so nobody meets an old page.

There are two: one of everything that is seen, and one of what editors write. Who signs up changes
only the first, so what stands around the pages need not be read anew for every sign-up.

pages.receivers knows what visitors see. What is kept lies here, below all apps, so that each of them
may keep what it reads at every press.
"""

import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpRequest

KEY = "pages:edition"
WORDS = "pages:edition:words"
# Also without a new edition everything is read again after this long, in seconds.
LIFETIME = 60.0
# What one process keeps at the most: more than all pages.
MOST_KEPT = 1000

T = TypeVar("T")

# What this process has made, with the edition that it belongs to and until when it may be used.
_kept: dict[str, tuple[str, float, object]] = {}


def current(key: str = KEY) -> str | None:
    """The edition that is out; None when the cache is away, and then nothing may be kept."""
    found = cache.get(key)
    if found is None:
        cache.add(key, secrets.token_hex(8), None)
        found = cache.get(key)
    return found


def new_edition() -> None:
    """Everything that was kept is old from now on."""
    cache.set_many({KEY: secrets.token_hex(8), WORDS: secrets.token_hex(8)}, None)


def new_places() -> None:
    """Somebody came or left: the pages are old from now on, what editors wrote is not."""
    cache.set(KEY, secrets.token_hex(8), None)


def words_of(request: HttpRequest) -> str | None:
    """The edition of what editors write that this visit sees, asked for once."""
    if not getattr(request, "words_edition", None):
        request.words_edition = current(WORDS)  # type: ignore[attr-defined]
    known: str | None = request.words_edition  # type: ignore[attr-defined]
    return known


def kept(words: str | None, name: str, make: Callable[[], T]) -> T:
    """What was made under this name in this edition: once in each process.

    Made anew when nobody knows the edition. None is never kept. All threads share what is kept.
    """
    found = _kept.get(name)
    if found and found[0] == words and time.monotonic() < found[1]:
        return found[2]  # type: ignore[return-value]  # the name stands for the type
    made = make()
    if words and made is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[name] = (words, time.monotonic() + LIFETIME, made)
    return made
