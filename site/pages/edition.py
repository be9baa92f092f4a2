"""Which edition of the public pages is out.

Every process keeps what it made of an edition only as long as the edition lives in the shared
cache. Whatever changes what a visitor sees puts out a new one, so nobody meets an old page.
"""

import secrets

from django.core.cache import cache

KEY = "pages:edition"


def current() -> str | None:
    """The edition that is out; None when the cache is away, and then nothing may be kept."""
    found = cache.get(KEY)
    if found is None:
        cache.add(KEY, secrets.token_hex(8), None)
        found = cache.get(KEY)
    return found


def new_edition() -> None:
    """Everything that was kept is old from now on."""
    cache.set(KEY, secrets.token_hex(8), None)
