"""What the office knows of each activity in figures: seats, who came, who was new, money."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from events.models import (
    ActivityBudget,
    Attendance,
    AttendanceSheet,
    Event,
    Registration,
    VisitTally,
)

LISTED = Q(kind=Attendance.Kind.LISTED)
GUESTS = ~Q(kind=Attendance.Kind.LEADER)


@dataclass(frozen=True)
class Figures:
    """One activity. `seats`: None where all fit. `visits`: over all occasions that were saved."""

    event: Event
    occasions: int
    saved: int
    seats: int | None
    placed: int
    # Of those with a place whose attendance somebody saved: how many times they came, of how many.
    came: int
    expected: int
    visits: int
    first_timers: int
    budget: int | None
    cost: int | None

    @property
    def showed_up(self) -> int | None:
        """In per cent."""
        return round(100 * self.came / self.expected) if self.expected else None

    @property
    def mean(self) -> float | None:
        """Visits per occasion that was saved."""
        return self.visits / self.saved if self.saved else None

    @property
    def per_visit(self) -> int | None:
        """Öre."""
        return round(self.cost / self.visits) if self.cost is not None and self.visits else None

    @property
    def left(self) -> int | None:
        """Of the budget, in öre; negative when it cost more."""
        return None if self.budget is None or self.cost is None else self.budget - self.cost

    @property
    def share(self) -> int | None:
        """Of the budget that was used, in per cent."""
        return (
            round(100 * self.cost / self.budget) if self.budget and self.cost is not None else None
        )


def of_year(year: int) -> list[Figures]:
    """Every activity with an occasion in that year that has begun, the latest first."""
    events = (
        Event.objects.filter(occasions__starts_at__year=year, live=True).distinct().with_occasions()
    )
    now = timezone.now()
    begun = [event for event in events if event.starts_at and event.starts_at <= now]
    begun.sort(key=lambda event: event.starts_at or now, reverse=True)
    return of_events(begun, now)


def of_event(event: Event) -> Figures:
    return of_events([event], timezone.now())[0]


def of_events(events: list[Event], now: datetime) -> list[Figures]:
    """Asked once for all of them."""
    keys = [event.pk for event in events]
    placed = _by_event(
        Registration.objects.filter(event__in=keys, state=Registration.State.CONFIRMED),
        number=Sum("party"),
    )
    saved = _saved(keys)
    here = Q(present=True)
    came = _by_event(
        Attendance.objects.filter(GUESTS, sheet__event__in=keys),
        "sheet__event",
        number=Count("pk", filter=here),
        first=Count("pk", filter=here & Q(first_time=True)),
        expected=Count("pk", filter=LISTED),
        listed=Count("pk", filter=here & LISTED),
    )
    counted = _by_event(
        VisitTally.objects.filter(event__in=keys),
        visits=Sum("total"),
        first=Sum("first_timers"),
    )
    budgets = {row.event_id: row for row in ActivityBudget.objects.filter(event__in=keys)}
    return [
        _figures(
            event,
            now,
            placed.get(event.pk, {}),
            saved[event.pk],
            came.get(event.pk, {}),
            counted.get(event.pk, {}),
            budgets.get(event.pk),
        )
        for event in events
    ]


def _saved(keys: list[int]) -> dict[int, set[Any]]:
    """The occasions of each that somebody saved, also those that are not planned any more."""
    found: dict[int, set[Any]] = defaultdict(set)
    for rows in (AttendanceSheet.objects, VisitTally.objects):
        for event, uid in rows.filter(event__in=keys).values_list("event", "occasion_uid"):
            found[event].add(uid)
    return found


def _by_event(rows: Any, column: str = "event", **sums: Any) -> dict[int, dict[str, int]]:
    found = rows.order_by().values(column).annotate(**sums)
    return {row[column]: row for row in found}


def _figures(
    event: Event,
    now: datetime,
    placed: dict[str, int],
    saved: set[Any],
    came: dict[str, int],
    counted: dict[str, int],
    budget: ActivityBudget | None,
) -> Figures:
    return Figures(
        event=event,
        occasions=len(saved | {one.uid for one in event.held if one.starts_at <= now}),
        saved=len(saved),
        seats=event.capacity,
        placed=placed.get("number", 0),
        came=came.get("listed", 0),
        expected=came.get("expected", 0),
        visits=came.get("number", 0) + counted.get("visits", 0),
        first_timers=came.get("first", 0) + counted.get("first", 0),
        budget=budget.budget if budget else None,
        cost=budget.cost if budget else None,
    )


def set_budget(event: Event, *, budget: int | None, cost: int | None) -> ActivityBudget:
    """In öre."""
    row, _is_new = ActivityBudget.objects.update_or_create(
        event=event, defaults={"budget": budget, "cost": cost}
    )
    return row
