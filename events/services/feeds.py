"""The private calendar of a mailbox: what they have a place in, and nothing that tells what it is."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from events.models import Event, PrivateFeed, Registration

# Signs the secret, so that guessing at addresses never reaches the database.
_signer = Signer(salt="events.private-feed")
# A calendar also shows what was, for so long.
LOOK_BACK = timedelta(days=30)


def feed_of(person_key: str) -> PrivateFeed | None:
    return PrivateFeed.objects.filter(person_key=person_key).first()


def renew(person_key: str) -> PrivateFeed:
    """A new address. The one before, if there was one, shows nothing any more."""
    feed, _ = PrivateFeed.objects.update_or_create(
        person_key=person_key, defaults={"secret": uuid.uuid4(), "made_at": timezone.now()}
    )
    return feed


def close(person_key: str) -> None:
    PrivateFeed.objects.filter(person_key=person_key).delete()


def address(feed: PrivateFeed) -> str:
    signed = _signer.sign(feed.secret.hex)
    return settings.SITE_URL + reverse("events:private_calendar", args=[signed])


def behind(signed: str) -> PrivateFeed | None:
    """The feed that this address opens; None for what was never ours or was renewed."""
    try:
        secret = _signer.unsign(signed)
    except BadSignature:
        return None
    return PrivateFeed.objects.filter(secret=secret).first()


def events_in(feed: PrivateFeed) -> list[Event]:
    """What they have a place in, without the times at which they have said that they are away."""
    rows = (
        Registration.objects.of_mailbox(feed.person_key)
        .filter(state=Registration.State.CONFIRMED)
        .filter(event__occasions__ends_at__gt=timezone.now() - LOOK_BACK)
        .select_related("event")
        .distinct()
    )
    found = []
    for row in rows:
        away = set(row.absences.values_list("occasion_uid", flat=True))
        event = row.event
        event.all_occasions = [one for one in event.schedule if one.uid not in away]
        event.__dict__.pop("schedule", None)
        found.append(event)
    return found
