"""What those with a place have been told about the times, and what was changed since."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Time:
    """When and where, as a reader is told it."""

    starts_at: datetime
    ends_at: datetime
    place: str


class ToldTime(models.Model):
    """One occasion as the world knows it: what was published, or what a letter said since.

    Compared with the occasion as it is. So a change is noticed in whatever way it was made.
    """

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="told_times")
    occasion_uid = models.UUIDField(unique=True)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("plats"), max_length=120, blank=True)
    is_off = models.BooleanField(_("inställd"), default=False)

    class Meta:
        verbose_name = _("känd tid")
        verbose_name_plural = _("kända tider")

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def time(self) -> Time:
        return Time(self.starts_at, self.ends_at, self.place)


class Change(models.Model):
    """Something about the times was changed, and those with a place are told."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("när"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("av")
    )
    # A sentence that everyone with a place reads.
    because = models.CharField(_("varför"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("ändring")
        verbose_name_plural = _("ändringar")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class ChangedTime(models.Model):
    """One occasion before and after a change."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("ändrad")
        OFF = "off", _("inställd")
        ON_AGAIN = "on_again", _("blir av")

    change = models.ForeignKey(Change, models.CASCADE, related_name="times")
    occasion_uid = models.UUIDField(db_index=True)
    kind = models.CharField(_("vad"), max_length=10, choices=Kind)
    old_starts_at = models.DateTimeField()
    old_ends_at = models.DateTimeField()
    old_place = models.CharField(max_length=120, blank=True)
    new_starts_at = models.DateTimeField()
    new_ends_at = models.DateTimeField()
    new_place = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("ändrad tid")
        verbose_name_plural = _("ändrade tider")
        ordering: ClassVar = ["old_starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_changed_time_ends_after_it_starts",
                condition=Q(new_ends_at__gt=F("new_starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.old_starts_at:%Y-%m-%d %H:%M}"

    @property
    def old(self) -> Time:
        return Time(self.old_starts_at, self.old_ends_at, self.old_place)

    @property
    def new(self) -> Time:
        return Time(self.new_starts_at, self.new_ends_at, self.new_place)


class Absence(models.Model):
    """Somebody with a place in a series who does not come this one time. No reason is asked for,
    so there is no column for one."""

    registration = models.ForeignKey(
        "events.Registration", models.CASCADE, related_name="absences", verbose_name=_("anmälan")
    )
    occasion_uid = models.UUIDField(_("tillfälle"), db_index=True)
    noted_at = models.DateTimeField(_("sagt"))

    class Meta:
        verbose_name = _("anmäld frånvaro")
        verbose_name_plural = _("anmäld frånvaro")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "occasion_uid"], name="one_absence_for_each_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.noted_at:%Y-%m-%d}"
