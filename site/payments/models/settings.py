"""How people may pay. Decided by the board, changed in the admin."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="form")
class PaymentSettings(BaseGenericSetting):
    """Ways to pay, and the numbers to pay to."""

    takes_card = models.BooleanField(_("kort via Stripe"), default=True)
    takes_swish = models.BooleanField(
        _("Swish via Stripe"),
        default=False,
        help_text=_("Slå på när Stripe har öppnat Swish för er."),
    )
    takes_invoice = models.BooleanField(_("faktura med bankgiro"), default=True)
    bankgiro = models.CharField(
        _("bankgiro"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^\d{3,4}-\d{4}$", _("Skriv bankgirot så här: 123-4567"))],
    )
    swish_number = models.CharField(
        _("föreningens Swishnummer"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^123\d{7}$", _("Tio siffror som börjar med 123"))],
        help_text=_("Syns på fakturan. Betalningarna paras ihop för hand."),
    )
    invoice_days = models.PositiveSmallIntegerField(
        _("dagar att betala en faktura"),
        default=30,
        validators=[MinValueValidator(10), MaxValueValidator(90)],
    )

    surplus_is_gift = models.BooleanField(
        _("för mycket betalt blir en gåva"),
        default=False,
        help_text=_("Annars bestämmer kassören: en gåva, en annan avgift eller tillbaka."),
    )

    class Meta:
        verbose_name = _("Betalsätt")
