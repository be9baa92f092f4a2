"""What one person reads, and gives, because a group is a study circle."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField
from privacy.models import Consent


class AgreementRead(models.Model):
    """Somebody has read what the group promises each other, and agrees."""

    registration = models.OneToOneField(
        "events.Registration", models.CASCADE, related_name="agreement", verbose_name=_("anmälan")
    )
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"))

    class Meta:
        verbose_name = _("läst gruppens löfte")
        verbose_name_plural = _("lästa gruppers löften")

    def __str__(self) -> str:
        return f"{self.consent}"


def _secret(name: Any) -> Any:
    return EncryptedTextField(name, blank=True, default="")


# What is emptied when the circle has been handed over.
SECRETS = [
    "personal_number", "first_name", "last_name", "street", "postcode", "town", "phone",
]  # fmt: skip


class Identity(models.Model):
    """Who somebody is to the study association. Asked for when they have a place, for nothing else.

    The only place where a personal number is kept. Encrypted, masked on the screen, and emptied
    when the circle has been handed over; the row stays and says that it was given.
    """

    class Way(models.TextChoices):
        TYPED = "typed", _("skrev in själv")
        OFFICE = "office", _("inskrivet av kansliet")
        PAPER = "paper", _("lämnar på papper till ledaren")
        PROTECTED = "protected", _("har skyddade uppgifter")

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("Personnummer")
        COORDINATION = "coordination", _("Samordningsnummer")
        LMA = "lma", _("LMA-nummer")

    registration = models.OneToOneField(
        "events.Registration", models.CASCADE, null=True, blank=True, related_name="identity"
    )
    leader = models.OneToOneField(
        "events.Leader", models.CASCADE, null=True, blank=True, related_name="identity"
    )
    way = models.CharField(_("hur"), max_length=10, choices=Way)
    kind = models.CharField(_("sort"), max_length=12, choices=Kind, blank=True)
    personal_number: Any = _secret(_("personnummer"))
    first_name: Any = _secret(_("förnamn"))
    last_name: Any = _secret(_("efternamn"))
    street: Any = _secret(_("gata"))
    postcode: Any = _secret(_("postnummer"))
    town: Any = _secret(_("ort"))
    phone: Any = _secret(_("telefon"))
    # Of the office: the leader's paper has been handed on. It is in no file.
    paper_at = models.DateTimeField(_("papperet lämnat"), null=True, blank=True)
    given_at = models.DateTimeField(_("lämnat"))
    purged_at = models.DateTimeField(_("gallrat"), null=True, blank=True)
    consent = models.OneToOneField(
        Consent, models.PROTECT, null=True, blank=True, verbose_name=_("samtycke")
    )

    class Meta:
        verbose_name = _("uppgifter till studieförbundet")
        verbose_name_plural = _("uppgifter till studieförbundet")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_identity_is_of_one_person",
                condition=Q(registration__isnull=False, leader__isnull=True)
                | Q(registration__isnull=True, leader__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_purged_is_empty",
                condition=Q(purged_at__isnull=True) | Q(**dict.fromkeys(SECRETS, "")),
            ),
            models.CheckConstraint(
                name="a_number_is_kept_only_of_who_gave_it",
                condition=Q(way__in=["typed", "office"]) | Q(personal_number=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_way_display())

    @property
    def is_settled(self) -> bool:
        """Nothing more to ask for."""
        return self.way != self.Way.PAPER or self.paper_at is not None

    @property
    def masked(self) -> str:
        """1985••••-••••: that there is one, and nothing that can be used."""
        if self.kind == self.Kind.LMA:
            return "•" * len(self.personal_number)
        return f"{self.personal_number[:4]}••••-••••" if self.personal_number else ""

    @property
    def birth_year(self) -> int | None:
        if not self.personal_number or self.kind == self.Kind.LMA:
            return None
        return int(self.personal_number[:4])
