"""The outbox: what is to leave the house, what left, and the doors that letters open."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from privacy.fields import EncryptedJSONField, EncryptedTextField
from privacy.prepared import PreparedInsert


@register_setting(icon="group")
class Association(BaseGenericSetting):
    """How the association presents itself on every page and in every letter."""

    name = models.CharField(_("namn"), max_length=80, default="Föreningen")
    short_name = models.CharField(
        _("kort namn"), max_length=40, default="Föreningen", help_text=_("Avsändare i mejl")
    )
    email = models.EmailField(
        _("e-post"),
        default="hej@example.org",
        help_text=_("Svar på våra mejl kommer hit. Någon läser dem."),
    )
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    phone_hours = models.CharField(_("telefontid"), max_length=60, blank=True)
    street = models.CharField(_("gatuadress"), max_length=80, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=10, blank=True)
    town = models.CharField(_("ort"), max_length=60, blank=True)
    registration_number = models.CharField(_("organisationsnummer"), max_length=20, blank=True)
    crisis_foot = models.CharField(
        _("akutrad i mejl"),
        max_length=200,
        default=(
            "Mår du dåligt just nu? Ring 112 om det är akut. "
            "Självmordslinjen 90101 är öppen dygnet runt."
        ),
    )

    class Meta:
        verbose_name = _("Föreningen")

    @property
    def address(self) -> str:
        # The number stays whole where lines are short.
        whole = self.postcode.replace(" ", "\N{NO-BREAK SPACE}")
        place = f"{whole} {self.town}".strip()
        return ", ".join(part for part in (self.short_name, self.street, place) if part)


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime) -> "LetterQuerySet":
        """What should leave now: queued and its time has come, or claimed by one who died."""
        return self.filter(
            Q(state=Letter.State.QUEUED, due_at__lte=now)
            | Q(state=Letter.State.SENDING, lease_until__lte=now)
        )


class Letter(PreparedInsert):
    """One letter to one mailbox. Written in the transaction of what it tells about.

    Sent at least once: a worker that dies after SMTP's answer and before its note sends it again,
    with the same Message-ID. The words are made when it leaves, by the function that `kind` names,
    so a row holds references and no text.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("väntar")
        SENDING = "sending", _("på väg")
        SENT = "sent", _("skickat")
        FAILED = "failed", _("kom inte fram")
        SKIPPED = "skipped", _("behövdes inte")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(_("brev"))
    to = models.EmailField(_("till"))
    to_key = models.CharField(max_length=254, db_index=True)
    about = models.JSONField(_("gäller"), default=dict)
    # What only the reader may know, such as a log-in code. Emptied when the letter has left.
    private: Any = EncryptedJSONField(null=True, blank=True)
    # Asked for by a form that anyone can fill in: such letters are counted per mailbox and day.
    public = models.BooleanField(default=False)
    dedupe_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(_("skrivet"), auto_now_add=True)
    due_at = models.DateTimeField(_("ska gå"))
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("gick"), null=True, blank=True)
    subject = models.CharField(_("ämne"), max_length=120, blank=True)
    last_error = models.CharField(_("senaste fel"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("brev")
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="letters_to_send",
                condition=Q(state__in=["queued", "sending"]),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_claimed_letter_has_a_lease",
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sent_letter_has_a_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"

    @property
    def message_id(self) -> str:
        """Stable over every attempt, so that a second copy can be recognised as the same letter."""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
        return f"<{self.id}@{host}>"


class Link(models.Model):
    """A door that a letter opens without a log-in: one purpose, one thing, until a time.

    The token is 256 random bits and leaves the house in the letter; here is only its SHA-256.
    A GET shows what the door leads to, only a POST acts.
    """

    purpose = models.SlugField()
    token_hash = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("länk")
        verbose_name_plural = _("länkar")
        indexes: ClassVar = [models.Index(fields=["purpose", "about"])]

    def __str__(self) -> str:
        return self.purpose


class PreparedFileQuerySet(models.QuerySet["PreparedFile"]):
    def waiting(self) -> "PreparedFileQuerySet":
        return self.filter(made_at=None, failed_at=None)


class PreparedFile(models.Model):
    """A list that takes long to make: asked for by somebody, made by the clock, told about by a
    letter, fetched by the same person after a log-in, and gone after a week.

    What it holds is made by the function that `maker` names, as the rows are then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("för"))
    maker = models.SlugField(_("sort"))
    # What the maker is told: a choice of filters, days. Names may be searched for.
    facts: Any = EncryptedJSONField(null=True, blank=True)
    # Who may fetch it still has this permission on the day.
    permission = models.CharField(max_length=100)
    name = models.CharField(_("fil"), max_length=100)
    content_type = models.CharField(max_length=100)
    # As base64, so that it can be encrypted.
    content = EncryptedTextField(blank=True)
    asked_at = models.DateTimeField(_("beställd"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(_("klar"), null=True, blank=True)
    failed_at = models.DateTimeField(_("gick inte"), null=True, blank=True)

    objects = PreparedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("beställd fil")
        verbose_name_plural = _("beställda filer")
        ordering: ClassVar = ["asked_at"]

    def __str__(self) -> str:
        return f"{self.name} {self.asked_at:%Y-%m-%d %H:%M}"


class Heartbeat(models.Model):
    """When each part of the clock last ticked. /readyz reads it."""

    name = models.SlugField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("hjärtslag")
        verbose_name_plural = _("hjärtslag")

    def __str__(self) -> str:
        return self.name
