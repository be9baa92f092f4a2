"""Somebody who wants to help, from the first word to the thanks at the end."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField
from privacy.models import Consent
from volunteers.models.role import Role


class LeadQuerySet(models.QuerySet["Lead"]):
    def open(self) -> "LeadQuerySet":
        """Everyone whom we owe a next step."""
        return self.exclude(stage__in=Lead.CLOSED)

    def of_mailbox(self, key: str) -> "LeadQuerySet":
        return self.filter(email_key=key) if key else self.none()

    def unanswered(self) -> "LeadQuerySet":
        return self.filter(stage=Lead.Stage.NEW)

    def late(self, today: date) -> "LeadQuerySet":
        """Nobody has answered, and the day that they were promised is over."""
        return self.unanswered().filter(promised_on__lt=today)


class Lead(models.Model):
    """A snapshot of what somebody typed, and where things stand. Not a person in the register.

    The database refuses an open lead without an owner, or without a next step that has a date.
    """

    class Stage(models.TextChoices):
        NEW = "new", _("Ny")
        CONTACTED = "contacted", _("Kontaktad")
        INTERVIEW = "interview", _("Samtal bokat")
        WAITING = "waiting", _("Vilande")
        ONBOARDING = "onboarding", _("Introduktion")
        ACTIVE = "active", _("Aktiv")
        PAUSED = "paused", _("Pausad")
        ENDED = "ended", _("Avslutad")
        DECLINED = "declined", _("Tackat nej")

    class Step(models.TextChoices):
        """What we do next, or wait for."""

        ANSWER = "answer", _("Första kontakt")
        BOOK_TALK = "book_talk", _("Boka samtal")
        DECIDE = "decide", _("Samtal och besked")
        ASK_AGAIN = "ask_again", _("Fråga igen")
        INTRODUCE = "introduce", _("Introduktion")
        CHECK_IN = "check_in", _("Höra hur det går")
        ASK_PAUSED = "ask_paused", _("Fråga om pausen")

    class Pace(models.TextChoices):
        SOMETIMES = "sometimes", _("Någon gång ibland")
        MONTHLY = "monthly", _("Ett par timmar i månaden")
        WEEKLY = "weekly", _("Varje vecka")
        UNSURE = "unsure", _("Vet inte")

    class ContactBy(models.TextChoices):
        EMAIL = "email", _("E-post")
        SMS = "sms", _("Sms")
        PHONE = "phone", _("Vi ringer")

    CLOSED: ClassVar = [Stage.ENDED, Stage.DECLINED]

    # The public name of the row: no address or letter carries its id.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The number of the press on the form: sent twice, it is the same deed.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("namn"), max_length=80)
    email = models.EmailField(_("e-post"))
    email_key = models.CharField(max_length=254, db_index=True)
    phone = models.CharField(_("mobil"), max_length=30, blank=True)
    contact_by = models.CharField(
        _("helst"), max_length=10, choices=ContactBy, default=ContactBy.EMAIL
    )
    good_time = EncryptedTextField(_("när passar det?"), blank=True)
    interests = models.ManyToManyField(Role, blank=True, related_name="leads")
    is_unsure = models.BooleanField(_("vet inte än"), default=False)
    pace = models.CharField(_("ork"), max_length=10, choices=Pace, blank=True)
    message = EncryptedTextField(_("vill berätta"), blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))
    created_at = models.DateTimeField(_("anmäld"))

    stage = models.CharField(_("läge"), max_length=10, choices=Stage, default=Stage.NEW)
    stage_since = models.DateTimeField(_("i läget sedan"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteer_leads",
        verbose_name=_("ansvarig"),
    )
    next_step = models.CharField(_("nästa steg"), max_length=10, choices=Step, blank=True)
    next_on = models.DateField(_("senast"), null=True, blank=True)
    # The day that the person was promised an answer by; the owner's due date while the lead is new.
    promised_on = models.DateField(_("lovat svar"))
    # When the chair is told: twice the time.
    alarm_on = models.DateField()
    answered_at = models.DateTimeField(_("första kontakt"), null=True, blank=True)
    apologised_at = models.DateTimeField(_("bad om ursäkt"), null=True, blank=True)
    chair_told_at = models.DateTimeField(null=True, blank=True)
    # A pause without this date ends when they say so.
    paused_until = models.DateField(_("pausad till"), null=True, blank=True)
    # Counts the changes: who saw an older number was not the first.
    version = models.PositiveIntegerField(default=1)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("intresseanmälan")
        verbose_name_plural = _("intresseanmälningar")
        permissions: ClassVar = [("export_lead", _("Kan ta ut listor över volontärer"))]
        indexes: ClassVar = [models.Index(fields=["stage", "next_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_open_lead_has_an_owner_and_a_next_step",
                condition=Q(stage__in=["ended", "declined"])
                | (Q(owner__isnull=False, next_on__isnull=False) & ~Q(next_step="")),
            ),
            models.CheckConstraint(
                name="the_chair_is_told_after_the_promise",
                condition=Q(alarm_on__gte=F("promised_on")),
            ),
            models.CheckConstraint(
                name="who_is_past_new_was_answered",
                condition=Q(stage__in=["new", "ended", "declined"]) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.stage not in self.CLOSED

    @property
    def waits_since(self) -> datetime:
        """Since when the person has waited for us: from the form, or from the last step."""
        return self.created_at if self.stage == self.Stage.NEW else self.stage_since


class LeadMove(models.Model):
    """What happened with a lead, when, and by whom. Rows are added, never changed."""

    class By(models.TextChoices):
        STAFF = "staff", _("vi")
        PERSON = "person", _("personen själv")
        CLOCK = "clock", _("av sig självt")

    class What(models.TextChoices):
        CREATED = "created", _("Anmälde sig")
        LETTER = "letter", _("Mejl")
        CALL = "call", _("Ringde")
        STEP = "step", _("Nytt läge")
        HANDED_OVER = "handed", _("Lämnades över")
        POSTPONED = "postponed", _("Ny dag")
        APOLOGY = "apology", _("Bad om ursäkt för att svaret dröjde")
        UNDONE = "undone", _("Ångrade mejlet")
        CHANGED = "changed", _("Ändrade sina uppgifter")
        TALK = "talk", _("Valde en tid")
        PAUSED = "paused", _("Pausade")
        BACK = "back", _("Kom tillbaka")
        AGREED = "agreed", _("Sa ja till överenskommelsen")
        ERASED = "erased", _("Uppgifterna togs bort")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="moves")
    at = models.DateTimeField(_("när"))
    by = models.CharField(_("av"), max_length=10, choices=By)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vem"),
    )
    what = models.CharField(_("vad"), max_length=10, choices=What)
    from_stage = models.CharField(max_length=10, choices=Lead.Stage, blank=True)
    to_stage = models.CharField(max_length=10, choices=Lead.Stage)
    # What it was before, so that a letter that was regretted leaves no trace in the plan.
    from_step = models.CharField(max_length=10, choices=Lead.Step, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(_("följ upp"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = EncryptedTextField(_("anteckning"), blank=True)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_we_did_somebody_did",
                condition=~Q(by="staff") | Q(actor__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_what_display()}"


class TalkTime(models.Model):
    """A time that the coordinator proposes for a talk. The person picks one by a link."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="talk_times")
    starts_at = models.DateTimeField(_("tid"))
    offered_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("förslag på tid")
        verbose_name_plural = _("förslag på tider")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "starts_at"], name="a_time_is_proposed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
