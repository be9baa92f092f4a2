"""The coordinator's own words for a letter that is written again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftText(models.Model):
    """Instead of the words that came with the system. Marks in it become names: see drafts.MARKS."""

    key = models.CharField(_("mall"), max_length=10, unique=True)
    subject = models.CharField(_("ämne"), max_length=50)
    text = models.TextField(_("brevet"))

    class Meta:
        verbose_name = _("mall för mejl")
        verbose_name_plural = _("mallar för mejl")

    def __str__(self) -> str:
        return self.subject
