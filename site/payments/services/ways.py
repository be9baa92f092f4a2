"""The ways to pay that are open today."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payments.models import PaymentSettings


class Way(models.TextChoices):
    CARD = "card", _("Kort")
    SWISH = "swish", _("Swish")
    INVOICE = "invoice", _("Faktura")


def ways() -> list[Way]:
    """Card and Swish need a key to Stripe, an invoice somewhere to pay it to."""
    chosen = PaymentSettings.load()
    stripe = bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)
    open_now = {
        Way.CARD: stripe and chosen.takes_card,
        Way.SWISH: stripe and chosen.takes_swish,
        Way.INVOICE: chosen.takes_invoice and bool(chosen.bankgiro or chosen.swish_number),
    }
    return [way for way, is_open in open_now.items() if is_open]
