"""The rooms where patients and relatives are heard, who sits there for us, and until when."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from privacy.addresses import mail_key, tidy_email
from privacy.models import Consent

# A mandate that ends within this time is told about, so that nobody is surprised.
ENDS_SOON = timedelta(days=90)


class Organisation(models.Model):
    """Who runs the care: the region itself, one of its areas, or a company."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        AREA = "area", _("Närsjukvårdsområde")
        PRIVATE = "private", _("Privat vårdgivare")

    name = models.CharField(_("namn"), max_length=120, unique=True)
    kind = models.CharField(_("sort"), max_length=10, choices=Kind, default=Kind.AREA)

    class Meta:
        verbose_name = _("vårdgivare")
        verbose_name_plural = _("vårdgivare")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class CouncilQuerySet(models.QuerySet["Council"]):
    def open(self, day: date) -> "CouncilQuerySet":
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Council(models.Model):
    """A council of patients and relatives at one clinic or area."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="councils", verbose_name=_("vårdgivare")
    )
    name = models.CharField(_("namn"), max_length=120)
    slug = models.SlugField(_("adress"), max_length=140, unique=True, editable=False)
    frequency = models.CharField(
        _("hur ofta"), max_length=120, blank=True, help_text=_("Till exempel: var femte vecka.")
    )
    place = models.CharField(_("var"), max_length=120, blank=True)
    about = models.CharField(
        _("om rådet"),
        max_length=300,
        blank=True,
        help_text=_("Syns på webben när en plats är ledig."),
    )
    # Somebody at work: reached at work, about work.
    contact_name = models.CharField(_("kontakt hos vården"), max_length=80, blank=True)
    contact_email = models.EmailField(_("kontaktens e-post"), blank=True)
    contact_phone = models.CharField(_("kontaktens telefon"), max_length=30, blank=True)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="councils",
        verbose_name=_("samordnare hos oss"),
    )
    agreement = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("form och funktion"),
        help_text=_("Överenskommelsen om hur rådet arbetar."),
    )
    closed_on = models.DateField(_("nedlagt"), null=True, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("patientråd")
        verbose_name_plural = _("patientråd")
        ordering: ClassVar = ["organisation__name", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_council_per_name_and_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def open(self, day: date) -> "SeatQuerySet":
        """Seats that somebody may sit in: neither they nor their council are closed."""
        return self.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
            Q(council__closed_on__isnull=True) | Q(council__closed_on__gt=day),
        )

    def vacant(self, day: date) -> "SeatQuerySet":
        """Where nobody sits and nobody is appointed to come. Each is published as an opening."""
        taken = Mandate.objects.lasting(day).filter(seat=OuterRef("pk"))
        return self.open(day).filter(~Exists(taken))


class Seat(models.Model):
    """One chair in a council. Who sits in it is a mandate; an empty one is never noted anywhere."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinarie")
        DEPUTY = "deputy", _("Ersättare")

    # The public name of the row.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="seats", verbose_name=_("patientråd")
    )
    kind = models.CharField(_("sort"), max_length=10, choices=Kind, default=Kind.ORDINARY)
    closed_on = models.DateField(_("borttagen"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats i ett råd")
        verbose_name_plural = _("platser i råd")
        ordering: ClassVar = ["council", "-kind", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.council}"


# The last day of a mandate, for the database.
LAST_DAY = Coalesce("ended_on", "term_ends_on")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: date) -> "MandateQuerySet":
        return self.lasting(day).filter(starts_on__lte=day)

    def lasting(self, day: date) -> "MandateQuerySet":
        """In force on that day, or later."""
        return self.annotate(last_day=LAST_DAY).filter(last_day__gte=day)

    def ending(self, day: date) -> "MandateQuerySet":
        """In force, and over within ninety days, with nobody appointed to the chair after."""
        after = Mandate.objects.filter(seat=OuterRef("seat"), starts_on__gt=OuterRef("last_day"))
        rows = self.annotate(last_day=LAST_DAY).filter(
            starts_on__lte=day, last_day__range=(day, day + ENDS_SOON)
        )
        return rows.filter(~Exists(after), seat__in=Seat.objects.open(day))

    def public(self, day: date) -> "MandateQuerySet":
        """Those who said yes to be named on the site."""
        return self.in_force(day).filter(
            public_consent__isnull=False, public_consent__withdrawn_at__isnull=True
        )

    def of_mailbox(self, key: str) -> "MandateQuerySet":
        return self.filter(email_key=key) if key else self.none()


class Mandate(models.Model):
    """Somebody sits in a chair for us from one day to another, by a decision of the board.

    The database refuses two in the same chair on the same day.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="mandates", verbose_name=_("plats"))
    name = models.CharField(_("namn"), max_length=80)
    email = models.EmailField(_("e-post"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True, editable=False)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    starts_on = models.DateField(_("från och med"))
    term_ends_on = models.DateField(_("till och med"))
    # The last day, for who left before the term was over.
    ended_on = models.DateField(_("slutade"), null=True, blank=True)
    decision = models.CharField(
        _("beslut"), max_length=80, help_text=_("Till exempel: styrelsen 12 januari, paragraf 7.")
    )
    trained_on = models.DateField(_("introduktion klar"), null=True, blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, related_name="+")
    # The name that they want on the site, under a yes of its own.
    public_name = models.CharField(_("namn på webben"), max_length=80, blank=True)
    public_consent = models.OneToOneField(
        Consent, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandat")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_mandate_ends_after_it_starts",
                condition=Q(term_ends_on__gte=F("starts_on"))
                & (
                    Q(ended_on__isnull=True)
                    | Q(ended_on__gte=F("starts_on"), ended_on__lte=F("term_ends_on"))
                ),
            ),
            models.CheckConstraint(
                name="a_name_on_the_site_has_a_yes",
                condition=Q(public_name="") | Q(public_consent__isnull=False),
            ),
            ExclusionConstraint(
                name="one_in_each_chair_at_a_time",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), LAST_DAY, Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.seat}"

    def follow(self) -> None:
        """Work out the column that follows from the address."""
        self.email = tidy_email(self.email) if self.email else ""
        self.email_key = mail_key(self.email) if self.email else ""

    @property
    def last_on(self) -> date:
        return self.ended_on or self.term_ends_on

    @property
    def is_shown(self) -> bool:
        return self.public_consent is not None and self.public_consent.withdrawn_at is None
