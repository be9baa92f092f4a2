"""Visits without names: how many came, and nothing that leads to anybody."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField

# Whom those on duty helped on to something, counted and never named.
OUTCOMES = ("to_group", "became_member", "became_volunteer", "to_care", "to_crisis")
# Ways to divide the visits. Within each the parts are at most as many as the visits.
PARTS = {
    "sex": ("women", "men", "other", "unknown"),
    "news": ("first_timers",),
    "home": ("from_here", "from_elsewhere"),
    "who": ("own_experience", "relatives", "volunteers", "staff"),
    # One visitor may be helped on to many things.
    **{outcome: (outcome,) for outcome in OUTCOMES},
}


def _number(name: Any) -> Any:
    return models.PositiveSmallIntegerField(name, default=0)


def _at_most_all(parts: tuple[str, ...]) -> Q:
    total: Any = F(parts[0])
    for part in parts[1:]:
        total = total + F(part)
    return Q(total__gte=total)


class VisitTally(models.Model):
    """The visits of one occasion to which nobody signs up. No column leads to a person."""

    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="tallies", verbose_name=_("aktivitet")
    )
    occasion_uid = models.UUIDField(_("tillfälle"), unique=True)
    opened_at = models.DateTimeField(_("öppnade"))
    closed_at = models.DateTimeField(_("stängde"))
    total = _number(_("besök"))
    women = _number(_("kvinnor"))
    men = _number(_("män"))
    other = _number(_("annat"))
    unknown = _number(_("vet ej"))
    first_timers = _number(_("första gången"))
    # Where people live is what those on duty believe, never asked for.
    from_here = _number(_("härifrån"))
    from_elsewhere = _number(_("från andra områden"))
    own_experience = _number(_("egen erfarenhet"))
    relatives = _number(_("anhöriga"))
    volunteers = _number(_("volontärer på besök"))
    staff = _number(_("personal på besök"))
    to_group = _number(_("vidare till en grupp"))
    became_member = _number(_("blev medlem"))
    became_volunteer = _number(_("blev volontär"))
    to_care = _number(_("vidare till vården"))
    to_crisis = _number(_("vidare till 1177 eller akut hjälp"))
    partners = _number(_("besök från samarbetspartner"))
    on_duty = _number(_("volontärer på plats"))
    duty_minutes = _number(_("volontärtid i minuter"))
    note: Any = EncryptedTextField(_("anteckning från passet"), blank=True)
    changed_at = models.DateTimeField(_("ändrad"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("av")
    )

    class Meta:
        verbose_name = _("besöksräkning")
        verbose_name_plural = _("besöksräkningar")
        ordering: ClassVar = ["opened_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_house_closes_after_it_opens", condition=Q(closed_at__gt=F("opened_at"))
            ),
            *(
                models.CheckConstraint(
                    name=f"parts_by_{name}_are_at_most_all", condition=_at_most_all(parts)
                )
                for name, parts in PARTS.items()
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.opened_at:%Y-%m-%d}: {self.total}"


class UniqueEstimate(models.Model):
    """How many different persons came in a month or a year, and how anybody knows."""

    class Method(models.TextChoices):
        COUNTED = "counted", _("räknat ur anmälningar")
        ESTIMATED = "estimated", _("uppskattat")

    year = models.PositiveSmallIntegerField(_("år"))
    month = models.PositiveSmallIntegerField(_("månad"), null=True, blank=True)
    value = models.PositiveIntegerField(_("olika personer"))
    method = models.CharField(_("hur vi vet"), max_length=10, choices=Method)
    basis = models.CharField(_("vad det bygger på"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("skrivet"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("av")
    )

    class Meta:
        verbose_name = _("antal olika personer")
        verbose_name_plural = _("antal olika personer")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "month"], nulls_distinct=False, name="one_number_for_each_period"
            ),
            models.CheckConstraint(
                name="a_month_is_one_of_twelve",
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month or ''}: {self.value}"


class ActivityBudget(models.Model):
    """What an activity may cost and what it did cost, in öre."""

    event = models.OneToOneField(
        "events.Event", models.CASCADE, related_name="budget", verbose_name=_("aktivitet")
    )
    budget = models.PositiveIntegerField(_("budget"), null=True, blank=True)
    cost = models.PositiveIntegerField(_("kostnad"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget för aktivitet")
        verbose_name_plural = _("budgetar för aktiviteter")

    def __str__(self) -> str:
        return f"{self.event}: {self.cost} / {self.budget}"
