"""Ask Stripe what we missed, and apply it once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payments.services.reconcile import reconcile
from payments.stripe_api import StripeAway


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = reconcile()
        except StripeAway as away:
            raise CommandError(f"Stripe did not answer ({away}). Nothing is lost.") from away
        self.stdout.write(f"{new} new" if new else "Nothing new.")
