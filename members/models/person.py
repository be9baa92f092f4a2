"""A person whom the association knows."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from privacy import swedish
from privacy.addresses import mail_key, tidy_email
from privacy.fields import EncryptedJSONField, EncryptedTextField
from privacy.models import Consent


class Household(models.Model):
    """People at one address who get one envelope. What it says on it, when the board has chosen."""

    label = models.CharField(_("namn på kuvertet"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("hushåll")
        verbose_name_plural = _("hushåll")

    def __str__(self) -> str:
        return self.label or str(_("Hushåll"))


class PersonQuerySet(models.QuerySet["Person"]):
    def in_register(self) -> "PersonQuerySet":
        """Everyone but those who were merged into another or asked to be forgotten."""
        return self.filter(merged_into__isnull=True, hidden_at__isnull=True)

    def of_mailbox(self, key: str) -> "PersonQuerySet":
        """Everyone with this mailbox: two persons may share one."""
        return self.filter(email_key=key) if key else self.none()

    def known_as(self, key: str, name: str) -> "Person | None":
        """Who in the register this is: the same mailbox and the same name, in any spelling."""
        same, folded = self.in_register().of_mailbox(key).order_by("pk"), swedish.fold(name)
        return next((one for one in same if swedish.fold(one.full_name) == folded), None)

    def members_on(self, day: date) -> "PersonQuerySet":
        """Those with a membership in force on that day. Never stored: read from dated rows."""
        from members.models.membership import Membership  # noqa: PLC0415 -- the two point at each other

        return self.filter(pk__in=Membership.objects.in_force(day).values("person"))


class Person(models.Model):
    """Somebody in the register. Being here hints at health: every opening is in the access log.

    A public form never changes a row here: what somebody types is an Application until a payment
    or a proven mailbox makes it true.
    """

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Kvinna")
        MAN = "man", _("Man")
        OTHER = "other", _("Annat")
        UNSAID = "unsaid", _("Vill inte svara")

    class Relation(models.TextChoices):
        """Kept encrypted, under a yes of its own."""

        OWN = "own", _("Egen erfarenhet")
        RELATIVE = "relative", _("Anhörig")
        BOTH = "both", _("Både egen erfarenhet och anhörig")
        SUPPORTER = "supporter", _("Stödjer")
        UNSAID = "unsaid", _("Vill inte svara")

    # The public name of the row: no address or letter carries its id.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Given when the first fee is paid, and kept for ever. Says nothing about the person.
    member_number = models.PositiveIntegerField(
        _("medlemsnummer"), unique=True, null=True, blank=True
    )
    first_name = models.CharField(_("förnamn"), max_length=80)
    last_name = models.CharField(_("efternamn"), max_length=80, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True, editable=False)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    care_of = models.CharField(_("c/o"), max_length=80, blank=True)
    street = models.CharField(_("gata"), max_length=120, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=10, blank=True)
    town = models.CharField(_("ort"), max_length=60, blank=True)
    # Asked for the grants, always by free will.
    municipality = models.CharField(_("kommun"), max_length=60, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("födelseår"), null=True, blank=True)
    gender = models.CharField(_("kön"), max_length=10, choices=Gender, blank=True)
    relation = EncryptedTextField(_("relation"), blank=True)
    relation_consent = models.OneToOneField(
        Consent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    wants_paper = models.BooleanField(_("vill ha medlemstidningen på papper"), default=False)
    # Skyddade personuppgifter: the name and the address are in `protected`, the columns are empty.
    is_protected = models.BooleanField(_("skyddade personuppgifter"), default=False)
    protected = EncryptedJSONField(null=True, blank=True)
    note = EncryptedTextField(_("anteckning"), blank=True)
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="people"
    )
    consent = models.OneToOneField(
        Consent, models.PROTECT, null=True, blank=True, verbose_name=_("samtycke")
    )
    # Not one account per person: two persons may share a mailbox, and it is the mailbox that
    # proves itself. Who logs in with an address is asked who they are when there are several.
    created_at = models.DateTimeField(_("skapad"))
    changed_at = models.DateTimeField(_("ändrad"), auto_now=True)
    # Do not ask about the fee any more (ux.md 2c), until they come back.
    stop_asking_at = models.DateTimeField(null=True, blank=True)
    # Asked to be erased: seen by nobody from then, gone for good fourteen days later.
    hidden_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(_("raderas"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # Folded words to search in, and a key that sorts å, ä and ö last in any database.
    search = models.TextField(editable=False, blank=True)
    sort_key = models.CharField(max_length=170, editable=False, blank=True, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("register")
        permissions: ClassVar = [
            ("export_person", _("Kan ta ut listor ur registret")),
            ("see_protected", _("Får se skyddade personuppgifter")),
        ]
        indexes: ClassVar = [
            GinIndex(name="person_search", fields=["search"], opclasses=["gin_trgm_ops"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_is_protected_is_not_in_the_open",
                condition=Q(is_protected=False)
                | Q(street="", phone="", postcode="", town="", municipality=""),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow()
        super().save(*args, **kwargs)

    def follow(self) -> None:
        """Work out the columns that follow from the others. Who writes many at once calls it."""
        self.email = tidy_email(self.email) if self.email else ""
        self.email_key = mail_key(self.email) if self.email else ""
        words = [self.full_name, self.email, self.town, str(self.member_number or "")]
        self.search = " ".join(swedish.fold(word) for word in words if word)
        self.sort_key = sort_key(self.last_name, self.first_name)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def relation_in_words(self) -> str:
        return str(self.Relation(self.relation).label) if self.relation else ""


def sort_key(*names: str) -> str:
    """Sorts as a Swedish reader expects, whatever the database's own order is."""
    table = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
    return " ".join(name.casefold() for name in names).translate(table)[:170]


class NotSamePerson(models.Model):
    """Somebody looked at these two and said that they are not the same."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)

    class Meta:
        verbose_name = _("inte samma person")
        verbose_name_plural = _("inte samma person")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="said_once"),
            models.CheckConstraint(name="the_older_first", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class NextMemberNumber(Func):
    template = "nextval('members_member_number')"
    output_field: ClassVar = models.BigIntegerField()
