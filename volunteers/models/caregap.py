"""What is missing in care, told by those who need it. Themes and numbers, never persons."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField


class CareTheme(models.Model):
    """What many can be sorted under, and what can be taken to a council."""

    name = models.CharField(_("tema"), max_length=80, unique=True)
    slug = models.SlugField(_("adress"), max_length=80, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(_("ordning"), default=50)
    is_offered = models.BooleanField(_("går att välja i formuläret"), default=True)

    class Meta:
        verbose_name = _("tema i vården")
        verbose_name_plural = _("teman i vården")
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class CareGap(models.Model):
    """One thing that somebody told us. No name, no address, no account, and no time of day.

    The words are encrypted and forgotten after a year; that it was told stays as a number.
    """

    # The number of the press on the form: sent twice, it is the same deed.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Empty until somebody has read it and found one.
    theme = models.ForeignKey(
        CareTheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gaps",
        verbose_name=_("tema"),
    )
    text = EncryptedTextField(_("det som hände"), blank=True)
    told_on = models.DateField(_("berättat"))

    class Meta:
        verbose_name = _("lucka i vården")
        verbose_name_plural = _("luckor i vården")
        ordering: ClassVar = ["told_on", "pk"]
        permissions: ClassVar = [
            ("read_caregap", _("Får läsa det som medlemmar berättar om vården"))
        ]
        indexes: ClassVar = [
            models.Index(fields=["told_on"], name="gaps_to_sort", condition=Q(theme__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.told_on}"
