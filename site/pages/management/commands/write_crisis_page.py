from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pages.services.crisis import write_copy


class Command(BaseCommand):
    help = "Writes the crisis page as one file that a web server can show when Samvaro is down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="where to, instead of CRISIS_COPY")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"wrote {write_copy(options['out'])}")
