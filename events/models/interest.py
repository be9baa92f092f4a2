"""Who would like to come when there is a date."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.models import Consent

# After so long we ask whether they want to stay on the list (ux.md 2e),
ASK_AFTER = timedelta(days=365)
# and who does not answer in this time is taken off it.
ANSWER_WITHIN = timedelta(days=14)


class InterestQuerySet(models.QuerySet["Interest"]):
    def waiting(self) -> "InterestQuerySet":
        """Those who are still on the list, in the order in which they came."""
        return self.filter(left_at=None, registration=None).order_by("created_at", "pk")

    def to_ask(self, now: datetime) -> "InterestQuerySet":
        """On the list for a year without having been asked whether they want to stay."""
        return self.waiting().filter(kept_at__lte=now - ASK_AFTER, asked_at=None)

    def silent(self, now: datetime) -> "InterestQuerySet":
        """Asked, and did not answer in time."""
        return self.waiting().filter(asked_at__lte=now - ANSWER_WITHIN)


class Interest(models.Model):
    """Somebody who would like to come to something without a date. Binds nobody to anything.

    A snapshot of a name and an address, like a registration, which it becomes when there is a date.
    """

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("På plats")
        ONLINE = "online", _("Digitalt")
        ANY = "any", _("Spelar ingen roll")

    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="interests", verbose_name=_("aktivitet")
    )
    name = models.CharField(_("namn"), max_length=80)
    email = models.EmailField(_("e-post"))
    person_key = models.CharField(max_length=300, db_index=True)
    day = models.BooleanField(_("dagtid"), default=False)
    evening = models.BooleanField(_("kväll"), default=False)
    weekend = models.BooleanField(_("helg"), default=False)
    mode = models.CharField(_("hur"), max_length=10, choices=Mode, blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))
    created_at = models.DateTimeField(_("anmält"))
    # When they last said that they want to be on the list.
    kept_at = models.DateTimeField(_("sagt senast"))
    # When they were asked whether they want to stay; empty when they have answered.
    asked_at = models.DateTimeField(_("frågad"), null=True, blank=True)
    left_at = models.DateTimeField(_("lämnat"), null=True, blank=True)
    # What it became when there was a date.
    registration = models.OneToOneField(
        "events.Registration", models.SET_NULL, null=True, blank=True, related_name="interest"
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("intresse")
        verbose_name_plural = _("intressen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person_key"],
                condition=Q(left_at__isnull=True, registration__isnull=True),
                name="one_interest_per_person",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.left_at is None and self.registration_id is None
