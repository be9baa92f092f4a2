"""Meetings of a council, what we raised there, and what came of it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField
from volunteers.models.caregap import CareTheme
from volunteers.models.council import Council, Mandate

# A meeting without a report after this time is asked about.
REPORT_WITHIN = timedelta(days=14)


class MeetingQuerySet(models.QuerySet["CouncilMeeting"]):
    def unreported(self, now: datetime) -> "MeetingQuerySet":
        """Over since two weeks, and the board has heard nothing."""
        return self.filter(starts_at__lt=now - REPORT_WITHIN, reported_at__isnull=True)


class CouncilMeeting(models.Model):
    """One meeting of a council, and what the board is told about it."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("när"))
    place = models.CharField(_("var"), max_length=120, blank=True)
    agenda = models.TextField(
        _("dagordning"), blank=True, help_text=_("Klistra in det som vården har skickat.")
    )
    attended = models.ManyToManyField(
        Mandate, blank=True, related_name="meetings", verbose_name=_("var med för oss")
    )
    report = EncryptedTextField(_("rapport till styrelsen"), blank=True)
    reported_at = models.DateTimeField(_("rapporterat"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rådsmöte")
        verbose_name_plural = _("rådsmöten")
        ordering: ClassVar = ["-starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["council", "starts_at"], name="one_meeting_at_a_time_per_council"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.starts_at:%Y-%m-%d}"


class CouncilIssue(models.Model):
    """Something that we raised in a council, and what came of it."""

    class State(models.TextChoices):
        RAISED = "raised", _("Tagen upp")
        WORK = "work", _("De arbetar med den")
        ANSWERED = "answered", _("Besvarad")
        CHANGED = "changed", _("Det blev en ändring")
        REFUSED = "refused", _("Det blev ett nej")

    SETTLED: ClassVar = [State.ANSWERED, State.CHANGED, State.REFUSED]

    council = models.ForeignKey(Council, models.CASCADE, related_name="issues")
    meeting = models.ForeignKey(
        CouncilMeeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("möte"),
    )
    # What many have told us about the same thing, when that is where it began.
    theme = models.ForeignKey(
        CareTheme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("tema"),
    )
    title = models.CharField(
        _("fråga"), max_length=160, help_text=_("Frågan i stort. Inget om en enskild person.")
    )
    raised_on = models.DateField(_("tagen upp"))
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.RAISED)
    answer = models.TextField(
        _("svar"), max_length=600, blank=True, help_text=_("Kort och rakt: vad sa de?")
    )
    answered_on = models.DateField(_("svar kom"), null=True, blank=True)
    is_public = models.BooleanField(_("visa på webben"), default=False)

    class Meta:
        verbose_name = _("fråga i ett råd")
        verbose_name_plural = _("frågor i råd")
        ordering: ClassVar = ["-raised_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_settled_issue_has_an_answer",
                condition=Q(state__in=["raised", "work"])
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
            )
        ]

    def __str__(self) -> str:
        return self.title
