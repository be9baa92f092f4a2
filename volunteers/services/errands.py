"""Everything that one of us has promised a clinic, a school or a workplace, by a day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from members.models import User
from volunteers.models import BrochureOrder, LectureBooking, Touch
from volunteers.models.errand import Errand

KINDS: tuple[type[Errand], ...] = (Touch, LectureBooking, BrochureOrder)


class SomebodyElseDidIt(Exception):
    """It has changed since the page was shown."""


def due() -> list[Any]:
    """All that is open, the oldest day first."""
    found: list[Any] = list(Touch.objects.filter(closed_on=None).select_related("clinic", "owner"))
    for model in (LectureBooking, BrochureOrder):
        found += list(model._default_manager.filter(closed_on=None).select_related("owner"))
    return sorted(found, key=lambda row: row.due_on)


def late(today: date) -> int:
    """How many should have been done before this day."""
    return _count(Q(due_on__lt=today))


def owned_by_nobody(able: list[int]) -> int:
    """How many open ones have an owner who is not among these."""
    return _count(~Q(owner__in=able))


def _count(which: Q) -> int:
    """How many of all that is open: asked in one question."""
    first, *others = (
        model._default_manager.order_by().filter(which, closed_on=None).values("pk")
        for model in KINDS
    )
    return int(first.union(*others, all=True).count())


@transaction.atomic
def hand_over(giver: User, *, to: User) -> int:
    """Everything open of one gets the other as its owner."""
    return sum(
        model._default_manager.filter(closed_on=None, owner=giver).update(owner=to)
        for model in KINDS
    )
