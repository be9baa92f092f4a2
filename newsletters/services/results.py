"""How far an issue has come: what is known, and no more."""

from dataclasses import dataclass

from django.db.models import Count

from newsletters.models import Delivery, Issue

State, Reason = Delivery.State, Delivery.Reason


@dataclass(frozen=True)
class Line:
    state: str
    words: str
    number: int
    # Why, and how many of them.
    reasons: list[tuple[str, int]]


@dataclass(frozen=True)
class Result:
    """`lines` add up to `prepared`. `ended` and `changed`: what readers did with its links."""

    prepared: int
    lines: list[Line]
    ended: int
    changed: int

    def number(self, state: str) -> int:
        return next((line.number for line in self.lines if line.state == state), 0)

    @property
    def unknown(self) -> int:
        return self.number(State.UNKNOWN)

    @property
    def sent(self) -> int:
        return self.number(State.SENT)

    @property
    def adds_up(self) -> bool:
        return sum(line.number for line in self.lines) == self.prepared


def of(issue: Issue) -> Result:
    rows = Delivery.objects.filter(issue=issue)
    found = rows.values_list("state", "reason").annotate(number=Count("pk")).order_by("-number")
    counted = [(state, reason, number) for state, reason, number in found]
    lines = [
        Line(
            state.value,
            str(state.label),
            sum(number for one, _reason, number in counted if one == state),
            [
                (str(Reason(reason).label), number)
                for one, reason, number in counted
                if one == state and reason
            ],
        )
        for state in State
    ]
    return Result(
        prepared=issue.prepared or 0,
        lines=[line for line in lines if line.number or line.state == State.SENT],
        ended=rows.filter(ended_at__isnull=False).count(),
        changed=rows.filter(changed_pace_at__isnull=False).count(),
    )
