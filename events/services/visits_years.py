"""Year by year: how many came, what the visits led to, and what they cost."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from events.models import ActivityBudget, AttendanceSheet, VisitTally
from events.models.tally import OUTCOMES
from events.services import visits
from events.services.visits import Statistics, Visit

# How many years are told beside each other.
MOST = 5


@dataclass(frozen=True)
class Cost:
    """What was spent on the activities whose cost is known, in öre, and the visits it was for."""

    ore: int
    visits: int
    # The visits of all activities, also those whose cost nobody has written.
    of: int

    @property
    def is_told(self) -> bool:
        """Otherwise a small number of visits could be worked out."""
        return not visits.is_small(self.visits) and not visits.is_small(self.of - self.visits)

    @property
    def per_visit(self) -> int | None:
        return round(self.ore / self.visits) if self.visits else None


@dataclass(frozen=True)
class Year:
    year: int
    all: Statistics
    # By the name of the column.
    outcomes: dict[str, int]
    cost: Cost

    @property
    def is_over(self) -> bool:
        """Only whole years are compared."""
        return self.year < timezone.localdate().year


def up_to(last: int) -> list[Year]:
    """This year and those before it in which anybody came, the oldest first."""
    wanted = [year for year in visits.years() if year <= last][:MOST]
    spent = _spent()
    return [_year(year, spent) for year in sorted(wanted)]


def _year(year: int, spent: dict[int, Counter[int]]) -> Year:
    _months, whole = visits.of_year(year)
    sums = VisitTally.objects.filter(opened_at__year=year).aggregate(
        **{f"sum_{name}": Sum(name, default=0) for name in OUTCOMES}
    )
    outcomes = {name: sums[f"sum_{name}"] for name in OUTCOMES}
    return Year(year, whole, outcomes, _cost(visits.of_occasions(year), spent, year))


def _cost(found: list[Visit], spent: dict[int, Counter[int]], year: int) -> Cost:
    return Cost(
        ore=sum(by_year[year] for by_year in spent.values()),
        visits=sum(one.total for one in found if one.event in spent),
        of=sum(one.total for one in found),
    )


def _spent() -> dict[int, Counter[int]]:
    """For each activity with a cost: how much of it fell on each year, by its occasions."""
    costs = {row.event_id: row.cost or 0 for row in ActivityBudget.objects.exclude(cost=None)}
    times: dict[int, Counter[int]] = {event: Counter() for event in costs}
    for rows, moment in ((AttendanceSheet.objects, "starts_at"), (VisitTally.objects, "opened_at")):
        for event, year in rows.filter(event__in=costs).values_list("event", f"{moment}__year"):
            times[event][year] += 1
    return {
        event: Counter(
            {
                year: round(costs[event] * number / by_year.total())
                for year, number in by_year.items()
            }
        )
        for event, by_year in times.items()
        if by_year
    }
