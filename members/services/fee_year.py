"""Which year a fee is for, and when the membership that it buys begins and ends."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from members.models import Membership, MembershipSettings, Person


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
    return Term(year, today, date(year, 12, 31))


def term_for_renewal(person: Person, today: date | None = None) -> Term:
    """The year after the last one that they have paid for: paying early costs no days.

    Who was away for a while begins as a newcomer does.
    """
    today = today or timezone.localdate()
    last = Membership.objects.ever_in_force(person).order_by("-ends_on").first()
    if last is None or (last.ended_on or last.ends_on) < today:
        return term_for_newcomer(today)
    year = last.ends_on.year + 1
    return Term(year, date(year, 1, 1), date(year, 12, 31))
