"""Councils and their chairs, for tests."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from members.models import User
from tests.factories import UserFactory
from volunteers.models import Council, Mandate, Organisation, Seat
from volunteers.services import councils

_number = count(1000)


def day(number: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=number)


def council(name: str = "", **facts: Any) -> Council:
    number = next(_number)
    area = facts.pop("organisation", None) or Organisation.objects.create(name=f"Område {number}")
    return councils.save_council(Council(organisation=area, name=name or f"Råd {number}", **facts))


def seat(of: Council | None = None, **facts: Any) -> Seat:
    return Seat.objects.create(council=of or council(), **facts)


def sits(
    chair: Seat, first: int = -30, last: int = 300, *, by: User | None = None, **facts: Any
) -> Mandate:
    """Somebody sits there from one day to another, counted from today."""
    known = {"name": "Kim Lind", "email": "kim@exempel.se", "decision": "styrelsen, paragraf 7"}
    days = {"starts_on": day(first), "term_ends_on": day(last)}
    actor = by or UserFactory(role="samordnare")
    return councils.appoint(chair, {**known, **days, **facts}, actor=actor)
