"""An activity ten days away with two places, and the way to fill in its form."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Occasion, Registration
from events.services import registration as registrations
from members.models import User
from tests.doors import log_in
from tests.factories import UserFactory

Press = Callable[..., Any]


def make_event(slug: str = "promenad", *, starts_at: datetime | None = None, **more: Any) -> Event:
    facts: dict[str, Any] = {
        "title": "Promenad för anhöriga",
        "neutral_title": "Promenad",
        "summary": "Vi går en timme.",
        "place": "Zinkensdamm",
        "capacity": 2,
        "live": True,
    }
    event = Event.objects.create(slug=slug, **(facts | more))
    start = starts_at or timezone.now() + timedelta(days=10)
    Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=2))
    return event


def take_place(event: Event, email: str = "kim@exempel.se", name: str = "Kim") -> Registration:
    row = registrations.sign_up(event, key=uuid.uuid4(), name=name, email=email).registration
    assert row is not None
    return row


def stand_in_queue(event: Event, email: str = "bo@exempel.se", name: str = "Bo") -> Registration:
    row = registrations.join_queue(event, key=uuid.uuid4(), name=name, email=email).registration
    assert row is not None
    return row


@pytest.fixture
def event(db: None) -> Event:
    return make_event()


@pytest.fixture
def press(client: Client) -> Press:
    """Fill in the form of an activity and press the button."""

    def press(event: Event, where: str = "anmalan", **typed: Any) -> Any:
        data = {"name": "Kim", "email": "kim@exempel.se", "consent": "on"}
        return client.post(f"/aktiviteter/{event.slug}/{where}/", data | typed)

    return press


@pytest.fixture
def anna() -> User:
    """Somebody of the office."""
    return UserFactory(role="samordnare", first_name="Anna", last_name="Åkerlund")


@pytest.fixture
def office(client: Client, anna: User) -> Client:
    """Anna's browser, in the admin."""
    return log_in(client, anna)
