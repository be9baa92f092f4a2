"""Our side: the demo association, and what the races need. Prints what it made as JSON.

python -m bench.scene fill RACES PLACES     the rows
python -m bench.scene statements PATH…      how many statements each page costs
"""

import json
import os
import sys
from datetime import timedelta


def main(what: str, *arguments: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "samvaro.settings"
    import django

    django.setup()
    made = fill(*map(int, arguments)) if what == "fill" else statements(*arguments)
    print(json.dumps(made))


def fill(races: int, places: int) -> dict[str, str]:
    from django.core.management import call_command
    from django.utils import timezone

    from events.models import Event
    from samvaro.demo_data.loading.everything import load

    call_command("migrate", verbosity=0)
    load()
    now = timezone.now()
    upcoming = Event.objects.upcoming(now).with_occasions().with_places(now)
    shown = next(event for event in upcoming if event.status(now) == Event.Status.OPEN)
    for number in range(races):
        _copy(shown, f"race-{number}", capacity=places)
    _copy(shown, "single", capacity=None)
    return {"activity": shown.get_absolute_url()}


def _copy(like: "Event", slug: str, *, capacity: int | None) -> None:  # type: ignore[name-defined]  # noqa: F821
    """An activity with the same words as one of the demo's, a month from now."""
    from django.utils import timezone

    from events.models import Event, Occasion

    event = Event.objects.get(pk=like.pk)
    event.pk, event.slug, event.capacity = None, slug, capacity
    event.opens_at = event.closes_at = event.latest_revision = event.live_revision = None
    # A registration must not change what the other benchmarks show.
    event.save()
    start = timezone.now() + timedelta(days=300)
    Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=2))


def statements(*paths: str) -> dict[str, int]:
    """Of a page that is not cached, in a process that has shown it before."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = {}
    for path in paths:
        client = Client(SERVER_NAME="127.0.0.1")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[path] = len(queries)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
