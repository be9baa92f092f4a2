"""Lectures for those who care for people: who asked, who goes, and what was said afterwards."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.templatetags.dates import date_long
from privacy.fields import EncryptedTextField
from privacy.models import Consent
from volunteers.models.clinic import Clinic
from volunteers.models.errand import Errand, open_has_owner


class LecturerQuerySet(models.QuerySet["Lecturer"]):
    def able(self, day: date) -> "LecturerQuerySet":
        """Who has the training on that day and has not stopped."""
        return self.filter(
            Q(stopped_on__isnull=True) | Q(stopped_on__gt=day),
            Q(training_until__isnull=True) | Q(training_until__gte=day),
            trained_on__lte=day,
        ).exclude(name="")


class Lecturer(models.Model):
    """Somebody who tells about their own life, after training with us."""

    name = models.CharField(_("namn"), max_length=80)
    email = models.EmailField(_("e-post"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True, editable=False)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    topics = models.CharField(_("talar om"), max_length=160, blank=True)
    trained_on = models.DateField(_("utbildad"), null=True, blank=True)
    training_until = models.DateField(_("utbildningen gäller till"), null=True, blank=True)
    guideline = models.CharField(
        _("version av riktlinjen"), max_length=20, blank=True,
        help_text=_("Riktlinjen för vad en föreläsning ska innehålla."),
    )  # fmt: skip
    stopped_on = models.DateField(_("slutade"), null=True, blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, related_name="+")

    objects = LecturerQuerySet.as_manager()

    class Meta:
        verbose_name = _("föreläsare")
        verbose_name_plural = _("föreläsare")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Request(Errand):
    """What somebody at work asked for in the form: a snapshot, with the yes it stands on."""

    # The number of the press on the form: sent twice, it is the same deed.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    host = models.CharField(_("mottagning, skola eller arbetsplats"), max_length=120)
    clinic = models.ForeignKey(
        Clinic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("mottagning i vårt register"),
    )
    name = models.CharField(_("kontakt"), max_length=80)
    email = models.EmailField(_("e-post"))
    email_key = models.CharField(max_length=254, db_index=True, editable=False)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    message = EncryptedTextField(_("önskemål"), blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))
    created_at = models.DateTimeField(_("kom in"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.host}, {timezone.localdate(self.created_at)}"


class LectureBooking(Request):
    """From the first question to what came of it. Money is told of without a word of health."""

    class State(models.TextChoices):
        ASKED = "asked", _("Förfrågan")
        OFFERED = "offered", _("Förslag skickat")
        CONFIRMED = "confirmed", _("Bokad")
        DONE = "done", _("Genomförd")
        CANCELLED = "cancelled", _("Inte av")

    class Audience(models.TextChoices):
        PATIENTS = "patients", _("Patienter")
        RELATIVES = "relatives", _("Anhöriga")
        BOTH = "both", _("Patienter och anhöriga")
        STAFF = "staff", _("Personal")
        STUDENTS = "students", _("Elever eller studenter")
        OTHERS = "others", _("Andra")

    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.ASKED)
    audience = models.CharField(_("vilka lyssnar"), max_length=10, choices=Audience, blank=True)
    wished_time = models.CharField(_("önskad tid"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("när"), null=True, blank=True)
    place = models.CharField(_("var"), max_length=160, blank=True)
    lecturers = models.ManyToManyField(
        Lecturer, blank=True, related_name="bookings", verbose_name=_("föreläsare")
    )
    expected = models.PositiveIntegerField(_("väntat antal"), null=True, blank=True)
    actual = models.PositiveIntegerField(_("antal som kom"), null=True, blank=True)
    fee = models.PositiveIntegerField(_("arvode i kronor"), default=0)
    invoice = models.CharField(_("fakturans nummer"), max_length=40, blank=True)
    material = models.CharField(_("material som delades ut"), max_length=160, blank=True)
    new_members = models.PositiveIntegerField(
        _("nya medlemmar som nämnde koden"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("föreläsning")
        verbose_name_plural = _("föreläsningar")
        ordering: ClassVar = ["-created_at"]
        permissions: ClassVar = [
            ("export_lecturebooking", _("Kan ta ut listor över föreläsningar"))
        ]
        constraints: ClassVar = [
            open_has_owner("an_open_booking_has_an_owner_and_a_next_step"),
            models.CheckConstraint(
                name="what_is_booked_has_a_time",
                condition=~Q(state__in=["confirmed", "done"]) | Q(starts_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_done_has_a_number",
                condition=~Q(state="done") | Q(actual__isnull=False),
            ),
            models.CheckConstraint(
                name="only_what_is_over_is_closed",
                condition=Q(closed_on__isnull=True) | Q(state__in=["done", "cancelled"]),
            ),
        ]

    @property
    def invoice_text(self) -> str:
        """All that a bank, a clinic's bookkeeper and an invoice see."""
        day = date_long(self.starts_at) if self.starts_at else ""
        return f"{_('Besök')} {day}".strip()


class BrochureOrder(Request):
    copies = models.PositiveIntegerField(_("antal"), default=20)
    street = models.CharField(_("gata eller box"), max_length=120)
    postcode = models.CharField(_("postnummer"), max_length=10)
    town = models.CharField(_("ort"), max_length=60)
    posted_on = models.DateField(_("postad"), null=True, blank=True)

    class Meta:
        verbose_name = _("beställning av broschyrer")
        verbose_name_plural = _("beställningar av broschyrer")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            open_has_owner("an_open_order_has_an_owner_and_a_next_step"),
            models.CheckConstraint(
                name="some_brochures", condition=Q(copies__gte=1, copies__lte=500)
            ),
        ]

    @property
    def lines(self) -> list[str]:
        return [self.host, self.name, self.street, f"{self.postcode} {self.town}".strip()]


class Evaluation(models.Model):
    """What one listener thought. Nothing says who, or when during the day."""

    class Scale(models.TextChoices):
        YES = "yes", _("Ja")
        PARTLY = "partly", _("Delvis")
        NO = "no", _("Nej")

    booking = models.ForeignKey(LectureBooking, models.CASCADE, related_name="evaluations")
    # The number of the press, so that two presses are one answer. Belongs to nobody.
    submission = models.UUIDField(unique=True, editable=False)
    useful = models.CharField(_("hade nytta av det"), max_length=10, choices=Scale)
    clear = models.CharField(_("lätt att förstå"), max_length=10, choices=Scale)
    missed = EncryptedTextField(_("det som saknades"), blank=True)

    class Meta:
        verbose_name = _("svar efter en föreläsning")
        verbose_name_plural = _("svar efter föreläsningar")

    def __str__(self) -> str:
        return str(self.booking)
