"""One copy of an issue, to one mailbox."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsletters.models.issue import Issue


class Delivery(models.Model):
    """One copy to one mailbox. Sent at most once: it is claimed, and the claim committed, before
    the mail server hears of it. What happened to a claim that nobody noted is unknown, and only a
    person may send it again."""

    class State(models.TextChoices):
        QUEUED = "queued", _("väntar")
        SENDING = "sending", _("på väg")
        SENT = "sent", _("skickat")
        FAILED = "failed", _("kom inte fram")
        BOUNCED = "bounced", _("studsade")
        SKIPPED = "skipped", _("skickades inte")
        UNKNOWN = "unknown", _("vi vet inte")

    class Reason(models.TextChoices):
        """Why a copy was not sent, or why it did not arrive."""

        ENDED = "ended", _("har avslutat nyhetsbrevet")
        PAUSED = "paused", _("har paus")
        SUPPRESSED = "suppressed", _("adressen är spärrad")
        GONE = "gone", _("finns inte kvar")
        BUDGET = "budget", _("har fått nog med brev den här veckan")
        STOPPED = "stopped", _("utskicket stoppades")
        ADDRESS = "address", _("adressen går inte att skicka till")
        REFUSED = "refused", _("servern sa nej")
        GAVE_UP = "gave_up", _("servern sa senare för många gånger")
        LOST = "lost", _("avbrott mitt i")
        RESTORED = "restored", _("en säkerhetskopia lästes in")
        BOUNCED = "bounced", _("kom tillbaka, adressen finns inte")
        SOFT = "soft", _("kom tillbaka, brevlådan tog inte emot")
        COMPLAINT = "complaint", _("anmäldes som skräppost")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="deliveries")
    # The public name of the row: in the Message-ID, and signed in the links of the letter.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Who it is. The hash stays when the rest is forgotten, so that the sums stay true.
    mailbox = models.CharField(max_length=64)
    email = models.EmailField(_("till"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True)
    first_name = models.CharField(_("förnamn"), max_length=80, blank=True)
    text_only = models.BooleanField(default=False)

    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(_("varför"), max_length=10, choices=Reason, blank=True)
    # The mail server's code and its own words, without the address.
    answer = models.CharField(_("serverns svar"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    due_at = models.DateTimeField(_("tidigast"))
    # Who holds it, from before the mail server hears of it until the outcome is noted.
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("gick"), null=True, blank=True)
    # Somebody chose to send an unknown one again, knowing that it may be the second copy.
    resent_at = models.DateTimeField(_("skickat igen"), null=True, blank=True)
    # What its reader did with the links in it.
    ended_at = models.DateTimeField(_("avslutade"), null=True, blank=True)
    changed_pace_at = models.DateTimeField(_("bytte takt"), null=True, blank=True)

    class Meta:
        verbose_name = _("utskickat brev")
        verbose_name_plural = _("utskickade brev")
        indexes: ClassVar = [
            models.Index(
                fields=["issue", "due_at", "id"], name="copies_to_send", condition=Q(state="queued")
            ),
            models.Index(
                fields=["claimed_at"], name="copies_under_way", condition=Q(state="sending")
            ),
            models.Index(fields=["mailbox", "sent_at"], name="copies_of_a_mailbox"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "mailbox"], name="one_copy_per_mailbox"),
            models.CheckConstraint(
                name="a_claimed_copy_has_a_holder",
                condition=~Q(state="sending") | Q(claim__isnull=False, claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sent_copy_has_a_time",
                condition=~Q(state__in=["sent", "bounced"]) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference.hex[:8]} {self.get_state_display()}"
