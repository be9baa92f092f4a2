"""A thousand wait, half a thousand cancel: seconds until every freed place has been offered.

python -m bench.promote_scene PLACES WAITING ROUNDS     prints them as JSON

Beside our way the barest: the same rows of a bare table, for each cancellation a lock on the row of
the activity, the first who waits, and two updates.
"""

import json
import os
import sys
import time
from datetime import timedelta
from typing import Any

BARE = """
CREATE TABLE IF NOT EXISTS bench_meeting (id bigserial PRIMARY KEY, places integer);
CREATE TABLE IF NOT EXISTS bench_entry (
    id bigserial PRIMARY KEY, meeting bigint REFERENCES bench_meeting, name text, email text,
    state text, created_at timestamptz DEFAULT now());
CREATE INDEX IF NOT EXISTS bench_in_turn ON bench_entry (meeting, state, created_at, id);
"""


def main(places: int, waiting: int, rounds: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "samvaro.settings"
    import django

    django.setup()
    # The first round warms up.
    found = [(ours(places, waiting, n), bare(places, waiting)) for n in range(rounds + 1)][1:]
    print(json.dumps({"rounds": found}))


def ours(places: int, waiting: int, number: int) -> float:
    """Seconds. Everyone cancels by their own deed; the clock then finds what may go on."""
    from django.utils import timezone

    from events.models import Registration
    from events.services import registration, waiting_list

    event = _activity(places, waiting, number)
    leaving = list(event.registrations.filter(state="confirmed"))
    began = time.perf_counter()
    for row in leaving:
        registration.cancel(row)
    spent = time.perf_counter() - began
    # The ten minutes in which they may regret are over.
    event.registrations.filter(state="cancelled").update(undo_until=timezone.now())
    began = time.perf_counter()
    waiting_list.release_due()
    spent += time.perf_counter() - began
    offered = Registration.objects.filter(event=event, state="offered").count()
    assert offered == places, offered
    event.registrations.update(state="cancelled", offer_expires_at=None, undo_until=None)
    return spent


def _activity(places: int, waiting: int, number: int) -> Any:
    from django.utils import timezone

    from events.models import Event, Occasion, Registration
    from privacy.models import Consent
    from privacy.services import current_text

    now = timezone.now()
    event = Event.objects.create(
        title="Kö",
        neutral_title="Träff",
        slug=f"promote-{number}",
        summary="Kö.",
        place="Hägersten",
        capacity=places,
        live=True,
    )
    start = now + timedelta(days=100)
    Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=2))
    words = current_text("events")
    yes = Consent.objects.bulk_create(
        Consent(text=words, given_at=now) for _ in range(places + waiting)
    )
    Registration.objects.bulk_create(
        Registration(
            event=event,
            name="Kim",
            email=f"kim{n}@exempel.se",
            person_key=f"kim{n}@exempel.se",
            consent=consent,
            created_at=now,
            state="confirmed" if n < places else "waiting",
            queued_at=None if n < places else now + timedelta(seconds=n),
        )
        for n, consent in enumerate(yes)
    )
    return event


def bare(places: int, waiting: int) -> float:
    """Seconds."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.execute("INSERT INTO bench_meeting (places) VALUES (%s) RETURNING id", [places])
        (meeting,) = cursor.fetchone() or (0,)
        cursor.execute(
            "INSERT INTO bench_entry (meeting, name, email, state) SELECT %s, 'Kim',"
            " 'kim' || n || '@exempel.se', CASE WHEN n <= %s THEN 'placed' ELSE 'waiting' END"
            " FROM generate_series(1, %s) n RETURNING id",
            [meeting, places, places + waiting],
        )
        leaving = [row[0] for row in cursor.fetchall()][:places]
        began = time.perf_counter()
        for entry in leaving:
            with transaction.atomic():
                cursor.execute("SELECT 1 FROM bench_meeting WHERE id = %s FOR UPDATE", [meeting])
                cursor.execute("UPDATE bench_entry SET state = 'gone' WHERE id = %s", [entry])
                cursor.execute(
                    "UPDATE bench_entry SET state = 'offered' WHERE id = (SELECT id FROM"
                    " bench_entry WHERE meeting = %s AND state = 'waiting'"
                    " ORDER BY created_at, id LIMIT 1)",
                    [meeting],
                )
        return time.perf_counter() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
