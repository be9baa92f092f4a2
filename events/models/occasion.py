"""One time that an activity takes place."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


class Occasion(models.Model):
    """One time that the activity takes place."""

    event = ParentalKey("events.Event", on_delete=models.CASCADE, related_name="occasions")
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    note = models.CharField(
        _("om just den här gången"),
        max_length=120,
        blank=True,
        help_text=_("Till exempel ett tema."),
    )
    cancelled_at = models.DateTimeField(_("inställd"), null=True, blank=True)

    class Meta:
        verbose_name = _("tillfälle")
        verbose_name_plural = _("tillfällen")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_occasion_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Träffen måste sluta efter att den har börjat.")})
