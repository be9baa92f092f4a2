"""What somebody does for us, and what they have agreed to, learnt and been offered."""

import calendar
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteers.models.lead import Lead
from volunteers.models.role import Role, Training


class Agreement(models.Model):
    """The words that a volunteer agrees to. A changed text is a new version."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = models.TextField(_("överenskommelse"))
    secrecy = models.TextField(_("löfte om att hålla tyst"))
    valid_from = models.DateTimeField(_("gäller från"), auto_now_add=True)

    class Meta:
        verbose_name = _("överenskommelse")
        verbose_name_plural = _("överenskommelser")
        ordering: ClassVar = ["-version"]

    def __str__(self) -> str:
        return f"{_('version')} {self.version}"


class Promise(models.Model):
    """One yes to one version of the agreement and to secrecy, by the volunteer or told to us."""

    lead = models.OneToOneField(Lead, models.CASCADE, related_name="promise")
    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name=_("överenskommelse"))
    agreed_at = models.DateTimeField(_("sa ja"))
    secrecy_at = models.DateTimeField(_("lovade att hålla tyst"))

    class Meta:
        verbose_name = _("löfte")
        verbose_name_plural = _("löften")

    def __str__(self) -> str:
        return f"{self.agreement} {self.agreed_at:%Y-%m-%d}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(ended_on=None)


class Assignment(models.Model):
    """A role that somebody has."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Role, models.PROTECT, verbose_name=_("uppdrag"))
    started_on = models.DateField(_("från"))
    ended_on = models.DateField(_("till"), null=True, blank=True)
    mentor = models.ForeignKey(
        Lead,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentees",
        verbose_name=_("fadder"),
    )
    # Only the day. The paper itself is handed back and never kept.
    extract_seen_on = models.DateField(_("registerutdrag visat"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppdrag som någon har")
        verbose_name_plural = _("uppdrag som någon har")
        ordering: ClassVar = ["started_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead", "role"],
                condition=Q(ended_on__isnull=True),
                name="one_role_at_a_time",
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_mentor",
                condition=Q(mentor__isnull=True) | ~Q(mentor=F("lead")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.role)


class TrainingRecord(models.Model):
    """Somebody has been to a course, and until when it holds."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="trainings")
    training = models.ForeignKey(Training, models.PROTECT, verbose_name=_("utbildning"))
    done_on = models.DateField(_("gick den"))
    valid_until = models.DateField(_("gäller till"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("genomgången utbildning")
        verbose_name_plural = _("genomgångna utbildningar")
        ordering: ClassVar = ["-done_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead", "training", "done_on"], name="a_course_is_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        months = self.training.valid_months
        self.valid_until = _months_later(self.done_on, months) if months else None
        super().save(*args, **kwargs)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class SupervisionMeeting(models.Model):
    """Handledarträff: those who lead meet and talk about how it goes."""

    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("plats"), max_length=120, blank=True)
    topic = models.CharField(_("tema"), max_length=120, blank=True)
    present = models.ManyToManyField(Lead, blank=True, related_name="supervision")
    noted_at = models.DateTimeField(_("närvaro noterad"), null=True, blank=True)

    class Meta:
        verbose_name = _("handledarträff")
        verbose_name_plural = _("handledarträffar")
        ordering: ClassVar = ["-starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="supervision_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"


class HourNote(models.Model):
    """Time that somebody gave, when they like to tell. Nobody has to."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="hours")
    day = models.DateField(_("dag"))
    minutes = models.PositiveSmallIntegerField(_("minuter"))

    class Meta:
        verbose_name = _("tid")
        verbose_name_plural = _("tid")
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_day_has_so_many_minutes",
                condition=Q(minutes__gte=1) & Q(minutes__lte=24 * 60),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"
