"""When one of us is away or rests, and who steps in meanwhile."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        return self.filter(from_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


class Absence(models.Model):
    """No reason is asked for, and there is no field for one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("vem")
    )
    from_on = models.DateField(_("från och med"))
    until_on = models.DateField(_("till och med"), null=True, blank=True)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("den som tar över"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Everything has been moved to the one who steps in.
    moved_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("frånvaro")
        verbose_name_plural = _("frånvaro")
        ordering: ClassVar = ["from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_absence_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="nobody_steps_in_for_themselves",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.from_on}"
