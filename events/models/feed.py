"""A calendar of one's own, behind a secret address."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrivateFeed(models.Model):
    """The secret in the address of one mailbox's calendar. A new secret makes the old address dead."""

    person_key = models.CharField(max_length=254, unique=True)
    secret = models.UUIDField(unique=True, default=uuid.uuid4)
    made_at = models.DateTimeField(_("skapad"))

    class Meta:
        verbose_name = _("egen kalender")
        verbose_name_plural = _("egna kalendrar")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
