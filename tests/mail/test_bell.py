"""The bell is rung when a letter was committed, and nobody waits for one that is broken (RES-1, RES-2)."""

import socket
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from mail import receivers
from mail.models import Letter
from mail.services import post
from samvaro import celery_app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _awake(monkeypatch):
    monkeypatch.setattr(receivers, "_silent_until", 0.0)


@pytest.fixture
def rung(monkeypatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(receivers.deliver, "delay", lambda: heard.append("rung"))
    return heard


@pytest.fixture
def broker():
    """Let the bell ring at another address, with nothing pooled from before."""
    before = celery_app.conf.broker_url

    def ring_at(url: str) -> None:
        celery_app.conf.broker_url = celery_app.conf.broker_write_url = url
        celery_app.pool.force_close_all()
        celery_app._pool = None
        celery_app.amqp._producer_pool = None

    yield ring_at
    ring_at(before)


@pytest.fixture
def silent_port():
    """Something that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def write(**more: object) -> Letter | None:
    return post("plain", to="kim@exempel.se", about={}, **more)


def test_it_rings_when_the_row_is_committed_and_not_before(rung):
    with transaction.atomic():
        write()
        assert rung == []
    assert rung == ["rung"]


def test_it_does_not_ring_for_what_was_rolled_back(rung):
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert rung == []


def test_it_does_not_ring_for_what_is_due_later(rung):
    write(due_at=timezone.now() + timedelta(hours=1))
    assert rung == []


def test_it_does_not_ring_when_a_row_is_only_changed(rung):
    letter = write()
    letter.attempts = 1
    letter.save(update_fields=["attempts"])
    assert rung == ["rung"]


def seconds_to_write() -> float:
    start = time.monotonic()
    assert write() is not None
    return time.monotonic() - start


def test_a_broker_that_refuses_costs_no_time_and_no_letter(broker):
    broker("redis://127.0.0.1:1/0")
    assert seconds_to_write() < 3
    assert seconds_to_write() < 0.2  # it is not asked again for a while
    assert Letter.objects.count() == 2


def test_a_broker_that_says_nothing_costs_little_time_and_no_letter(broker, silent_port):
    broker(f"redis://127.0.0.1:{silent_port}/0")
    assert seconds_to_write() < 6
    assert seconds_to_write() < 0.2
    assert Letter.objects.count() == 2


def test_it_is_asked_again_when_it_has_rested(rung, monkeypatch):
    monkeypatch.setattr(receivers, "_silent_until", time.monotonic() + 1000)
    write()
    assert rung == []
    monkeypatch.setattr(receivers, "_silent_until", time.monotonic() - 1)
    write()
    assert rung == ["rung"]


def test_a_bell_that_breaks_in_any_way_does_not_break_the_page(monkeypatch):
    monkeypatch.setattr(receivers.deliver, "delay", lambda: 1 / 0)
    assert write() is not None
