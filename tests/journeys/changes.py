"""What the links of letters about times, interest and paying open."""

from typing import Any

from django.urls import resolve

from events import emails
from tests.factories import EventFactory, InterestFactory, RegistrationFactory


def _token(url: str) -> str:
    path = "/" + url.split("/", 3)[3]
    found: dict[str, Any] = resolve(path).kwargs
    return str(found["token"])


def lay_changes() -> dict[str, str]:
    """The activities take no sign-up of others and stand on no list."""
    series = EventFactory(slug="serien", title="Serien", times=3)
    row = RegistrationFactory(event=series, name="Kim")
    dear = EventFactory(
        slug="avgift", title="Resa med buss", price=120, member_price=60, pays_ahead=True
    )
    paying = RegistrationFactory(event=dear, name="Kim", paying=True)
    return {
        "series": _token(emails.booking_url(row)),
        "series_time": str(series.schedule[0].uid),
        "paying": _token(emails.booking_url(paying)),
        "interested": _token(emails.interest_url(InterestFactory(name="Kim"))),
    }
