import json
import os
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone

from privacy.services import export_person


class Command(BaseCommand):
    help = "Everything we hold about one person, as a page to read and a file for machines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, email: str, out: Path, **options: Any) -> None:
        found = export_person(email)
        page = render_to_string(
            "privacy/subject_access.html",
            {"email": email, "found": found, "now": timezone.now()},
        )
        try:
            # Only for who runs this, and never over another file.
            number = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"cannot write {out}: {error.strerror}") from error
        with os.fdopen(number, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as package:
            package.writestr("uppgifter.html", page)
            package.writestr(
                "uppgifter.json", json.dumps(found, ensure_ascii=False, indent=2, default=str)
            )
        for kind, rows in found.items():
            self.stdout.write(f"{kind}: {len(rows)}")
        self.stdout.write(f"Written to {out}. It is about somebody's health: hand it over safely.")
