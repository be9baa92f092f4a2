from typing import Any

from django.core.management.base import BaseCommand

from samvaro.clock import WORK


class Command(BaseCommand):
    help = "One pass of everything that the clock does, here and now, without a broker."

    def handle(self, *args: Any, **options: Any) -> None:
        for work in WORK:
            done = work.function()()
            self.stdout.write(f"{work.name}: {done}")
