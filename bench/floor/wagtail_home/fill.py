"""Make the tables and the pages: python -m bench.floor.wagtail_home.fill"""

import os
from datetime import timedelta


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.wagtail_home.settings"
    import django
    from django.core.management import call_command
    from django.utils import timezone

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from wagtail.models import Locale, Page, Site

    from bench.floor.wagtail_home.home.models import EventPage, HomePage, TextPage

    Locale.objects.create(language_code="en")
    home = HomePage(
        title="Home",
        slug="floor",
        body=[
            ("heading", "Welcome"),
            ("paragraph", "<p>A few words about <b>what we do</b>.</p>"),
            ("heading", "What happens"),
            ("paragraph", "<p>These are the next twenty things that happen here.</p>"),
        ],
    )
    Page.add_root(title="Root", slug="root").add_child(instance=home)
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    for n in range(8):
        home.add_child(instance=TextPage(title=f"Section {n}", show_in_menus=True))
    for n in range(20):
        home.add_child(
            instance=EventPage(
                title=f"Event {n}",
                starts_at=timezone.now() + timedelta(days=n + 1),
                place="The house",
                intro="Come as you are, we have coffee and time.",
            )
        )


if __name__ == "__main__":
    main()
