"""Who has a place, who waits for one, and the presses on the forms that led there."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from privacy.models import Consent
from privacy.prepared import PreparedInsert

# The most that can come on one registration.
MOST_IN_A_PARTY = 6


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding(self, now: datetime) -> "RegistrationQuerySet":
        """Those whose place nobody else can have: given, offered, or regretted minutes ago."""
        return self.filter(HOLDS(now))

    def active(self) -> "RegistrationQuerySet":
        """Those who have a place, wait for one, or are asked about one."""
        return self.filter(state__in=Registration.ACTIVE)

    def of_mailbox(self, key: str) -> "RegistrationQuerySet":
        """Everyone with this mailbox: two who share one are told apart behind a bar."""
        return self.filter(Q(person_key=key) | Q(person_key__startswith=f"{key}|"))

    def queueing(self) -> "RegistrationQuerySet":
        """Those who wait for a place or are asked about one."""
        return self.filter(state__in=[Registration.State.WAITING, Registration.State.OFFERED])

    def new_since(self, moment: datetime) -> "RegistrationQuerySet":
        """Those who came in at this moment or later and have not left, the newest first."""
        return self.active().filter(created_at__gte=moment).order_by("-created_at", "-id")

    def in_turn(self) -> "RegistrationQuerySet":
        """The order in which they are asked; whom the office skips waits for one turn."""
        skipped = Q(why=Registration.Why.SKIPPED)
        return self.order_by(
            Case(When(skipped, then=1), default=0), "offers_unanswered", "queued_at", "id"
        )

    def in_queue_order(self) -> "RegistrationQuerySet":
        return self.order_by("queued_at", "id")


class Registration(PreparedInsert):
    """What somebody asked for: a snapshot of a name and an address, not a person in the register.

    Time alone makes an offer or the right to regret run out, so neither is a state: they are dates
    that every count compares with the clock.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Har plats")
        WAITING = "waiting", _("I kö")
        OFFERED = "offered", _("Erbjuden plats")
        PAYING = "paying", _("Väntar på betalning")
        DECLINED = "declined", _("Tackat nej")
        CANCELLED = "cancelled", _("Avbokad")

    class Source(models.TextChoices):
        WEB = "web", _("webben")
        OFFICE = "office", _("kansliet")

    class Why(models.TextChoices):
        """Why the latest change was made, when it was not the person's own deed."""

        TURN = "turn", _("det var personens tur")
        SILENCE = "silence", _("inget svar i tid")
        NO_MAILBOX = "no_mailbox", _("brevet kom inte fram")
        TOO_MANY = "too_many", _("sällskapet är större än antalet lediga platser")
        SOON = "soon", _("det är snart: alla i kön frågades")
        OFFICE = "office", _("kansliet gjorde det")
        SKIPPED = "skipped", _("kansliet hoppade över")

    ACTIVE: ClassVar = [State.CONFIRMED, State.WAITING, State.OFFERED, State.PAYING]

    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="registrations", verbose_name=_("aktivitet")
    )
    name = models.CharField(_("namn"), max_length=80)
    email = models.EmailField(_("e-post"), blank=True)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    # Who this is, as far as one activity is concerned: the mailbox, or a random key without one.
    person_key = models.CharField(max_length=300, db_index=True)
    state = models.CharField(_("läge"), max_length=10, choices=State)
    source = models.CharField(_("hur"), max_length=10, choices=Source, default=Source.WEB)
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))
    created_at = models.DateTimeField(_("anmäld"))
    # Those who come together: the one who signed up and who comes with them.
    party = models.PositiveSmallIntegerField(_("antal i sällskapet"), default=1)
    why = models.CharField(_("varför"), max_length=12, choices=Why, blank=True)
    queued_at = models.DateTimeField(_("i kö sedan"), null=True, blank=True)
    # Somebody behind them was asked instead, last at this time.
    passed_over_at = models.DateTimeField(_("förbigången"), null=True, blank=True)
    offered_at = models.DateTimeField(_("erbjuden"), null=True, blank=True)
    # Empty until the letter has left: the clock starts when the reader can know.
    offer_expires_at = models.DateTimeField(_("svar senast"), null=True, blank=True)
    # They asked for one more day to answer this offer.
    extra_day = models.BooleanField(_("en dag till"), default=False)
    offers_unanswered = models.PositiveSmallIntegerField(_("obesvarade frågor"), default=0)
    cancelled_at = models.DateTimeField(_("avbokad"), null=True, blank=True)
    # The place is kept for the one who cancelled until then, so that a slip can be undone.
    undo_until = models.DateTimeField(null=True, blank=True)
    # The answer to the organiser's question, sealed with the activity's own key.
    answer = models.TextField(_("svar"), blank=True, default="", editable=False)
    # The day when it was destroyed, so that whoever gave it can read that.
    answer_died_on = models.DateField(_("svaret förstört"), null=True, blank=True, editable=False)
    # The place is held until then while they pay, and what they pay.
    pay_until = models.DateTimeField(_("betala senast"), null=True, blank=True)
    charge = models.OneToOneField(
        "payments.Charge", models.PROTECT, null=True, blank=True, related_name="registration"
    )
    reminder_off = models.BooleanField(_("vill inte bli påmind"), default=False)
    coming = models.BooleanField(_("har sagt att hen kommer"), default=False)

    # Whether a new one changes what a visitor sees of the activity. Who makes it knows.
    seen_by_visitors = True

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("anmälan")
        verbose_name_plural = _("anmälningar")
        permissions: ClassVar = [("export_registration", _("Kan ta ut listor över anmälda"))]
        indexes: ClassVar = [models.Index(fields=["event", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person_key"],
                condition=Q(state__in=["confirmed", "waiting", "offered", "paying"]),
                name="one_active_registration_per_person",
            ),
            models.CheckConstraint(
                name="who_waits_has_a_time_in_the_queue",
                condition=~Q(state__in=["waiting", "offered"]) | Q(queued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="who_pays_has_a_time",
                condition=~Q(state="paying") | Q(pay_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_party_is_of_somebody", condition=Q(party__gte=1, party__lte=MOST_IN_A_PARTY)
            ),
            models.CheckConstraint(
                name="an_offer_has_a_time",
                condition=~Q(state="offered") | Q(offered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_state_display()}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def rests(self) -> bool:
        """Asked twice without an answer: keeps the number, is not asked again until they say so."""
        return self.state == self.State.WAITING and self.offers_unanswered >= RESTS_AFTER

    def is_held(self, now: datetime) -> bool:
        """While they pay."""
        return self.pay_until is not None and self.pay_until > now

    def offer_stands(self, now: datetime) -> bool:
        return self.state == self.State.OFFERED and (
            self.offer_expires_at is None or self.offer_expires_at > now
        )

    def may_wait_a_day(self, event: Any, now: datetime) -> bool:
        """The right to one more day: not asked for yet, and the activity is not soon."""
        return (
            self.state == self.State.OFFERED
            and not self.extra_day
            and self.offer_expires_at is not None
            and self.offer_expires_at > now
            and event.starts_at is not None
            and event.starts_at - now > TIME_FOR_A_DAY_MORE
        )

    @property
    def is_told_of_a_place(self) -> bool:
        """It is soon, there is a place, and everyone in the queue has been told."""
        return self.state == self.State.WAITING and self.why == self.Why.SOON

    def can_undo(self, now: datetime) -> bool:
        return (
            self.state == self.State.CANCELLED
            and self.undo_until is not None
            and self.undo_until > now
        )

    def queue_number(self) -> int:
        """1 for the first in the queue. Everyone who waits or is asked counts."""
        return (
            Registration.objects.filter(
                event_id=self.event_id, state__in=[self.State.WAITING, self.State.OFFERED]
            )
            .filter(Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, id__lt=self.pk))
            .count()
            + 1
        )


# One more day to answer is given when the activity is further away than this (ux.md 2d).
TIME_FOR_A_DAY_MORE = timedelta(hours=72)
# Offers without an answer after which somebody rests in the queue (ux.md 2d).
RESTS_AFTER = 2


def HOLDS(now: datetime) -> Q:
    """The one rule for what takes a place at this moment."""
    return (
        Q(state=Registration.State.CONFIRMED)
        | Q(state=Registration.State.OFFERED, offer_expires_at__isnull=True)
        | Q(state=Registration.State.OFFERED, offer_expires_at__gt=now)
        | Q(state=Registration.State.PAYING, pay_until__gt=now)
        | Q(state=Registration.State.CANCELLED, undo_until__gt=now)
    )


def UNPAID(now: datetime) -> Q:
    """Those for whom a place was held, and who did not pay in time."""
    return Q(state=Registration.State.PAYING, pay_until__lte=now)


def LAPSED(now: datetime) -> Q:
    """Those who were asked and did not answer in time."""
    return Q(state=Registration.State.OFFERED, offer_expires_at__lte=now)


def SPOKEN_FOR(now: datetime) -> Q:
    """Those who come before any newcomer when a place is free."""
    return Q(state=Registration.State.WAITING, offers_unanswered__lt=RESTS_AFTER) | LAPSED(now)


class Submission(PreparedInsert):
    """One press on a public form, known by the hidden number that the form carried.

    The same number again gives the same answer and no second deed. It also keeps the answer alike
    for a known and an unknown address: the page is made from this row, never from what it led to.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("anmälan")
        QUEUE = "queue", _("kö")
        INTEREST = "interest", _("intresse")

    key = models.UUIDField(unique=True)
    event = models.ForeignKey("events.Event", models.PROTECT, related_name="submissions")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    email = models.EmailField()
    email_key = models.CharField(max_length=254, db_index=True)
    created_at = models.DateTimeField()
    # The yes of this press. Of a registration that it made, the same row.
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True)
    # Only when this press made it; empty when the address already had one.
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="submission"
    )
    interest = models.OneToOneField(
        "events.Interest", models.SET_NULL, null=True, blank=True, related_name="submission"
    )
    # Not in the database: the same press has come before.
    is_repeated = False

    class Meta:
        verbose_name = _("formulärsvar")
        verbose_name_plural = _("formulärsvar")

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"
