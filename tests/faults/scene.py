"""A migrated database with one activity, for a test whose PostgreSQL is not the session's."""

import os

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    from pages.services import foundation
    from tests.events.conftest import make_event

    foundation.lay()
    make_event(capacity=None)


if __name__ == "__main__":
    main()
