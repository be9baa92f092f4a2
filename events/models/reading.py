"""How activities are read: those that are coming, with their occasions, with their places."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, Sum

from events.models.occasion import Occasion
from events.models.registration import HOLDS, SPOKEN_FOR, Registration

if TYPE_CHECKING:
    from events.models.event import Event


class EventQuerySet(models.QuerySet["Event"]):
    # Counted at this moment, when somebody asked for it.
    _places_at: datetime | None = None

    def public(self) -> "EventQuerySet":
        return self.filter(live=True)

    def with_occasions(self) -> "EventQuerySet":
        return self.prefetch_related(
            Prefetch("occasions", Occasion.objects.order_by("starts_at"), to_attr="all_occasions")
        )

    def upcoming(self, now: datetime) -> "EventQuerySet":
        """Public activities with an occasion that is not over, the nearest first; then those that
        have no date yet and take interest."""
        return (
            self.public()
            .annotate(
                next_start=Min(
                    "occasions__starts_at",
                    filter=Q(occasions__ends_at__gt=now, occasions__cancelled_at__isnull=True),
                )
            )
            .filter(Q(next_start__isnull=False) | Q(sign_up="interest", cancelled_at=None))
            .order_by(F("next_start").asc(nulls_last=True), "pk")
        )

    def with_queue(self) -> "EventQuerySet":
        """Those that somebody stands in the queue to."""
        return self.filter(Exists(Registration.objects.queueing().filter(event=OuterRef("pk"))))

    def with_places(self, now: datetime) -> "EventQuerySet":
        """Each with the counts that `Event.status` needs, asked once for all of them."""
        counted = self._chain()  # type: ignore[attr-defined]  # Django has it, the stubs do not
        counted._places_at = now
        return counted

    def _clone(self) -> "EventQuerySet":
        clone = super()._clone()  # type: ignore[misc]  # as above
        clone._places_at = self._places_at
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._places_at is not None and self._result_cache:
            count_places(self._result_cache, self._places_at)


def count_places(events: list["Event"], now: datetime) -> None:
    """Give each the counts that `Event.status` needs, asked once for all of them.

    A question of its own: as subqueries, every occasion of an activity would count anew.
    """
    taken = (
        Registration.objects.filter(event__in=[event.pk for event in events])
        .values_list("event")
        .annotate(
            held=Sum("party", filter=HOLDS(now), default=0),
            spoken_for=Sum("party", filter=SPOKEN_FOR(now), default=0),
        )
        .order_by()
    )
    counts = {event_id: (held, spoken_for) for event_id, held, spoken_for in taken}
    for event in events:
        event.held_now, event.spoken_for_now = counts.get(event.pk, (0, 0))
