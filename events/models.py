"""Activities, their occasions, and who has a place or waits for one."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from privacy.models import Consent
from privacy.words import health_word_in

# An activity that begins at this hour or later is in the evening, Swedish time.
EVENING_FROM = 17
# Addresses below /aktiviteter/ that are not activities.
RESERVED_SLUGS = {"kalender", "studiecirklar", "inspelat", "balanscafe"}


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> "EventQuerySet":
        return self.filter(live=True)

    def with_occasions(self) -> "EventQuerySet":
        return self.prefetch_related(
            Prefetch("occasions", Occasion.objects.order_by("starts_at"), to_attr="all_occasions")
        )

    def upcoming(self, now: datetime) -> "EventQuerySet":
        """Public activities with an occasion that is not over, the nearest first."""
        return (
            self.public()
            .annotate(
                next_start=Min(
                    "occasions__starts_at",
                    filter=Q(occasions__ends_at__gt=now, occasions__cancelled_at__isnull=True),
                )
            )
            .filter(next_start__isnull=False)
            .order_by("next_start", "pk")
        )


class Event(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """Something people come to, on one or many occasions. Places are given for the whole of it.

    Publishing a revision writes every column and every occasion anew, so nothing that belongs to
    registrations is stored here, and no registration points at an occasion.
    """

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("Föreläsning")
        CAFE = "cafe", _("Café")
        OUTING = "outing", _("Utflykt")
        WALK = "walk", _("Promenad")
        CULTURE = "culture", _("Kulturträff")
        WORKSHOP = "workshop", _("Levande verkstad")
        YOGA = "yoga", _("Yoga")
        GROUP = "group", _("Samtalsgrupp")
        CIRCLE = "circle", _("Studiecirkel")
        OTHER = "other", _("Annan träff")

    class Where(models.TextChoices):
        ON_SITE = "on_site", _("På plats")
        ONLINE = "online", _("Digitalt")
        BOTH = "both", _("På plats och digitalt")

    class SignUp(models.TextChoices):
        FORM = "form", _("Anmälan")
        NONE = "none", _("Ingen anmälan behövs")

    class Energy(models.TextChoices):
        LITTLE = "little", _("Tar lite ork")
        SOME = "some", _("Tar en del ork")

    title = models.CharField(_("titel"), max_length=90)
    neutral_title = models.CharField(
        _("neutral titel"),
        max_length=60,
        help_text=_("Syns i mejl, kalendrar och på låsta skärmar. Inget om hälsa, till exempel Träff."),
    )
    slug = models.SlugField(_("adress"), max_length=80, unique=True)
    kind = models.CharField(_("sort"), max_length=10, choices=Kind, default=Kind.OTHER)
    summary = models.CharField(_("sammanfattning"), max_length=200)
    body = RichTextField(
        _("mer om träffen"), blank=True, features=["bold", "italic", "link", "ol", "ul", "h2", "h3"]
    )
    how_it_goes = models.TextField(
        _("så går det till"), blank=True, help_text=_("Ett steg per rad, gärna tre.")
    )

    where = models.CharField(_("form"), max_length=10, choices=Where, default=Where.ON_SITE)
    place = models.CharField(_("plats"), max_length=120, blank=True)
    directions = models.TextField(_("hitta hit"), blank=True)
    digital_link = models.URLField(
        _("digital länk"), blank=True, help_text=_("Visas bara för den som har en plats.")
    )
    price = models.PositiveIntegerField(
        _("pris i kronor"), default=0, help_text=_("0 betyder gratis.")
    )
    price_note = models.CharField(_("om priset"), max_length=120, blank=True)
    audience = models.CharField(_("för vem"), max_length=160, blank=True)
    for_relatives = models.BooleanField(_("för anhöriga"), default=False)
    for_newcomers = models.BooleanField(_("bra för den som är ny"), default=False)
    host = models.CharField(
        _("vem möter dig?"),
        max_length=200,
        blank=True,
        help_text=_("Till exempel: Anna har på sig en grön bricka."),
    )

    people = models.CharField(_("antal personer"), max_length=80, blank=True)
    sound = models.CharField(_("ljud"), max_length=120, blank=True)
    light = models.CharField(_("ljus"), max_length=120, blank=True)
    pause = models.CharField(_("paus"), max_length=120, blank=True)
    seating = models.CharField(_("sitta eller stå"), max_length=120, blank=True)
    bring_someone = models.CharField(_("ta med någon"), max_length=120, blank=True)
    access = models.CharField(_("framkomlighet"), max_length=160, blank=True)
    energy = models.CharField(_("ork"), max_length=10, choices=Energy, blank=True)

    sign_up = models.CharField(_("anmälan"), max_length=10, choices=SignUp, default=SignUp.FORM)
    capacity = models.PositiveIntegerField(
        _("antal platser"), null=True, blank=True, help_text=_("Tomt betyder att alla får plats.")
    )
    waiting_list = models.BooleanField(_("kö när det är fullt"), default=True)
    opens_at = models.DateTimeField(_("anmälan öppnar"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("anmälan senast"), null=True, blank=True, help_text=_("Tomt betyder när träffen börjar.")
    )
    cancelled_at = models.DateTimeField(_("inställd"), null=True, blank=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="event")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="event",
        for_concrete_model=False,
    )

    objects = EventQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("search_text"),
        index.AutocompleteField("search_text"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sign_up_opens_before_it_closes",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        super().clean()
        errors = {}
        if word := health_word_in(self.neutral_title):
            errors["neutral_title"] = _(
                "Ordet ”%(word)s” syns på låsta skärmar. Välj ett neutralt ord, till exempel Träff."
            ) % {"word": word}
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = _("Den adressen används redan. Välj en annan.")
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            errors["closes_at"] = _("Anmälan måste stänga efter att den har öppnat.")
        if self.where != self.Where.ONLINE and not self.place:
            errors["place"] = _("Skriv var träffen är.")
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self) -> str:
        return reverse("events:activity", args=[self.slug])

    @property
    def url(self) -> str:
        return self.get_absolute_url()

    @cached_property
    def schedule(self) -> list["Occasion"]:
        """Every occasion in order, read once."""
        if hasattr(self, "all_occasions"):
            return list(self.all_occasions)
        return sorted(self.occasions.all(), key=lambda occasion: occasion.starts_at)

    @property
    def held(self) -> list["Occasion"]:
        """The occasions that take place."""
        return [occasion for occasion in self.schedule if occasion.cancelled_at is None]

    def next_occasion(self, now: datetime | None = None) -> "Occasion | None":
        now = now or timezone.now()
        return next((occasion for occasion in self.held if occasion.ends_at > now), None)

    @property
    def starts_at(self) -> datetime | None:
        return self.held[0].starts_at if self.held else None

    @property
    def ends_at(self) -> datetime | None:
        return self.held[-1].ends_at if self.held else None

    @property
    def sign_up_ends_at(self) -> datetime | None:
        return self.closes_at or self.starts_at

    def takes_sign_ups(self, now: datetime) -> bool:
        """Whether the form is open: published, not cancelled, within its time."""
        ends = self.sign_up_ends_at
        return (
            self.live
            and self.cancelled_at is None
            and self.sign_up == self.SignUp.FORM
            and (self.opens_at is None or self.opens_at <= now)
            and ends is not None
            and now < ends
        )

    @property
    def is_evening(self) -> bool:
        start = self.starts_at
        return start is not None and timezone.localtime(start).hour >= EVENING_FROM

    @property
    def steps(self) -> list[str]:
        return [line.strip() for line in self.how_it_goes.splitlines() if line.strip()]

    @property
    def search_text(self) -> str:
        return " ".join([self.title, str(self.get_kind_display()), self.summary, self.audience])

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "events/activity.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"event": self, "now": timezone.now(), "is_preview": True}


class Occasion(models.Model):
    """One time that the activity takes place."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="occasions")
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    note = models.CharField(
        _("om just den här gången"), max_length=120, blank=True, help_text=_("Till exempel ett tema.")
    )
    cancelled_at = models.DateTimeField(_("inställd"), null=True, blank=True)

    class Meta:
        verbose_name = _("tillfälle")
        verbose_name_plural = _("tillfällen")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_occasion_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Träffen måste sluta efter att den har börjat.")})


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding(self, now: datetime) -> "RegistrationQuerySet":
        """Those whose place nobody else can have: given, offered, or regretted minutes ago."""
        return self.filter(HOLDS(now))

    def active(self) -> "RegistrationQuerySet":
        """Those who have a place, wait for one, or are asked about one."""
        return self.filter(state__in=Registration.ACTIVE)

    def in_queue_order(self) -> "RegistrationQuerySet":
        return self.order_by("queued_at", "id")


