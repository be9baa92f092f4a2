"""Bring the database up to date and load the demo association.

In one process, since what takes long is to import everything.
"""

import django
from django.core.management import call_command, get_commands


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False)
    if "seed_demo" in get_commands():
        call_command("seed_demo")


if __name__ == "__main__":
    main()
