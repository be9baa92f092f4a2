"""Calendar files that any phone can read and that tell nobody what the activity is about."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from events.models import Event, Occasion


def feed(events: Iterable[Event]) -> bytes:
    """One calendar with every occasion of these activities: neutral titles, times in UTC.

    UTC needs no table of time zones, which phones read differently.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Samvaro//sv//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        for occasion in event.schedule:
            calendar.add_component(_entry(event, occasion))
    return bytes(calendar.to_ical())


def _entry(event: Event, occasion: Occasion) -> Entry:
    entry = Entry()
    entry.add("uid", f"{occasion.uid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", occasion.starts_at.astimezone(UTC))
    entry.add("dtend", occasion.ends_at.astimezone(UTC))
    entry.add("summary", event.neutral_title)
    if event.place:
        entry.add("location", event.place)
    if occasion.cancelled_at or event.cancelled_at:
        entry.add("status", "CANCELLED")
    return entry
