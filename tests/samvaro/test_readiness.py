import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from mail.models import Heartbeat, Letter
from mail.services import post


def readyz() -> tuple[int, dict[str, Any]]:
    response = Client().get("/readyz")
    return response.status_code, json.loads(response.content)


def tick(minutes_ago: float = 0) -> None:
    Heartbeat.objects.create(name="clock", at=timezone.now() - timedelta(minutes=minutes_ago))


def letter(minutes_ago: float) -> None:
    due = timezone.now() - timedelta(minutes=minutes_ago)
    assert post("event_reminder", to="kim@exempel.se", about={}, due_at=due)


@pytest.mark.django_db
def test_a_server_whose_clock_ticks_and_letters_leave_is_ready() -> None:
    tick(1)
    letter(5)
    assert readyz() == (
        200,
        {
            "ready": True,
            "database": True,
            "broker": True,
            "oldest_due_letter": 300,
            "last_tick": 60,
        },
    )


@pytest.mark.django_db
def test_a_clock_that_never_ticked_or_stands_still_is_not_ready() -> None:
    assert readyz()[0] == 503
    tick(6)
    assert readyz()[0] == 503


@pytest.mark.django_db
def test_letters_that_do_not_leave_are_not_ready() -> None:
    tick()
    letter(16)
    status, state = readyz()
    assert (status, state["oldest_due_letter"]) == (503, 960)


@pytest.mark.django_db
def test_letters_that_are_due_later_do_not_count() -> None:
    tick()
    letter(-60)
    assert readyz()[1]["oldest_due_letter"] is None


@pytest.mark.django_db
def test_a_lost_broker_is_said_and_not_waited_for(settings: Any) -> None:
    tick()
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    status, state = readyz()
    assert (status, state["broker"], state["database"]) == (503, False, True)


@pytest.mark.django_db
def test_a_lost_database_is_said() -> None:
    def lost(*args: Any) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(lost):
        status, state = readyz()
    assert (status, state["database"], state["broker"]) == (503, False, True)


@pytest.mark.django_db
def test_nobody_is_named_and_nothing_is_kept() -> None:
    tick()
    letter(5)
    response = Client().get("/readyz")
    assert "kim" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert Letter.objects.count() == 1


def test_the_process_lives_without_asking_anyone() -> None:
    assert Client().get("/healthz").content == b"ok"
