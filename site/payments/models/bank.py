"""What the bank says came in, and which charge each row belongs to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payments.models.charge import Payment


class BankFile(models.Model):
    """A file from the bank that was read whole. The same file again is refused."""

    class Kind(models.TextChoices):
        CAMT = "camt.054", _("camt.054 från banken")
        CSV = "csv", _("kontoutdrag eller Swish-rapport (CSV)")

    name = models.CharField(_("fil"), max_length=200)
    kind = models.CharField(_("sort"), max_length=10, choices=Kind)
    digest = models.CharField(max_length=64, unique=True)
    read_at = models.DateTimeField(_("inläst"))
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("av"))

    class Meta:
        verbose_name = _("bankfil")
        verbose_name_plural = _("bankfiler")

    def __str__(self) -> str:
        return self.name


class BankRow(models.Model):
    """One deposit. Waits until it is paired with a charge or put aside as not ours to book."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="rows")
    # The bank's own id of the row, or a digest of all that it says and its number among its equals.
    key = models.CharField(max_length=120, unique=True)
    amount = models.PositiveIntegerField(_("belopp"), help_text=_("öre"))
    booked_on = models.DateField(_("dag"))
    reference = models.CharField(_("OCR eller referens"), max_length=140, blank=True)
    text = models.CharField(_("text"), max_length=300, blank=True)
    payer = models.CharField(_("betalare"), max_length=160, blank=True)
    is_swish = models.BooleanField(_("Swish"), default=False)
    # The line in the ledger that it became; empty again when the pairing is undone.
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, blank=True, related_name="bank_row"
    )
    put_aside_at = models.DateTimeField(_("lagd åt sidan"), null=True, blank=True)

    class Meta:
        verbose_name = _("bankrad")
        verbose_name_plural = _("bankrader")
        indexes: ClassVar = [models.Index(fields=["booked_on"])]

    def __str__(self) -> str:
        return f"{self.booked_on:%Y-%m-%d} {self.amount / 100:.2f}"
