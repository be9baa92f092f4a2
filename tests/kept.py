"""The pages that are kept in the cache right now."""

from django.core.cache import cache


def kept_pages() -> list[str]:
    """Their keys, as the cache's own methods take them."""
    client = cache._cache.get_client()  # type: ignore[attr-defined]
    return [key.decode().split(":", 2)[2] for key in client.keys("samvaro:*:page:*")]


def forget_kept_pages() -> None:
    cache.delete_many(kept_pages())
