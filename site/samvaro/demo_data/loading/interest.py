"""Invented people who wait for something to get a date."""

from datetime import timedelta

from django.utils import timezone

from events.models import Event, Interest
from privacy.addresses import mail_key
from privacy.services import note_consent
from samvaro.demo_data.loading.registrations import Crowd

# Each with what suits them; the next one begins anew.
WISHES = [
    {"evening": True, "mode": Interest.Mode.ON_SITE},
    {"day": True, "evening": True, "mode": Interest.Mode.ANY},
    {"evening": True, "weekend": True, "mode": Interest.Mode.ONLINE},
    {},
]


def load_interest(event: Event, number: int, crowd: Crowd) -> None:
    for place, one in enumerate(crowd.take(number, new=0)):
        moment = timezone.now() - timedelta(days=3 * (number - place), hours=2)
        Interest.objects.create(
            event=event,
            name=one.name,
            email=one.email,
            person_key=mail_key(one.email),
            consent=note_consent("events", at=moment),
            created_at=moment,
            kept_at=moment,
            **WISHES[place % len(WISHES)],
        )
