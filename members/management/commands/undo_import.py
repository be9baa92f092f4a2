from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.models import ImportBatch
from members.services import undoing


class Command(BaseCommand):
    help = "Take back an import. Who was changed since is kept, and counted by member number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", type=int)

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        found = ImportBatch.objects.filter(pk=batch, undone_at=None).first()
        if found is None:
            raise CommandError(f"no import {batch} that can be undone")
        done = undoing.undo(found)
        self.stdout.write(f"borttagna {done.removed}, återställda {done.restored}")
        for person in done.kept:
            self.stdout.write(f"behållen: {person.full_name} ({person.member_number or '–'})")
