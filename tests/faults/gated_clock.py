"""The clock's look at the queues, begun when a gate in the database opens. For a test's process."""

import os

import django
from django.db import connection

# The number of the advisory lock that holds the gate shut.
GATE = 20261122


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")
    django.setup()
    from events.tasks import offer

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [GATE])
    offer()


if __name__ == "__main__":
    main()
