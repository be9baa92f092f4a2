from typing import Any

from django.core.management.base import BaseCommand

from pages.services import foundation


class Command(BaseCommand):
    help = "Lay the pages that every site has: the start page, the menu, the crisis numbers."

    def handle(self, *args: Any, **options: Any) -> None:
        foundation.lay()
        self.stdout.write("The pages are there.")
