"""What has to be done again and again, who does it, and who steps in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Duty(models.Model):
    """Who does it on a day is not stored: it follows from the accounts and the absences."""

    name = models.CharField(_("vad"), max_length=80, unique=True)
    when = models.CharField(
        _("när"), max_length=80, blank=True, help_text=_("Till exempel: tisdagar kl. 13–14.")
    )
    how_to = models.TextField(
        _("så här gör man"), blank=True, help_text=_("Kort, så att någon annan kan ta över.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("den som har hand om det"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputy_duties",
        verbose_name=_("ersättare"),
    )

    class Meta:
        verbose_name = _("ansvar")
        verbose_name_plural = _("ansvar")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="the_deputy_is_another",
                condition=Q(owner__isnull=True) | Q(deputy__isnull=True) | ~Q(owner=F("deputy")),
            )
        ]

    def __str__(self) -> str:
        return self.name
