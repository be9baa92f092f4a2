"""What we asked Stripe for, what Stripe told us, and what did not add up."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payments.models.charge import Charge


class Checkout(models.Model):
    """One page at Stripe for one charge. At most one is open at a time.

    The row, with its idempotency key, is committed before Stripe is asked: a call that hangs and is
    made again is one page in the end.
    """

    class Method(models.TextChoices):
        CARD = "card", _("Kort")
        SWISH = "swish", _("Swish")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="checkouts")
    method = models.CharField(max_length=10, choices=Method)
    # Öre, as asked for: must be what Stripe says was paid.
    amount = models.PositiveIntegerField()
    session_id = models.CharField(max_length=100, unique=True, null=True, blank=True)
    payment_intent = models.CharField(max_length=100, unique=True, null=True, blank=True)
    # Stripe's charge (ch_…), which refunds and payouts name.
    stripe_charge = models.CharField(max_length=100, unique=True, null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Nothing can be paid there any more: paid, expired, or replaced by another.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("betalsida")
        verbose_name_plural = _("betalsidor")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_checkout_per_charge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.charge} {self.method}"

    @property
    def idempotency_key(self) -> str:
        return f"checkout-{self.pk}"


class StripeEvent(models.Model):
    """A message of Stripe's that we have received, and whether its facts are in the ledger."""

    event_id = models.CharField(max_length=100, unique=True)
    type = models.CharField(_("sort"), max_length=80)
    created_at = models.DateTimeField(_("skapad hos Stripe"))
    received_at = models.DateTimeField(_("mottagen"))
    # The object in it, without what tells who paid.
    facts = models.JSONField(default=dict)
    done_at = models.DateTimeField(_("klar"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(_("senaste felet"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("meddelande från Stripe")
        verbose_name_plural = _("meddelanden från Stripe")

    def __str__(self) -> str:
        return f"{self.type} {self.created_at:%Y-%m-%d %H:%M}"


class Flag(models.Model):
    """Something about money that a person must look at. Never hidden, never guessed about."""

    class Kind(models.TextChoices):
        MISMATCH = "mismatch", _("Stämmer inte")
        PAID_TWICE = "paid_twice", _("Betald två gånger")
        PAID_LATE = "paid_late", _("Betald efter att sidan gått ut")
        TOO_MUCH = "too_much", _("För mycket betalt")
        TOO_LITTLE = "too_little", _("För lite betalt")
        DISPUTED = "disputed", _("Bestridd hos banken")
        GIVE_BACK = "give_back", _("Ska betalas tillbaka")
        FAILED = "failed", _("Kunde inte tas emot")
        PAYOUT_FAILED = "payout_failed", _("Utbetalningen från Stripe kom inte fram")
        VERSION = "version", _("Stripe har bytt version. Be den som sköter sidan att titta")

    kind = models.CharField(_("vad"), max_length=20, choices=Kind)
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, blank=True, related_name="flags")
    # The same thing found twice is one flag.
    about = models.CharField(max_length=120, unique=True)
    # What was expected and what came; no names.
    facts = models.JSONField(default=dict)
    raised_at = models.DateTimeField(_("sedan"))
    settled_at = models.DateTimeField(_("klar"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("av")
    )
    note = models.CharField(_("vad som gjordes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("att kontrollera")
        verbose_name_plural = _("att kontrollera")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.charge or ''}".strip()
