"""The office's telephone as numbers: a day, minutes, and what it was about. Never a person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PhoneCall(models.Model):
    class Category(models.TextChoices):
        ACTIVITIES = "activities", _("Träffar och grupper")
        MEMBERSHIP = "membership", _("Medlemskap")
        SUPPORT = "support", _("Samtal om hur det är")
        RELATIVE = "relative", _("Anhörig som ringer")
        CARE = "care", _("Frågor om vården")
        OTHER = "other", _("Annat")

    # The number of the press: sent twice, it is one call.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    on = models.DateField(_("dag"), db_index=True)
    minutes = models.PositiveSmallIntegerField(_("minuter"))
    category = models.CharField(_("om vad"), max_length=12, choices=Category)

    class Meta:
        verbose_name = _("telefonsamtal")
        verbose_name_plural = _("telefonsamtal")
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_call_of_some_length", condition=Q(minutes__gte=1, minutes__lte=240)
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.minutes} min"
