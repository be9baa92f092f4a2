"""What our letters led to, as numbers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Campaign(models.Model):
    """A code in a letter, and what it has led to, as numbers. Nobody stands here."""

    code = models.CharField(_("kod"), max_length=20, unique=True)
    newcomers = models.PositiveIntegerField(_("nya medlemmar"), default=0)
    registrations = models.PositiveIntegerField(_("anmälningar"), default=0)

    class Meta:
        verbose_name = _("kod i brev")
        verbose_name_plural = _("koder i brev")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code
