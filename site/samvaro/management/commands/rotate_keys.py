from typing import Any

from django.core.management.base import BaseCommand

from privacy.services import rotate_keys


class Command(BaseCommand):
    help = "Writes every encrypted value anew with the first key in FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in rotate_keys().items():
            self.stdout.write(f"{name}: {number} values")
        self.stdout.write("Done. The old keys can be taken out of FIELD_KEYS.")
