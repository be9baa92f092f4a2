"""How far an issue has come: what is known, and no more."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count

from members.models import Person
from members.services import campaigns
from newsletters.models import Delivery, Issue
from privacy.models import AccessLog
from privacy.services import note_access

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
    # What the code on its links led to.
    registrations: int
    newcomers: int

    def number(self, state: str) -> int:
        return next((line.number for line in self.lines if line.state == state), 0)

    @property
    def unknown(self) -> int:
        return self.number(State.UNKNOWN)

    @property
    def missed(self) -> int:
        return self.number(State.FAILED) + self.number(State.BOUNCED)

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
        registrations=campaigns.registrations(issue.code or ""),
        newcomers=campaigns.newcomers(issue.code or ""),
    )


@dataclass(frozen=True)
class NotReached:
    """`people`: who in the register has that mailbox, but for those that may not be seen."""

    email: str
    why: str
    answer: str
    people: list[Person]


@transaction.atomic
def not_reached(issue: Issue, *, actor: Any, sees_protected: bool) -> list[NotReached]:
    """The copies that failed or came back. That somebody looked is noted with it."""
    note_access(
        actor, action=AccessLog.Action.VIEW, about="newsletters.Issue", reference=issue.slug
    )
    copies = issue.deliveries.filter(state__in=[State.FAILED, State.BOUNCED]).exclude(email="")
    shown: dict[str, list[Person]] = {}
    hidden: set[str] = set()
    known = Person.objects.in_register().filter(email_key__in=copies.values("email_key"))
    for person in known:
        if person.is_protected and not sees_protected:
            hidden.add(person.email_key)
        shown.setdefault(person.email_key, []).append(person)
    return [
        NotReached(
            copy.email, copy.get_reason_display(), copy.answer, shown.get(copy.email_key, [])
        )
        for copy in copies.order_by("email_key")
        if copy.email_key not in hidden
    ]
