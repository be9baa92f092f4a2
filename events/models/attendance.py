"""Who was there: one list for each occasion, saved by its leader."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField


class AttendanceSheet(models.Model):
    """What was saved about one occasion. Without a row the attendance is unknown, which is not zero.

    Tied to the occasion by its `uid`: publishing an activity may write the occasion anew.
    """

    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="sheets", verbose_name=_("aktivitet")
    )
    occasion_uid = models.UUIDField(_("tillfälle"), unique=True)
    # As it was, not as it was planned.
    starts_at = models.DateTimeField(_("började"))
    ends_at = models.DateTimeField(_("slutade"))
    break_minutes = models.PositiveSmallIntegerField(_("rast i minuter"), default=0)
    # What the leader typed, where the clock does not tell it.
    typed_hours = models.PositiveSmallIntegerField(
        _("inskrivna studietimmar"), null=True, blank=True
    )
    # Of 45 minutes each: what was typed, or as they were counted when it was saved.
    study_hours = models.PositiveSmallIntegerField(_("studietimmar"), default=0)
    # Of those who were there, as the register knew them when it was saved: a number is kept when the
    # names are forgotten.
    women = models.PositiveSmallIntegerField(_("kvinnor"), default=0)
    sex_known = models.PositiveSmallIntegerField(_("vet kön"), default=0)
    # To the coordinator.
    note: Any = EncryptedTextField(_("till samordnaren"), blank=True)
    saved_at = models.DateTimeField(_("sparad"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("av")
    )

    class Meta:
        verbose_name = _("närvarolista")
        verbose_name_plural = _("närvarolistor")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_meeting_ended_after_it_began", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="women_are_among_those_whose_sex_is_known",
                condition=Q(women__lte=F("sex_known")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.starts_at:%Y-%m-%d}"


class Attendance(models.Model):
    """Whether one person was there on one occasion.

    Somebody on the list, a leader, or one who came without being on the list: of them there is a
    first name and nothing more.
    """

    class Kind(models.TextChoices):
        LISTED = "listed", _("anmäld")
        LEADER = "leader", _("ledare")
        EXTRA = "extra", _("kom ändå")

    sheet = models.ForeignKey(
        AttendanceSheet, models.CASCADE, related_name="rows", verbose_name=_("närvarolista")
    )
    kind = models.CharField(_("hur"), max_length=10, choices=Kind)
    registration = models.ForeignKey(
        "events.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("anmälan"),
    )
    # Of those who came together on one registration: 0 is the one who signed up, and of the others
    # nobody knows the name.
    companion = models.PositiveSmallIntegerField(_("i sällskapet"), default=0)
    # Empty when the one who led has no account any more.
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ledare"),
    )
    first_name = models.CharField(_("förnamn"), max_length=40, blank=True)
    # Of one who came anyway: made by the phone, so that the same one sent twice is one.
    extra_key = models.UUIDField(null=True, blank=True)
    present = models.BooleanField(_("var här"))
    # Never here before, as far as the house knew when it was saved.
    first_time = models.BooleanField(_("första gången"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("satt av"),
    )
    set_at = models.DateTimeField(_("satt"))

    class Meta:
        verbose_name = _("närvaro")
        verbose_name_plural = _("närvaro")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_is_listed_has_a_registration",
                condition=Q(kind="listed", registration__isnull=False)
                | (~Q(kind="listed") & Q(registration__isnull=True)),
            ),
            models.CheckConstraint(
                name="who_came_anyway_has_a_key",
                condition=Q(kind="extra", extra_key__isnull=False)
                | (~Q(kind="extra") & Q(extra_key__isnull=True, first_name="")),
            ),
            models.UniqueConstraint(
                fields=["sheet", "registration", "companion"], name="one_row_for_each_on_the_list"
            ),
            models.UniqueConstraint(fields=["sheet", "leader"], name="one_row_for_each_leader"),
            models.UniqueConstraint(
                fields=["sheet", "extra_key"], name="one_row_for_each_who_came_anyway"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.get_kind_display()}"
