from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from privacy.services import weed


class Command(BaseCommand):
    help = "Forgets everything whose time is past, by the rules that every model has stated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count only, change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for model, number in weed(timezone.now(), dry_run=dry_run).items():
            self.stdout.write(f"{model}: {number} rows")
        if dry_run:
            self.stdout.write("Nothing was changed.")
            return
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        self.stdout.write("Expired sessions were cleared.")
