"""What the clock does for the public site."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from pages.tasks import publish_scheduled
from tests.events.conftest import make_event

pytestmark = pytest.mark.django_db


def test_a_timed_activity_is_published_when_its_time_has_come(client: Client) -> None:
    event = make_event("tidsatt", live=False)
    event.go_live_at = timezone.now() + timedelta(hours=1)
    event.save_revision().publish()
    publish_scheduled()
    assert client.get("/aktiviteter/tidsatt/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        publish_scheduled()
        publish_scheduled()
        assert client.get("/aktiviteter/tidsatt/").status_code == 200
