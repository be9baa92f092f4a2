"""What one can be a member as, what it costs, and who is or was one. Amounts are öre."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.person import Person
from payments.models import Charge


class MembershipType(models.Model):
    """Ordinary, family, youth, supporting … decided by the board and the statutes."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=60)
    description = models.CharField(_("beskrivning"), max_length=200, blank=True)
    votes = models.BooleanField(_("har rösträtt"), default=True)
    counts = models.BooleanField(_("räknas i bidragsansökningar"), default=True)
    # Linked to somebody who is a member in their own right.
    needs_main_member = models.BooleanField(_("hör till en huvudmedlem"), default=False)
    # Shown at /bli-medlem/; the others are entered by the office.
    is_offered = models.BooleanField(_("går att välja på webben"), default=True)
    min_age = models.PositiveSmallIntegerField(_("lägsta ålder"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("högsta ålder"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("medlemstyp")
        verbose_name_plural = _("medlemstyper")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def fee(self, year: int, *, reduced: bool = False) -> "Fee | None":
        """What it costs for a year: the newest row that holds by then. None when nothing is set."""
        rows = self.fees.filter(from_year__lte=year, is_reduced=reduced)
        return rows.order_by("-from_year").first()


class Fee(models.Model):
    """What a type costs from a year on, until another row takes over."""

    type = models.ForeignKey(MembershipType, models.CASCADE, related_name="fees")
    from_year = models.PositiveSmallIntegerField(_("från år"))
    is_reduced = models.BooleanField(_("nedsatt, utan intyg"), default=False)
    amount = models.PositiveIntegerField(_("avgift"), help_text=_("öre"))
    union_share = models.PositiveIntegerField(_("varav till riksförbundet"), default=0)

    class Meta:
        verbose_name = _("avgift")
        verbose_name_plural = _("avgifter")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["type", "from_year", "is_reduced"], name="one_fee_per_type_and_year"
            ),
            models.CheckConstraint(
                name="the_union_gets_a_part", condition=Q(union_share__lte=F("amount"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.from_year}"


PAID = Q(charge__isnull=True) | Q(
    charge__received__gte=F("charge__amount"),
    charge__returned__lt=F("charge__received"),
)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def ever_in_force(self, person: Person) -> "MembershipQuerySet":
        """What this person has been or will be a member as: paid for, or free."""
        return self.filter(PAID, person=person)

    def in_force(self, day: date) -> "MembershipQuerySet":
        """Within its dates, paid for (or free), and not ended before that day."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            PAID,
            starts_on__lte=day,
            ends_on__gte=day,
        )


class Membership(models.Model):
    """One person as one kind of member from one day to another. Nothing says that it is in force:
    that follows from its days, its charge and the day that is asked about."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    type = models.ForeignKey(MembershipType, models.PROTECT, related_name="memberships")
    # The fee year that it is for: one membership that is not ended per person and year.
    year = models.PositiveSmallIntegerField(_("år"))
    starts_on = models.DateField(_("från"))
    ends_on = models.DateField(_("till och med"))
    # Empty for what costs nothing.
    charge = models.OneToOneField(
        Charge, models.PROTECT, null=True, blank=True, related_name="membership"
    )
    # Whose family member.
    main_member = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="family_memberships"
    )
    created_at = models.DateTimeField(_("skapad"))
    # The first day on which it holds no more: left, given back, or replaced.
    ended_on = models.DateField(_("avslutad"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        indexes: ClassVar = [models.Index(fields=["starts_on", "ends_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(ended_on__isnull=True),
                name="one_membership_per_person_and_year",
            ),
            models.CheckConstraint(
                name="a_membership_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.year}"
