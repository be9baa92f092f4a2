"""Make the tables and so many meetings: python -m bench.floor.bare.fill NUMBER PLACES"""

import os
import sys


def main(number: int, places: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.bare.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from bench.floor.bare.models import Meeting

    for n in range(number):
        Meeting.objects.create(name=f"Meeting {n}", slug=f"race-{n}", places=places)
    Meeting.objects.create(name="Single", slug="single", places=1_000_000)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
