"""What one can help with. Roles are data: each has a page of its own."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RoleQuerySet(models.QuerySet["Role"]):
    def offered(self) -> "RoleQuerySet":
        return self.filter(is_offered=True)


class Training(models.Model):
    """A course that some roles need, and for how long it holds."""

    name = models.CharField(_("namn"), max_length=80, unique=True)
    valid_months = models.PositiveSmallIntegerField(
        _("gäller i antal månader"),
        null=True,
        blank=True,
        help_text=_("Lämna tomt om den gäller för alltid."),
    )

    class Meta:
        verbose_name = _("utbildning")
        verbose_name_plural = _("utbildningar")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    name = models.CharField(_("namn"), max_length=60, unique=True)
    slug = models.SlugField(_("adress"), max_length=60, unique=True)
    summary = models.CharField(
        _("kort om uppdraget"), max_length=160, help_text=_("En mening. Den syns på kortet.")
    )
    description = models.TextField(_("så här går det till"), blank=True)
    time_needed = models.CharField(
        _("tid"), max_length=80, blank=True, help_text=_("Till exempel: två timmar i månaden.")
    )
    support = models.TextField(_("stöd till dig"), blank=True)
    is_offered = models.BooleanField(_("går att anmäla sig till"), default=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=50)
    trainings = models.ManyToManyField(
        Training, blank=True, related_name="roles", verbose_name=_("kräver utbildning")
    )
    needs_mentor = models.BooleanField(_("har en fadder i början"), default=True)
    meets_minors = models.BooleanField(
        _("möter personer under 18 år"),
        default=False,
        help_text=_("Då visas ett registerutdrag upp. Vi sparar bara vilken dag vi såg det."),
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("volunteers:role", args=[self.slug])
