"""One mailbox and what it wants; the presses that ask for it; and whom nobody writes to again."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.addresses import mail_key, masked, tidy_email
from privacy.models import Consent


class Pace(models.TextChoices):
    WEEKLY = "weekly", _("Varje vecka")
    MONTHLY = "monthly", _("En gång i månaden")
    MEETINGS = "meetings", _("Bara när det finns nya träffar")
    NONE = "none", _("Inget nyhetsbrev")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def wanting(self, day: date) -> "SubscriptionQuerySet":
        """Those who want letters on that day, in any pace."""
        return self.exclude(pace=Pace.NONE).exclude(paused_until__gt=day)

    def of_mailbox(self, key: str) -> "SubscriptionQuerySet":
        return self.filter(email_key=key) if key else self.none()


class Subscription(models.Model):
    """What one mailbox has chosen. A person has one, however many lists they could be on.

    No row: nothing was ever chosen. A row with the pace "none" is a no, and is kept as one.
    """

    class Source(models.TextChoices):
        WEB = "web", _("på webben, bekräftat i mejl")
        JOIN = "join", _("när personen blev medlem")
        LETTER = "letter", _("från länken i ett brev")
        MINE = "mine", _("på Mina sidor")
        PROVIDER = "provider", _("hos sin e-postleverantör")

    # The public name of the row: no address carries its id.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-post"))
    email_key = models.CharField(max_length=254, unique=True)
    pace = models.CharField(_("takt"), max_length=10, choices=Pace, default=Pace.WEEKLY)
    paused_until = models.DateField(_("paus till"), null=True, blank=True)
    text_only = models.BooleanField(_("bara text, inga bilder"), default=False)
    source = models.CharField(_("hur"), max_length=10, choices=Source)
    consent = models.OneToOneField(
        Consent, models.PROTECT, null=True, blank=True, verbose_name=_("samtycke")
    )
    created_at = models.DateTimeField(_("sedan"))
    changed_at = models.DateTimeField(_("ändrad"), auto_now=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("prenumerant")
        verbose_name_plural = _("prenumeranter")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_gets_letters_has_said_yes",
                condition=Q(pace="none") | Q(consent__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return masked(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email, self.email_key = tidy_email(self.email), mail_key(self.email)
        super().save(*args, **kwargs)

    def is_paused(self, day: date) -> bool:
        return self.paused_until is not None and self.paused_until > day


class OptIn(models.Model):
    """One press on the form at /nyhetsbrev/. Nothing is sent for it but the letter that asks.

    Also who subscribes already leaves one: the page must not tell, so the answer is a letter.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    email = models.EmailField(_("e-post"))
    email_key = models.CharField(max_length=254, db_index=True)
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))
    created_at = models.DateTimeField(_("skapad"))
    confirmed_at = models.DateTimeField(_("bekräftad"), null=True, blank=True)

    class Meta:
        verbose_name = _("fråga om nyhetsbrev")
        verbose_name_plural = _("frågor om nyhetsbrev")
        indexes: ClassVar = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class Suppression(models.Model):
    """A mailbox that no newsletter goes to. Only a hash: it stays when the person is forgotten."""

    class Reason(models.TextChoices):
        BOUNCE = "bounce", _("adressen finns inte")
        COMPLAINT = "complaint", _("anmäld som skräppost")
        ASKED = "asked", _("ville inte ha fler brev")

    mailbox = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("varför"), max_length=10, choices=Reason)
    since = models.DateTimeField(_("sedan"))

    class Meta:
        verbose_name = _("spärrad adress")
        verbose_name_plural = _("spärrade adresser")

    def __str__(self) -> str:
        return self.mailbox[:8]
