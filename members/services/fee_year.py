"""Which year a fee is for, and when the membership that it buys begins and ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from members.models import Membership, MembershipSettings, Person
from payments.models import Charge


@dataclass(frozen=True)
class Term:
    year: int
    starts_on: date
    ends_on: date


def term_for_newcomer(today: date | None = None) -> Term:
    """Who joins late in the year is a member at once and all of the next year too."""
    today = today or timezone.localdate()
    late = today.month >= MembershipSettings.load().late_month
    year = today.year + 1 if late else today.year
    return Term(year, today, last_day(year))


def term_for_renewal(person: Person, today: date | None = None) -> Term:
    """The year after the last one that they have paid for: paying early costs no days.

    Who was away for a while, or has left, begins as a newcomer does.
    """
    today = today or timezone.localdate()
    paid_to = covered_to(person)
    if paid_to is None or paid_to < today:
        return term_for_newcomer(today)
    return Term(paid_to.year + 1, paid_to + timedelta(days=1), last_day(paid_to.year + 1))


def term_when_paid(person: Person, charge: Charge, today: date | None = None) -> Term | None:
    """What this fee buys on the day that it is paid. None: they have that year already.

    A fee that comes late never buys less than somebody gets who joins that day.
    """
    today = today or timezone.localdate()
    paid_to, asked_for = covered_to(person, without=charge), charge.year
    if paid_to is None or paid_to < today:
        year = max(asked_for, term_for_newcomer(today).year)
        return Term(year, today, last_day(year))
    if last_day(asked_for) <= paid_to:
        return None
    return Term(asked_for, paid_to + timedelta(days=1), last_day(asked_for))


def covered_to(person: Person, *, without: Charge | None = None) -> date | None:
    """The last day that they have paid for (or have for free), in the past or the future."""
    paid = Membership.objects.ever_in_force(person).filter(ended_on__isnull=True)
    if without:
        paid = paid.exclude(pk__in=Membership.objects.filter(charge=without))
    return paid.order_by("-ends_on").values_list("ends_on", flat=True).first()


def last_day(year: int) -> date:
    return date(year, 12, 31)
