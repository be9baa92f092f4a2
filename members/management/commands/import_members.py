from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.services import importing, tables
from members.services.mapping import guess


class Command(BaseCommand):
    help = "Read a CSV or XLSX file of persons into the register, also one from MaWik."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
            table = tables.read(content)
        except (OSError, tables.Unreadable) as error:
            raise CommandError(str(error)) from error
        mapping = guess(table)
        made = importing.plan(table, mapping)
        for number, reason in made.refused:
            self.stdout.write(f"rad {number}: {reason}")
        told = f"nya {len(made.new)}, ändrade {len(made.changed)}, lika {len(made.same)}"
        self.stdout.write(f"{told}, utelämnade {len(made.refused)}")
        if dry_run:
            return
        batch = importing.carry_out(
            made, file_name=file.name, digest=importing.digest_of(content), mapping=mapping
        )
        self.stdout.write(f"import {batch.pk}")
