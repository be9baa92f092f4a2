"""What has to be done again and again: who does it today, and what only one of us can do."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from mail.services import next_decent_hour
from members.models import User
from volunteers.emails import leads as emails
from volunteers.models import Absence, Duty
from volunteers.services import handing_over, who


@dataclass(frozen=True)
class Standing:
    """A duty on one day. `acting`: who does it; `able`: the owner and the deputy who could."""

    duty: Duty
    acting: User | None
    able: list[User] = field(default_factory=list)

    @property
    def is_alone(self) -> bool:
        return len(self.able) == 1


def standings(day: date | None = None) -> list[Standing]:
    day = day or timezone.localdate()
    away = who.away_on(day)
    rows = Duty.objects.select_related("owner", "deputy")
    rows = rows.prefetch_related("owner__groups", "deputy__groups")
    return [_standing(duty, set(away)) for duty in rows]


def _standing(duty: Duty, away: set[int]) -> Standing:
    people = [user for user in (duty.owner, duty.deputy) if user and _works_here(user)]
    here = [user for user in people if user.pk not in away]
    return Standing(duty, here[0] if here else None, people)


def _works_here(user: User) -> bool:
    """As User.works_here, from the groups that have been read already."""
    return user.is_active and (user.is_superuser or bool(user.groups.all()))


def without_anybody(day: date | None = None) -> list[Duty]:
    """Nobody does these on this day."""
    return [one.duty for one in standings(day) if one.acting is None]


def with_one_alone(day: date | None = None) -> list[Duty]:
    """Only one able person can do these: when she is ill, they fall."""
    return [one.duty for one in standings(day) if one.is_alone]


@transaction.atomic
def rest(user: User) -> Absence:
    """Jag behöver vila: from today, until they say so. Everything goes to others at once."""
    today = timezone.localdate()
    before = {one.duty.pk: one.acting for one in standings(today)}
    running = Absence.objects.on(today).filter(user=user, until_on=None).first()
    absence = running or handing_over.be_away(user, from_on=today, until_on=None)
    due_at = next_decent_hour(timezone.now())
    steps_in: dict[int, User] = {
        one.acting.pk: one.acting
        for one in standings(today)
        if one.acting and one.acting != before[one.duty.pk]
    }
    for other in steps_in.values():
        emails.post_to(other, emails.STEPS_IN, due_at=due_at, once=f"rest {absence.pk}")
    return absence


def resting(user: User) -> Absence | None:
    return Absence.objects.on(timezone.localdate()).filter(user=user).first()
