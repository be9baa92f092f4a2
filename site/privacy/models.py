"""Consent that can be shown and withdrawn, and a log of who looked at whom."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.prepared import PreparedInsert


class ConsentText(models.Model):
    """The words that were agreed to. A changed text is a new version; old ones are never edited."""

    purpose = models.SlugField(_("ändamål"))
    version = models.PositiveSmallIntegerField(_("version"))
    label = models.CharField(_("text vid rutan"), max_length=200)
    explanation = models.TextField(_("förklaring"), blank=True)
    valid_from = models.DateTimeField(_("gäller från"), auto_now_add=True)

    class Meta:
        verbose_name = _("samtyckestext")
        verbose_name_plural = _("samtyckestexter")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "version"], name="one_text_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Consent(PreparedInsert):
    """One yes: to which words, when and how. The row that it covers points here."""

    class Channel(models.TextChoices):
        WEB = "web", _("på webben")
        OFFICE = "office", _("muntligt, noterat av kansliet")

    text = models.ForeignKey(ConsentText, models.PROTECT, verbose_name=_("text"))
    channel = models.CharField(_("hur"), max_length=10, choices=Channel)
    given_at = models.DateTimeField(_("när"))
    withdrawn_at = models.DateTimeField(_("återtaget"), null=True, blank=True)

    class Meta:
        verbose_name = _("samtycke")
        verbose_name_plural = _("samtycken")

    def __str__(self) -> str:
        return f"{self.text} {self.given_at:%Y-%m-%d}"


class AccessLog(models.Model):
    """Who opened or exported what about whom, and why. Rows can be added, never changed.

    The database refuses UPDATE, and DELETE of rows younger than two years (migration 0002). Only
    names of things are stored, never values.
    """

    class Action(models.TextChoices):
        VIEW = "view", _("öppnade")
        EXPORT = "export", _("tog ut")
        REVEAL = "reveal", _("visade dold uppgift")
        CHANGE = "change", _("ändrade")

    at = models.DateTimeField(_("när"), auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("vem"))
    action = models.CharField(_("vad"), max_length=10, choices=Action)
    about = models.CharField(_("om"), max_length=100)
    # A public reference to the row, or the count of rows in an export.
    reference = models.CharField(_("referens"), max_length=100, blank=True)
    reason = models.CharField(_("varför"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("åtkomst")
        verbose_name_plural = _("åtkomstlogg")
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["about", "reference"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the access log cannot be changed")
        super().save(*args, **kwargs)
