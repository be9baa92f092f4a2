"""Who of us can follow up, who is away, and by which day somebody is promised an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db.models import Q

from mail import workdays
from members.models import User
from volunteers.models import Absence, VolunteerSettings

# Roles that may follow up, in the order in which they are asked to step in.
ROLES = ("samordnare", "styrelse")
# An answer is put off for an absence by so many working days at the most; then another answers.
LONGEST_WAIT = 10


class NobodyToAnswer(Exception):
    """No one who could follow up has an account that is open."""


@dataclass(frozen=True)
class Promise:
    """Who answers, by which day, and after which day the chair is told."""

    owner: User
    answer_on: date
    alarm_on: date


def colleagues() -> list[User]:
    """Everyone who may follow up: the coordinator, the others, the chair, the board, the rest."""
    chosen = VolunteerSettings.load()
    order = {chosen.coordinator_id: 0, chosen.chair_id: 2}
    groups = dict(Group.objects.filter(name__in=ROLES).values_list("name", "pk"))
    people = User.objects.filter(is_active=True).filter(
        Q(groups__in=groups.values()) | Q(is_superuser=True)
    )
    found = people.prefetch_related("groups").distinct()

    def place(user: User) -> tuple[int, int]:
        names = {group.name for group in user.groups.all()}
        others = 1 if "samordnare" in names else 3 if "styrelse" in names else 4
        return order.get(user.pk, others), user.pk

    return sorted(found, key=place)


def can_follow_up(user: User) -> bool:
    return user.is_active and (user.is_superuser or user.groups.filter(name__in=ROLES).exists())


def away_on(day: date) -> dict[int, Absence]:
    """By user, the absence that holds on this day; the one that ends last."""
    rows = Absence.objects.on(day).select_related("deputy").order_by("-from_on")
    return {row.user_id: row for row in sorted(rows, key=lambda row: row.until_on or date.max)}


def present(day: date) -> list[User]:
    """Those who can follow up on this day."""
    away = away_on(day)
    return [user for user in colleagues() if user.pk not in away]


def who_answers(day: date, *, but: User | None = None) -> User:
    """The one who gets what comes in on this day. Raises NobodyToAnswer."""
    people = [user for user in colleagues() if user != but]
    if not people:
        raise NobodyToAnswer
    away = away_on(day)
    able = {user.pk: user for user in people if user.pk not in away}
    first, asked = people[0], set[int]()
    user: User | None = first
    while user and user.pk in away and user.pk not in asked:
        asked.add(user.pk)
        user = away[user.pk].deputy
    if user and user.pk in able:
        return user
    if but is None and _is_back_soon(first, day):
        return first
    return next(iter(able.values()), first)


def _is_back_soon(user: User, day: date) -> bool:
    return _first_day_back(user, day) <= workdays.after(day, LONGEST_WAIT)


def _first_day_back(user: User, day: date) -> date:
    ends = Absence.objects.filter(user=user, from_on__lte=day).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day)
    )
    last = max((row.until_on or date.max for row in ends), default=day)
    return last if last == date.max else workdays.after(last, 1)


def promise(day: date, owner: User | None = None) -> Promise:
    """What somebody who writes to us on this day may count on. Raises NobodyToAnswer."""
    owner = owner or who_answers(day)
    number, at_work = VolunteerSettings.load().answer_within, days_at_work(owner)
    answer_on = workdays.after(day, number, at_work=at_work)
    return Promise(owner, answer_on, workdays.after(answer_on, number, at_work=at_work))


def days_at_work(user: User) -> Callable[[date], bool]:
    """Working days on which this person is not away. An absence without an end counts as work:
    whoever is away for good hands over, and nobody waits for ever."""
    spans = list(
        Absence.objects.filter(user=user, until_on__isnull=False).values_list("from_on", "until_on")
    )

    def at_work(day: date) -> bool:
        return workdays.is_working_day(day) and not any(
            first <= day <= last for first, last in spans if last
        )

    return at_work
