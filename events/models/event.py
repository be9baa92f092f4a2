"""An activity: what it is, when one can sign up, and what a visitor can do right now."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
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

from events.models.asking import Asks
from events.models.facts import Facts
from events.models.occasion import Occasion
from events.models.reading import EventQuerySet
from events.models.registration import MOST_IN_A_PARTY
from privacy import swedish
from privacy.words import health_word_in

# An activity that begins at this hour or later is in the evening, Swedish time.
EVENING_FROM = 17
# Time to answer an offer of a place, by how far away the activity is (ux.md 2d).
FAR_AWAY, NEAR = timedelta(days=5), timedelta(days=2)
WINDOW_FAR, WINDOW_NEAR, WINDOW_SOON = timedelta(hours=48), timedelta(hours=24), timedelta(hours=6)
# Addresses below /aktiviteter/ that are not activities.
RESERVED_SLUGS = {"kalender", "studiecirklar", "inspelat", "balanscafe"}


@lru_cache(maxsize=500)
def _address(slug: str) -> str:
    """Looked up once: in a list of cards it costs more than all else about them."""
    return reverse("events:activity", args=[slug])


class Event(
    Asks,
    Facts,
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

    class SignUp(models.TextChoices):
        FORM = "form", _("Anmälan")
        NONE = "none", _("Ingen anmälan behövs")
        INTEREST = "interest", _("Intresse, inget datum än")

    class Status(models.TextChoices):
        """What a visitor can do about the activity right now."""

        OPEN = "open", _("Det finns plats")
        QUEUE = "queue", _("Fullt – du kan ställa dig i kö")
        FULL = "full", _("Fullt")
        NO_SIGN_UP = "none", _("Ingen anmälan behövs")
        INTEREST = "interest", _("Inget datum än – anmäl intresse")
        NOT_YET = "not_yet", _("Anmälan har inte öppnat än")
        CLOSED = "closed", _("Anmälan har stängt")
        CANCELLED = "cancelled", _("Inställd")

    title = models.CharField(_("titel"), max_length=90)
    neutral_title = models.CharField(
        _("neutral titel"),
        max_length=60,
        help_text=_("Syns i mejl och på låsta skärmar. Inget om hälsa, till exempel Träff."),
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

    sign_up = models.CharField(_("anmälan"), max_length=10, choices=SignUp, default=SignUp.FORM)
    capacity = models.PositiveIntegerField(
        _("antal platser"), null=True, blank=True, help_text=_("Tomt betyder att alla får plats.")
    )
    waiting_list = models.BooleanField(_("kö när det är fullt"), default=True)
    most_together = models.PositiveSmallIntegerField(
        _("får komma tillsammans"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_PARTY)],
        help_text=_("Så många kan anmäla sig i ett sällskap. 1 betyder var och en för sig."),
    )
    opens_at = models.DateTimeField(_("anmälan öppnar"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("anmälan senast"), null=True, blank=True, help_text=_("Tomt betyder när träffen börjar.")
    )
    # Of what has no date yet.
    promised_on = models.DateField(
        _("besked senast"),
        null=True,
        blank=True,
        help_text=_("För det som inget datum har. Vi lovar besked senast den dagen."),
    )
    wanted = models.PositiveSmallIntegerField(_("startar när så många vill"), null=True, blank=True)
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
        index.AutocompleteField("search_words"),
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
        errors: dict[str, Any] = self.faults_of_question()
        if word := health_word_in(self.neutral_title):
            errors["neutral_title"] = _(
                "Ordet ”%(word)s” syns på låsta skärmar. Välj ett neutralt ord, till exempel Träff."
            ) % {"word": word}
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = _("Den adressen används redan. Välj en annan.")
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            errors["closes_at"] = _("Anmälan måste stänga efter att den har öppnat.")
        if self.capacity is not None and self.most_together > self.capacity:
            errors["most_together"] = _("Ett sällskap kan inte vara större än antalet platser.")
        if self.sign_up == self.SignUp.INTEREST:
            if self.promised_on is None:
                errors["promised_on"] = _("Skriv vilken dag de som är intresserade får besked.")
        elif self.where != self.Where.ONLINE and not self.place:
            errors["place"] = _("Skriv var träffen är.")
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self) -> str:
        return _address(self.slug)

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
    def takes_interest(self) -> bool:
        return self.live and self.cancelled_at is None and self.sign_up == self.SignUp.INTEREST

    def status(self, now: datetime) -> Status:
        """What a visitor can do. Needs `with_places`, so that lists cannot ask once a row."""
        if self.cancelled_at is not None:
            return self.Status.CANCELLED
        if self.sign_up != self.SignUp.FORM:
            return self.Status(self.sign_up)  # the same words for both
        if self.opens_at is not None and self.opens_at > now:
            return self.Status.NOT_YET
        if not self.takes_sign_ups(now):
            return self.Status.CLOSED
        if self.capacity is None or self.capacity - self.held_now > self.spoken_for_now:
            return self.Status.OPEN
        return self.Status.QUEUE if self.waiting_list else self.Status.FULL

    def answer_by(self, asked_at: datetime) -> datetime:
        """When an offer that leaves at `asked_at` runs out: a whole hour, never after the start."""
        start = self.starts_at or asked_at
        ahead = start - asked_at
        window = WINDOW_FAR if ahead >= FAR_AWAY else WINDOW_NEAR if ahead >= NEAR else WINDOW_SOON
        until = asked_at + window
        hour = until.replace(minute=0, second=0, microsecond=0)
        return min(hour if hour == until else hour + timedelta(hours=1), start)

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

    @property
    def search_words(self) -> str:
        """What the public search finds it by, however the words are inflected or spelt."""
        return swedish.with_tails(self.search_text)

    def with_content_json(self, content: dict[str, Any]) -> "Event":
        """A draft from before the activity was cancelled does not bring it back."""
        event: Event = super().with_content_json(content)
        event.cancelled_at = self.cancelled_at
        return event

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "events/activity.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        now = timezone.now()
        # As it looks when it has just been published, with every place free.
        self.live, self.held_now, self.spoken_for_now = True, 0, 0
        return context | {"event": self, "now": now, "status": self.status(now), "is_preview": True}
