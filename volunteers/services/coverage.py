"""Where we sit, where a chair is empty, and what has come of it: for the board and for visitors."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from volunteers.models import Council, CouncilIssue, CouncilMeeting, Mandate, Organisation, Seat

# Of the issues that led to something, so many are shown on the site.
MOST_WINS = 10


@dataclass(frozen=True)
class Row:
    """One council, as the board sees it."""

    council: Council
    seated: int
    vacant: int
    ending: int
    unreported: int

    @property
    def has_seats(self) -> bool:
        return self.seated + self.vacant > 0


@dataclass(frozen=True)
class Coverage:
    rows: list[Row]
    # Organisations in which we have no council at all.
    without: list[Organisation]
    ending: list[Mandate]
    unreported: list[CouncilMeeting]

    def sum_of(self, name: str) -> int:
        return sum(getattr(row, name) for row in self.rows)

    @property
    def seated(self) -> int:
        return self.sum_of("seated")

    @property
    def vacant(self) -> int:
        return self.sum_of("vacant")


def coverage(now: datetime) -> Coverage:
    """As often asked with one council as with fifty."""
    today = timezone.localdate(now)
    councils = list(Council.objects.open(today).select_related("organisation", "coordinator"))
    ending = list(Mandate.objects.ending(today).select_related("seat__council__organisation"))
    unreported = _unreported(now)
    seats = _number_per_council(Seat.objects.open(today))
    vacant = _number_per_council(Seat.objects.vacant(today))
    rows = [
        Row(
            council=council,
            seated=seats.get(council.pk, 0) - vacant.get(council.pk, 0),
            vacant=vacant.get(council.pk, 0),
            ending=sum(one.seat.council_id == council.pk for one in ending),
            unreported=sum(one.council_id == council.pk for one in unreported),
        )
        for council in councils
    ]
    known = {council.organisation_id for council in councils}
    without = list(Organisation.objects.exclude(pk__in=known))
    return Coverage(rows, without, ending, unreported)


def _number_per_council(seats: QuerySet[Seat]) -> dict[int, int]:
    rows: Any = seats.order_by().values_list("council").annotate(number=Count("pk"))
    return dict(rows)


def _unreported(now: datetime) -> list[CouncilMeeting]:
    """Of councils where somebody sat for us on that day: nobody else can report."""
    rows = CouncilMeeting.objects.unreported(now).select_related("council__organisation")
    return list(rows.filter(council__in=Council.objects.open(timezone.localdate(now))))


@dataclass(frozen=True)
class Opening:
    """What a visitor can ask to do: one council with empty chairs."""

    council: Council
    ordinary: int
    deputies: int


def openings(day: date) -> list[Opening]:
    """Every empty chair of every council, and nothing else: read from the chairs each time."""
    deputy = Q(kind=Seat.Kind.DEPUTY)
    counted: Any = (
        Seat.objects.vacant(day)
        .order_by()
        .values_list("council")
        .annotate(deputies=Count("pk", filter=deputy), number=Count("pk"))
    )
    found = {council: (number - deputies, deputies) for council, deputies, number in counted}
    councils = Council.objects.filter(pk__in=found).select_related("organisation")
    return [Opening(council, *found[council.pk]) for council in councils]


def representatives(day: date) -> list[Mandate]:
    """Who sits for us and wants it known."""
    rows = Mandate.objects.public(day).select_related("seat__council__organisation")
    return list(rows.order_by("seat__council__organisation__name", "seat__council__name", "pk"))


def wins() -> list[CouncilIssue]:
    """What we raised and what came of it, the newest answers first."""
    rows = CouncilIssue.objects.filter(is_public=True, state__in=CouncilIssue.SETTLED)
    return list(rows.select_related("council__organisation").order_by("-answered_on")[:MOST_WINS])
