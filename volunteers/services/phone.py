"""The office's telephone: note a call, and sum the months."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from volunteers.models import PhoneCall


def note_call(key: uuid.UUID, *, on: date, minutes: int, category: str) -> PhoneCall:
    """The same key again is the same press."""
    facts = {"on": on, "minutes": minutes, "category": category}
    return PhoneCall.objects.get_or_create(submission=key, defaults=facts)[0]


def take_back(key: uuid.UUID) -> int:
    """A slip of the thumb."""
    return PhoneCall.objects.filter(submission=key).delete()[0]


@dataclass(frozen=True)
class Month:
    first: date
    calls: int
    minutes: int
    # How many of each category, in their order.
    parts: list[tuple[str, int]]


def months(year: int) -> list[Month]:
    """The months with calls, the newest first."""
    counted: Any = (
        PhoneCall.objects.filter(on__year=year)
        .order_by()
        .annotate(month=TruncMonth("on"))
        .values_list("month", "category")
        .annotate(calls=Count("pk"), minutes=Sum("minutes"))
    )
    rows = list(counted)
    return [
        _month(first, [row[1:] for row in rows if row[0] == first])
        for first in sorted({row[0] for row in rows}, reverse=True)
    ]


def _month(first: date, parts: list[tuple[str, int, int]]) -> Month:
    calls = {category: number for category, number, _minutes in parts}
    return Month(
        first=first,
        calls=sum(calls.values()),
        minutes=sum(minutes for _category, _number, minutes in parts),
        parts=[(str(label), calls.get(value, 0)) for value, label in PhoneCall.Category.choices],
    )


def years() -> list[int]:
    found: Any = PhoneCall.objects.order_by().values_list("on__year", flat=True).distinct()
    return sorted(found, reverse=True)


def of_day(on: date) -> tuple[int, int]:
    """How many calls and minutes on that day."""
    sums = PhoneCall.objects.filter(on=on).aggregate(calls=Count("pk"), minutes=Sum("minutes"))
    return sums["calls"], sums["minutes"] or 0
