"""Doors without a log-in: one purpose, one thing, until a time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mail.models import Link
from mail.services import LinkExpired, LinkUnknown, close_doors, mint, open_door

pytestmark = pytest.mark.django_db


def later(days: float = 1):
    return timezone.now() + timedelta(days=days)


def test_a_token_opens_what_it_was_made_for():
    token = mint("booking", about="7", expires_at=later())
    assert [open_door(token, purpose="booking") for _ in range(3)] == ["7", "7", "7"]


def test_a_token_is_long_and_never_the_same():
    tokens = {mint("booking", about="7", expires_at=later()) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43  # 256 bits


def test_the_database_does_not_know_the_token():
    token = mint("booking", about="7", expires_at=later())
    assert token not in str(Link.objects.values())


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t + "A", str.lower, lambda t: "", str.swapcase]
)
def test_another_token_opens_nothing(spoil):
    token = mint("booking", about="7", expires_at=later())
    with pytest.raises(LinkUnknown):
        open_door(spoil(token), purpose="booking")


def test_a_token_has_one_purpose():
    token = mint("booking", about="7", expires_at=later())
    with pytest.raises(LinkUnknown):
        open_door(token, purpose="offer")


def test_a_token_that_is_over_tells_where_it_led():
    token = mint("booking", about="7", expires_at=later())
    with time_machine.travel(later(1.01)), pytest.raises(LinkExpired) as over:
        open_door(token, purpose="booking")
    assert over.value.about == "7"


def test_doors_are_closed_for_one_thing_and_purpose():
    gone = mint("booking", about="7", expires_at=later())
    stays = [
        mint("booking", about="8", expires_at=later()),
        mint("offer", about="7", expires_at=later()),
    ]
    assert close_doors(purpose="booking", about="7") == 1
    with pytest.raises(LinkUnknown):
        open_door(gone, purpose="booking")
    assert open_door(stays[0], purpose="booking") == "8"
    assert open_door(stays[1], purpose="offer") == "7"


@pytest.mark.parametrize("token", ["\x00", "å" * 50, "x" * 10_000, "' OR 1=1 --"])
def test_a_strange_token_is_just_unknown(token):
    with pytest.raises(LinkUnknown):
        open_door(token, purpose="booking")
