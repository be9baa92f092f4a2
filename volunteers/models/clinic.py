"""Where people are cared for, whom we know there, and what we have said to each other."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.addresses import mail_key, tidy_email
from privacy.fields import EncryptedTextField
from volunteers.models.council import Organisation
from volunteers.models.errand import Errand, open_has_owner


class ClinicQuerySet(models.QuerySet["Clinic"]):
    def open(self) -> "ClinicQuerySet":
        return self.filter(closed_on__isnull=True)

    def wanting_letters(self) -> "ClinicQuerySet":
        """Those that the term letter goes to: affective, open, with an address, not opted out."""
        return (
            self.open().filter(kind=Clinic.Kind.AFFECTIVE, no_letters_since=None).exclude(street="")
        )


class Clinic(models.Model):
    class Kind(models.TextChoices):
        AFFECTIVE = "affective", _("Affektiv mottagning")
        GENERAL = "general", _("Allmänpsykiatri")
        PRIMARY = "primary", _("Vårdcentral")
        OTHER = "other", _("Annan")

    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="clinics",
        verbose_name=_("vårdgivare"),
    )
    name = models.CharField(_("namn"), max_length=120, unique=True)
    kind = models.CharField(_("sort"), max_length=10, choices=Kind, default=Kind.AFFECTIVE)
    street = models.CharField(_("gata eller box"), max_length=120, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=10, blank=True)
    town = models.CharField(_("ort"), max_length=60, blank=True)
    no_letters_since = models.DateField(_("vill inte ha brev sedan"), null=True, blank=True)
    closed_on = models.DateField(_("stängd"), null=True, blank=True)

    objects = ClinicQuerySet.as_manager()

    class Meta:
        verbose_name = _("mottagning")
        verbose_name_plural = _("mottagningar")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> list[str]:
        """As on an envelope."""
        return [line for line in (self.name, self.street, f"{self.postcode} {self.town}") if line]


class ClinicContact(models.Model):
    """Somebody at work there. We may write to them about work, until they object."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="contacts")
    name = models.CharField(_("namn"), max_length=80, blank=True)
    role = models.CharField(_("roll"), max_length=80, blank=True)
    email = models.EmailField(_("e-post i arbetet"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True, editable=False)
    phone = models.CharField(_("telefon i arbetet"), max_length=30, blank=True)
    # They said no. What is left is the day, and a fingerprint so that nobody enters them again.
    objected_on = models.DateField(_("sa nej"), null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("kontakt på en mottagning")
        verbose_name_plural = _("kontakter på mottagningar")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_objected_is_not_named",
                condition=Q(objected_on__isnull=True)
                | Q(name="", email="", email_key="", phone=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.role

    def follow(self) -> None:
        self.email = tidy_email(self.email) if self.email else ""
        self.email_key = mail_key(self.email) if self.email else ""


class Touch(Errand):
    """One time that we spoke with a clinic, and what we do next."""

    class Channel(models.TextChoices):
        LETTER = "letter", _("Brev")
        PHONE = "phone", _("Telefon")
        EMAIL = "email", _("Mejl")
        VISIT = "visit", _("Besök")
        ANSWER = "answer", _("De hörde av sig")

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="touches")
    on = models.DateField(_("när"))
    channel = models.CharField(_("hur"), max_length=10, choices=Channel, default=Channel.PHONE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("av")
    )
    note = EncryptedTextField(_("anteckning"), blank=True)

    class Meta:
        verbose_name = _("kontakt med en mottagning")
        verbose_name_plural = _("kontakter med mottagningar")
        ordering: ClassVar = ["-on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["due_on"])]
        constraints: ClassVar = [open_has_owner("an_open_touch_has_an_owner_and_a_next_step")]

    def __str__(self) -> str:
        return f"{self.clinic} {self.on}"


class TermLetter(models.Model):
    """The letter of one term to one clinic. There is never more than one."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="letters")
    year = models.PositiveSmallIntegerField(_("år"))
    # 1 in spring, 2 in autumn.
    half = models.PositiveSmallIntegerField(_("termin"))
    made_on = models.DateField(_("skapat"))
    posted_on = models.DateField(_("postat"), null=True, blank=True)
    touch = models.OneToOneField(
        Touch, models.SET_NULL, null=True, blank=True, related_name="letter"
    )

    class Meta:
        verbose_name = _("terminsbrev")
        verbose_name_plural = _("terminsbrev")
        ordering: ClassVar = ["clinic__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "year", "half"], name="one_letter_per_clinic_and_term"
            ),
            models.CheckConstraint(name="spring_or_autumn", condition=Q(half__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"{self.clinic} {self.year}:{self.half}"
