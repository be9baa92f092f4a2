"""What the books need: accounts, Stripe's payouts, exported vouchers and closed periods."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payments.models.charge import Payment


class Account(models.Model):
    """Which account of the association's chart each kind of money is booked on."""

    class Use(models.TextChoices):
        BANK = "bank", _("Bankkonto")
        CASH = "cash", _("Kassa")
        STRIPE = "stripe", _("Stripe, avräkning")
        STRIPE_FEE = "stripe_fee", _("Avgifter till Stripe")
        FEE = "fee", _("Medlemsavgifter")
        SUPPORT = "support", _("Stödmedlemmar")
        TAKING_PART = "taking_part", _("Deltagaravgifter")
        GIFT = "gift", _("Gåvor")
        UNION = "union", _("Skuld till riksförbundet")
        IN_ADVANCE = "in_advance", _("Förutbetalda avgifter")

    use = models.CharField(_("används till"), max_length=20, choices=Use, unique=True)
    number = models.CharField(_("konto"), max_length=8)
    name = models.CharField(_("namn"), max_length=60)

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("kontoplan")

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Payout(models.Model):
    """What Stripe paid to the bank one day, explained by its lines to the öre."""

    payout_id = models.CharField(max_length=100, unique=True)
    arrives_on = models.DateField(_("till banken"))
    amount = models.IntegerField(_("belopp"), help_text=_("öre"))
    noted_at = models.DateTimeField()
    # The file of vouchers that it is in.
    sie_batch = models.ForeignKey(
        "SieBatch", models.SET_NULL, null=True, blank=True, related_name="payouts"
    )
    # The bank sent the money back to Stripe; and the file that takes the voucher back.
    failed_on = models.DateField(_("kom inte fram"), null=True, blank=True)
    failure_batch = models.ForeignKey(
        "SieBatch", models.SET_NULL, null=True, blank=True, related_name="failed_payouts"
    )

    class Meta:
        verbose_name = _("utbetalning från Stripe")
        verbose_name_plural = _("utbetalningar från Stripe")

    def __str__(self) -> str:
        return f"{self.arrives_on:%Y-%m-%d}"


class PayoutLine(models.Model):
    """One transaction behind a payout: what was paid, and what Stripe kept of it."""

    payout = models.ForeignKey(Payout, models.CASCADE, related_name="lines")
    transaction_id = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("sort"), max_length=40)
    # Öre. The net of all lines is the amount of the payout.
    amount = models.IntegerField(_("belopp"))
    fee = models.IntegerField(_("avgift"))
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="payout_lines"
    )

    class Meta:
        verbose_name = _("rad i utbetalning")
        verbose_name_plural = _("rader i utbetalning")

    def __str__(self) -> str:
        return self.transaction_id


class SieBatch(models.Model):
    """One file of vouchers. A ledger line is in one batch at most; a batch can be fetched again."""

    from_day = models.DateField(_("från"))
    to_day = models.DateField(_("till"))
    made_at = models.DateTimeField(_("skapad"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("av"))
    payments = models.ManyToManyField(
        Payment, through="SieLine", through_fields=("batch", "payment"), related_name="sie_batches"
    )
    # The file as it was fetched first: fetched again it is the same, also when the accounts change.
    content = models.BinaryField(default=bytes)
    # Numbers go on from file to file.
    last_voucher = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("SIE-fil")
        verbose_name_plural = _("SIE-filer")

    def __str__(self) -> str:
        return f"{self.from_day:%Y-%m-%d}–{self.to_day:%Y-%m-%d}"


class SieLine(models.Model):
    batch = models.ForeignKey(SieBatch, models.CASCADE)
    payment = models.OneToOneField(Payment, models.PROTECT)
    # The number of the voucher in the file.
    voucher = models.PositiveIntegerField()
    # Paid before its year: the file in which it became an income of that year.
    release = models.ForeignKey(
        SieBatch, models.PROTECT, null=True, blank=True, related_name="released_lines"
    )

    class Meta:
        verbose_name = _("verifikation")
        verbose_name_plural = _("verifikationer")

    def __str__(self) -> str:
        return str(self.voucher)


class BooksClosed(models.Model):
    """The books are closed to and with this day: nothing is booked on it or before. Lines are
    added, the latest counts, so that it can be seen who opened a period again."""

    to_day = models.DateField(_("till och med"), null=True, blank=True)
    closed_at = models.DateTimeField(_("när"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("av"))

    class Meta:
        verbose_name = _("låst period")
        verbose_name_plural = _("låsta perioder")

    def __str__(self) -> str:
        return f"{self.to_day:%Y-%m-%d}" if self.to_day else "–"
