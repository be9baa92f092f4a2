"""One activity in a migrated database, for a test whose PostgreSQL is not the session's."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")
    django.setup()
    from pages.services import foundation
    from tests.events.conftest import make_event

    foundation.lay()
    make_event(capacity=None)


if __name__ == "__main__":
    main()
