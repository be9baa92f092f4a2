"""An approved issue in a migrated database, for a test whose PostgreSQL is not the session's.

python -m tests.faults.newsletter_scene NUMBER     so many readers
"""

import os
import sys

import django


def main(people: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")
    django.setup()
    from pages.services import foundation
    from tests.newsletters.conftest import approve, write_issue
    from tests.newsletters.test_choices import subscribed

    foundation.lay()
    for number in range(people):
        subscribed(f"reader{number}@exempel.se")
    issue = approve(write_issue())
    assert issue.prepared == people


if __name__ == "__main__":
    main(int(sys.argv[1]))
