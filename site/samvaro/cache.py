"""A cache that may be away. A page never waits long for it and never fails without it."""

import time
from collections.abc import Callable
from pickle import UnpicklingError
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

# After a cache that did not answer, nobody asks it again for this long, in seconds.
REST_AFTER_SILENCE = 10.0

# What unpickling raises for a value that another version of us has written.
UNREADABLE = (ValueError, EOFError, ImportError, AttributeError, IndexError, UnpicklingError)

# One for the process: every thread's cache object talks to the same server.
_silent_until = 0.0


class OneClient(RedisCacheClient):
    """Django makes a new client for every question, which takes longer than the answer."""

    kept: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if self.kept is None:
            self.kept = super().get_client(key, write=write)
        return self.kept


class ForgivingValkeyCache(RedisCache):
    """Django's Redis cache, where a lost server means an empty cache.

    The first question after a loss waits for the socket's timeout, the others not at all, until
    the server has rested. So a silent server costs a page half a second, not half a second a key.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient

    def _ask(self, question: Callable[..., Any], answer: Any, *args: Any, **kwargs: Any) -> Any:
        global _silent_until
        if time.monotonic() < _silent_until:
            return answer
        try:
            return question(*args, **kwargs)
        except (RedisError, OSError):
            _silent_until = time.monotonic() + REST_AFTER_SILENCE
            return answer

    def _read(self, question: Callable[..., Any], answer: Any, *args: Any) -> Any:
        try:
            return self._ask(question, answer, *args)
        except UNREADABLE:
            return answer

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._read(super().get, default, key, default, version)

    def get_many(self, keys: Any, version: Any = None) -> Any:
        return self._read(super().get_many, {}, keys, version)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(super().set, None, key, value, *args, **kwargs)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return list(self._ask(super().set_many, [], data, *args, **kwargs))

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(super().add, True, key, value, *args, **kwargs))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return int(self._ask(super().incr, delta, key, delta, version))

    def count_up(self, key: str, seconds: int) -> int:
        """One more, in one question; forgotten so long after the first. 0 when nobody counts."""
        return int(self._ask(self._count_up, 0, self.make_and_validate_key(key), seconds))

    def _count_up(self, key: str, seconds: int) -> int:
        line = self._cache.get_client(key, write=True).pipeline(transaction=False)
        line.set(key, 0, ex=seconds, nx=True)
        line.incr(key)
        return int(line.execute()[1])

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(super().touch, False, key, *args, **kwargs))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._ask(super().delete, False, key, version))

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._ask(super().delete_many, None, keys, version)

    def clear(self) -> None:
        self._ask(super().clear, None)

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._ask(super().has_key, False, key, version))
