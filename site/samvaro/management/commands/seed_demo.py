import json
import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samvaro import environment
from samvaro.demo_data.loading.everything import NotADemo, load, report
from samvaro.embedded import state


class Command(BaseCommand):
    help = "Load the demo association, once. Another run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print the logins and the public names as JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # A line for every page and every search index would hide the one that matters.
        logging.disable(logging.INFO)
        try:
            is_new = load()
        except NotADemo as found:
            raise CommandError(
                f"This database is not a demo: it has {found}. Nothing was changed."
            ) from None
        finally:
            logging.disable(logging.NOTSET)
        made = report()
        _write_down(made)
        if options["json"]:
            self.stdout.write(json.dumps(made, indent=2, ensure_ascii=False))
            return
        number = ", ".join(f"{len(rows)} {what}" for what, rows in made.items())
        told = "is loaded" if is_new else "is here already, nothing was changed"
        self.stdout.write(f"The demo association {told}: {number}.")


def _write_down(made: dict[str, Any]) -> None:
    """For the demo's letter box and start, when this is the database that the demo uses."""
    folder = environment.data_dir()
    if state.load(folder / "environment.json").get("SECRET_KEY") == settings.SECRET_KEY:
        state.save(folder / "demo.json", made)
