"""A limit per visitor, that no visitor can talk away and that nobody meets without Valkey."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from privacy.limits import client_ip, limited, within_limit


def post(address: str = "192.0.2.1", **headers: str):
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


@limited("test", (3, 300))
def view(request):
    return HttpResponse("ok")


@pytest.mark.django_db
def test_more_than_the_limit_is_asked_to_wait():
    assert [view(post()).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert view(post("192.0.2.2")).status_code == 200
    assert view(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")).status_code == 200


@pytest.mark.django_db
def test_a_made_up_sender_changes_nothing():
    codes = [view(post(**{"x-forwarded-for": f"198.51.100.{n}"})).status_code for n in range(5)]
    assert codes == [200, 200, 200, 429, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_ip(post(**headers)) == seen


def test_a_home_with_many_addresses_is_one():
    assert client_ip(post("2001:db8:1:2:3::4")) == client_ip(post("2001:db8:1:2:ffff::1"))
    assert client_ip(post("2001:db8:1:2::1")) != client_ip(post("2001:db8:1:3::1"))


def test_the_cache_knows_nobodys_address():
    from django.conf import settings
    from redis import Redis

    within_limit("test", "192.0.2.77", limit=3, seconds=300)
    with Redis.from_url(settings.REDIS_URL) as valkey:
        assert [key for key in valkey.keys("*") if b"192.0.2.77" in key] == []
