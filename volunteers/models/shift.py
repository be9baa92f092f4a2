"""Times when the café or the telephone needs people, and who has said that they come."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteers.models.lead import Lead
from volunteers.models.role import Role

# Those who have said yes and not given their place back.
COMING = Count("crew", filter=Q(crew__given_back_at__isnull=True, crew__isnull=False))


class ShiftQuerySet(models.QuerySet["Shift"]):
    def coming(self, now: datetime) -> "ShiftQuerySet":
        return self.filter(starts_at__gt=now, cancelled_at=None).order_by("starts_at", "pk")

    def with_crew(self) -> "ShiftQuerySet":
        """Each with `crew_size`: how many come."""
        return self.annotate(crew_size=COMING)

    def with_room(self) -> "ShiftQuerySet":
        """Those that more people may come to."""
        return self.annotate(crew_size=COMING).filter(crew_size__lt=F("max_crew"))

    def short(self) -> "ShiftQuerySet":
        """Those with fewer people than they need."""
        return self.annotate(crew_size=COMING).filter(crew_size__lt=F("min_crew"))


class Shift(models.Model):
    role = models.ForeignKey(Role, models.PROTECT, related_name="shifts", verbose_name=_("uppdrag"))
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("plats"), max_length=120, blank=True)
    min_crew = models.PositiveSmallIntegerField(_("minst så många"), default=1)
    max_crew = models.PositiveSmallIntegerField(_("högst så många"), default=2)
    note = models.CharField(_("om passet"), max_length=160, blank=True)
    cancelled_at = models.DateTimeField(_("inställt"), null=True, blank=True)
    # Somebody could not come and too few are left: the others have been asked.
    searching_since = models.DateTimeField(null=True, blank=True)

    objects = ShiftQuerySet.as_manager()
    # Counted by `with_crew`.
    crew_size: int

    class Meta:
        verbose_name = _("pass")
        verbose_name_plural = _("pass")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_shift_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="a_crew_fits", condition=Q(max_crew__gte=F("min_crew"), min_crew__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class CrewQuerySet(models.QuerySet["CrewMember"]):
    def there(self) -> "CrewQuerySet":
        return self.filter(given_back_at=None)


class CrewMember(models.Model):
    """Somebody who comes to a shift, until they give it back. No reason is kept."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="crew")
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="shifts")
    taken_at = models.DateTimeField(_("tog passet"))
    given_back_at = models.DateTimeField(_("lämnade passet"), null=True, blank=True)

    objects = CrewQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats på ett pass")
        verbose_name_plural = _("platser på pass")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shift", "lead"],
                condition=Q(given_back_at__isnull=True),
                name="nobody_comes_twice_to_a_shift",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.shift_id}"
