"""Addresses at others that a letter leads to, and whether somebody answers there."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForeignLinkQuerySet(models.QuerySet["ForeignLink"]):
    def to_try(self) -> "ForeignLinkQuerySet":
        """Nobody is at them, the oldest first."""
        return self.filter(outcome="waiting", tried_at=None).order_by("asked_at")


class ForeignLink(models.Model):
    """One address. It is tried by the worker, not by the page that asks, and kept for a while."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("prövas")
        ANSWERS = "answers", _("svarar")
        DEAD = "dead", _("finns inte")
        UNSURE = "unsure", _("svarade inte just nu")
        REFUSED = "refused", _("prövas inte")

    address = models.CharField(max_length=500, unique=True)
    asked_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)

    objects = ForeignLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("länk till andra")
        verbose_name_plural = _("länkar till andra")
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"], name="links_to_try", condition=models.Q(outcome="waiting")
            )
        ]

    def __str__(self) -> str:
        return self.address
