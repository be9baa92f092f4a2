"""Something that one of us has promised to do, by a day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Errand(models.Model):
    """What is open has an owner and a next step with a date: the database refuses anything else."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    next_step = models.CharField(_("nästa steg"), max_length=120, blank=True)
    due_on = models.DateField(_("senast"), null=True, blank=True)
    closed_on = models.DateField(_("klart"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today

    def plan(self, step: Any, on: date, *, owner: Any = None) -> None:
        """What is to be done now, and by when."""
        self.next_step, self.due_on, self.owner = str(step), on, owner or self.owner

    def close(self, on: date) -> None:
        self.next_step, self.due_on, self.closed_on = "", None, on


def open_has_owner(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(closed_on__isnull=False)
        | (Q(owner__isnull=False, due_on__isnull=False) & ~Q(next_step="")),
    )
