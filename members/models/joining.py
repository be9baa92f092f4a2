"""Somebody who wants to become a member: what they typed, until they have paid."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.membership import MembershipType
from members.models.person import Person
from payments.models import Charge
from privacy.models import Consent


class Application(models.Model):
    """One press on the form at /bli-medlem/uppgifter/. Becomes a person when the fee is paid.

    Also who is a member already writes one: the page must not tell, so the answer is a letter.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    type = models.ForeignKey(MembershipType, models.PROTECT)
    is_reduced = models.BooleanField(_("nedsatt avgift"), default=False)
    first_name = models.CharField(_("förnamn"), max_length=80)
    last_name = models.CharField(_("efternamn"), max_length=80)
    email = models.EmailField(_("e-post"))
    email_key = models.CharField(max_length=254, db_index=True)
    wants_paper = models.BooleanField(_("medlemstidningen på papper"), default=False)
    street = models.CharField(_("gata"), max_length=120, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=10, blank=True)
    town = models.CharField(_("ort"), max_length=60, blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))
    # The tick for the newsletter, with its words and its time. Empty: not ticked.
    newsletter_consent = models.OneToOneField(
        Consent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The code in the letter or on the brochure that led here.
    campaign = models.CharField(_("kod"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("skapad"))
    changed_at = models.DateTimeField(_("ändrad"), auto_now=True)
    # Asked for when the way to pay is chosen.
    charge = models.OneToOneField(
        Charge, models.PROTECT, null=True, blank=True, related_name="application"
    )
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    # Who it became.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="applications"
    )

    class Meta:
        verbose_name = _("ansökan om medlemskap")
        verbose_name_plural = _("ansökningar om medlemskap")
        indexes: ClassVar = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
