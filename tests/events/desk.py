"""What tests of the admin's pages share: where they are, what they say, and how they are sent."""

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from events.models import Event
from tests.doors import CSRF_FREE

LIST = "/admin/aktiviteter/"


def people(event: Event, more: str = "") -> str:
    """The address of who has signed up, or of a page below it."""
    return f"{LIST}{event.pk}/anmalningar/{more}"


def send(client: Client, url: str, data: dict[str, Any] | None = None) -> Any:
    return client.post(url, data or {}, **CSRF_FREE)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def told(client: Client) -> list[str]:
    """What the next page says at its top, without the buttons."""
    return [
        str(message).strip().splitlines()[0]
        for message in get_messages(client.get(LIST).wsgi_request)
    ]
