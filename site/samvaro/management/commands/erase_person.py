from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from privacy.services import erase_person


class Command(BaseCommand):
    help = "Forgets one person in every table that knows them. What statistics need stays nameless."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        done = erase_person(email)
        for model, number in done.items():
            self.stdout.write(f"{model}: {number} rows")
        if not sum(done.values()):
            self.stdout.write("Nobody here is known by that address.")
