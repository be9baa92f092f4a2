"""What an anxious or tired person wants to know before they come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Facts(models.Model):
    """Place, price, who it is for, who meets you, and what it is like to be there."""

    class Where(models.TextChoices):
        ON_SITE = "on_site", _("På plats")
        ONLINE = "online", _("Digitalt")
        BOTH = "both", _("På plats och digitalt")

    class Energy(models.TextChoices):
        LITTLE = "little", _("Tar lite ork")
        SOME = "some", _("Tar en del ork")

    where = models.CharField(_("form"), max_length=10, choices=Where, default=Where.ON_SITE)
    place = models.CharField(_("plats"), max_length=120, blank=True)
    directions = models.TextField(_("hitta hit"), blank=True)
    digital_link = models.URLField(
        _("digital länk"), blank=True, help_text=_("Visas bara för den som har en plats.")
    )
    price = models.PositiveIntegerField(
        _("pris i kronor"), default=0, help_text=_("0 betyder gratis.")
    )
    member_price = models.PositiveIntegerField(
        _("pris för medlemmar"),
        null=True,
        blank=True,
        help_text=_("Gäller den som loggar in. Tomt betyder samma pris för alla."),
    )
    pays_ahead = models.BooleanField(
        _("betalas vid anmälan"),
        default=False,
        help_text=_("Platsen hålls medan man betalar. Annars betalar man på plats."),
    )
    refund_days = models.PositiveSmallIntegerField(
        _("pengarna tillbaka till och med så många dagar före"), default=2
    )
    price_note = models.CharField(_("om priset"), max_length=120, blank=True)
    audience = models.CharField(_("för vem"), max_length=160, blank=True)
    for_relatives = models.BooleanField(_("för anhöriga"), default=False)
    for_newcomers = models.BooleanField(_("bra för den som är ny"), default=False)
    host = models.CharField(
        _("vem möter dig?"),
        max_length=200,
        blank=True,
        help_text=_("Till exempel: Anna har på sig en grön bricka."),
    )

    people = models.CharField(_("antal personer"), max_length=80, blank=True)
    sound = models.CharField(_("ljud"), max_length=120, blank=True)
    light = models.CharField(_("ljus"), max_length=120, blank=True)
    pause = models.CharField(_("paus"), max_length=120, blank=True)
    seating = models.CharField(_("sitta eller stå"), max_length=120, blank=True)
    bring_someone = models.CharField(_("ta med någon"), max_length=120, blank=True)
    access = models.CharField(_("framkomlighet"), max_length=160, blank=True)
    energy = models.CharField(_("ork"), max_length=10, choices=Energy, blank=True)

    class Meta:
        abstract = True

    @property
    def is_paid_ahead(self) -> bool:
        """Free for members is still paid by the others."""
        return self.pays_ahead and self.price > 0