class Registration(models.Model):
    """What somebody asked for: a snapshot of a name and an address, not a person in the register.

    Time alone makes an offer or the right to regret run out, so neither is a state: they are dates
    that every count compares with the clock.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Har plats")
        WAITING = "waiting", _("I kö")
        OFFERED = "offered", _("Erbjuden plats")
        DECLINED = "declined", _("Tackat nej")
        CANCELLED = "cancelled", _("Avbokad")

    class Source(models.TextChoices):
        WEB = "web", _("webben")
        OFFICE = "office", _("kansliet")

    ACTIVE: ClassVar = [State.CONFIRMED, State.WAITING, State.OFFERED]

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="registrations", verbose_name=_("aktivitet")
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
    queued_at = models.DateTimeField(_("i kö sedan"), null=True, blank=True)
    offered_at = models.DateTimeField(_("erbjuden"), null=True, blank=True)
    # Empty until the letter has left: the clock starts when the reader can know.
    offer_expires_at = models.DateTimeField(_("svar senast"), null=True, blank=True)
    offers_unanswered = models.PositiveSmallIntegerField(_("obesvarade frågor"), default=0)
    cancelled_at = models.DateTimeField(_("avbokad"), null=True, blank=True)
    # The place is kept for the one who cancelled until then, so that a slip can be undone.
    undo_until = models.DateTimeField(null=True, blank=True)
    reminder_off = models.BooleanField(_("vill inte bli påmind"), default=False)
    coming = models.BooleanField(_("har sagt att hen kommer"), default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("anmälan")
        verbose_name_plural = _("anmälningar")
        indexes: ClassVar = [models.Index(fields=["event", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person_key"],
                condition=Q(state__in=["confirmed", "waiting", "offered"]),
                name="one_active_registration_per_person",
            ),
            models.CheckConstraint(
                name="who_waits_has_a_time_in_the_queue",
                condition=~Q(state__in=["waiting", "offered"]) | Q(queued_at__isnull=False),
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

    def offer_stands(self, now: datetime) -> bool:
        return self.state == self.State.OFFERED and (
            self.offer_expires_at is None or self.offer_expires_at > now
        )

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


# Offers without an answer after which somebody rests in the queue (ux.md 2d).
RESTS_AFTER = 2


def HOLDS(now: datetime) -> Q:  # noqa: N802 -- a condition, named as one
    """The one rule for what takes a place at this moment."""
    return (
        Q(state=Registration.State.CONFIRMED)
        | Q(state=Registration.State.OFFERED, offer_expires_at__isnull=True)
        | Q(state=Registration.State.OFFERED, offer_expires_at__gt=now)
        | Q(state=Registration.State.CANCELLED, undo_until__gt=now)
    )


class Submission(models.Model):
    """One press on a public form, known by the hidden number that the form carried.

    The same number again gives the same answer and no second deed. It also keeps the answer alike
    for a known and an unknown address: the page is made from this row, never from what it led to.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("anmälan")
        QUEUE = "queue", _("kö")

    key = models.UUIDField(unique=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="submissions")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    email = models.EmailField()
    created_at = models.DateTimeField()
    # Only when this press made it; empty when the address already had one.
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="submission"
    )

    class Meta:
        verbose_name = _("formulärsvar")
        verbose_name_plural = _("formulärsvar")

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"
