"""A cache that may be away: pages go on without it (RES-1, RES-2)."""

import socket
import time

import pytest
from django.core.cache import caches

from samvaro import cache as forgiving
from samvaro.cache import REST_AFTER_SILENCE, ForgivingValkeyCache


@pytest.fixture(autouse=True)
def _rested(monkeypatch):
    monkeypatch.setattr(forgiving, "_silent_until", 0.0)


def at(port: int) -> ForgivingValkeyCache:
    options = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return ForgivingValkeyCache(f"redis://127.0.0.1:{port}/0", {"OPTIONS": options})


@pytest.fixture
def silent():
    """Takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield at(server.getsockname()[1])


def ask_everything(cache: ForgivingValkeyCache) -> dict[str, object]:
    return {
        "get": cache.get("key"),
        "get with a default": cache.get("key", []),
        "get_many": cache.get_many(["a", "b"]),
        "set": cache.set("key", 1, 60),
        "set_many": cache.set_many({"a": 1}),
        "add": cache.add("key", 1, 60),
        "incr": cache.incr("key"),
        "count_up": cache.count_up("key", 60),
        "decr": cache.decr("key"),
        "touch": cache.touch("key", 60),
        "delete": cache.delete("key"),
        "delete_many": cache.delete_many(["a", "b"]),
        "has_key": cache.has_key("key"),
        "in": "key" in cache,
        "get_or_set": cache.get_or_set("key", lambda: 7),
        "clear": cache.clear(),
    }


NOTHING = {
    "get": None, "get with a default": [], "get_many": {}, "set": None, "set_many": [],
    "add": True, "incr": 1, "count_up": 0, "decr": -1, "touch": False, "delete": False, "delete_many": None,
    "has_key": False, "in": False, "get_or_set": 7, "clear": None,
}  # fmt: skip


def test_a_lost_cache_is_an_empty_one():
    assert ask_everything(at(1)) == NOTHING


def test_a_silent_cache_is_an_empty_one_and_costs_its_patience_once(silent):
    start = time.monotonic()
    assert ask_everything(silent) == NOTHING
    assert time.monotonic() - start < 1.5


def test_it_is_asked_again_when_it_has_rested(monkeypatch):
    cache = caches["default"]
    now = time.monotonic()
    monkeypatch.setattr(forgiving, "_silent_until", now + REST_AFTER_SILENCE)
    cache.set("key", "before", 60)
    assert cache.get("key") is None
    monkeypatch.setattr(forgiving, "_silent_until", now - 1)
    cache.set("key", "after", 60)
    assert cache.get("key") == "after"


def test_what_is_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ValueError, match="not found"):
        caches["default"].incr("never-set")


def test_a_value_that_an_older_version_wrote_and_nobody_can_read_is_not_there():
    cache = caches["default"]
    cache._cache.get_client(None, write=True).set(cache.make_key("key"), b"\x80garbage")
    assert cache.get("key", "nothing") == "nothing"


def test_a_cache_that_is_there_works():
    cache = caches["default"]
    cache.set("key", {"å": 1}, 60)
    assert cache.get("key") == {"å": 1}
    assert cache.add("key", 2) is False
    assert cache.incr("number" if cache.set("number", 1) is None else "") == 2
    assert cache.delete("key") is True
    assert cache.get("key") is None


def test_counting_begins_at_one_and_is_forgotten_in_time():
    cache = caches["default"]
    assert [cache.count_up("tries", 60) for _ in range(3)] == [1, 2, 3]
    left = cache._cache.get_client(None, write=True).ttl(cache.make_key("tries"))
    assert 0 < left <= 60, "the first try decides when it is forgotten"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/logga-in/", "/aktiviteter/", "/akut-hjalp/"])
def test_pages_answer_without_a_cache(client, monkeypatch, page):
    monkeypatch.setattr(forgiving, "_silent_until", time.monotonic() + 1000)
    assert client.get(page).status_code in (200, 404)
    assert client.post("/logga-in/", {"email": "kim@exempel.se"}).status_code == 303
