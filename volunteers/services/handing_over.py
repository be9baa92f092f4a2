"""Away, tired, or gone: what somebody carries goes to another, all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mail import workdays
from mail.services import next_decent_hour
from members.models import User
from volunteers.emails import leads as emails
from volunteers.models import Absence, Council, Lead, LeadMove
from volunteers.services import councils, errands, moves, who


@transaction.atomic
def hand_over(
    giver: User, *, to: User, by: str = LeadMove.By.STAFF, actor: User | None = None
) -> int:
    """All that one of us has in hand gets the other as its owner. Returns how many leads it was."""
    councils.hand_over(giver, to=to)
    return _lend(giver, to=to, by=by, actor=actor)


def _lend(giver: User, *, to: User, by: str, actor: User | None = None) -> int:
    """What cannot wait until somebody is back: every open lead and errand."""
    errands.hand_over(giver, to=to)
    rows = Lead.objects.open().filter(owner=giver).select_for_update(of=("self",))
    return _give(rows, to, by=by, actor=actor)


@dataclass(frozen=True)
class Left:
    """What nobody who could has in hand: it waits on the board's first page."""

    leads: int
    errands: int
    councils: list[Council]

    @property
    def number(self) -> int:
        return self.leads + self.errands + len(self.councils)


def left_with_nobody(day: date | None = None) -> Left:
    able = [user.pk for user in who.colleagues()]
    return Left(
        leads=Lead.objects.open().exclude(owner__in=able).count(),
        errands=errands.owned_by_nobody(able),
        councils=councils.without_coordinator(able, day or timezone.localdate()),
    )


@transaction.atomic
def take(lead: Lead, *, to: User, actor: User, version: int | None = None) -> LeadMove:
    """One lead gets another owner. Raises SomebodyWasFaster."""
    row = moves.locked(lead, version=version)
    return moves.record(row, LeadMove.What.HANDED_OVER, by=LeadMove.By.STAFF, actor=actor, owner=to)


def _give(rows: Iterable[Lead], to: User, *, by: str, actor: User | None) -> int:
    number = 0
    for lead in rows:
        moves.record(lead, LeadMove.What.HANDED_OVER, by=by, actor=actor, owner=to)
        number += 1
    return number


@transaction.atomic
def be_away(
    user: User, *, from_on: date, until_on: date | None, deputy: User | None = None
) -> Absence:
    """Note when somebody is away. From its first day on the deputy has everything.

    Without a deputy the days that were promised move past it, and those concerned are told.
    """
    absence = Absence.objects.create(user=user, from_on=from_on, until_on=until_on, deputy=deputy)
    if from_on <= timezone.localdate():
        _move(absence)
    return absence


def move_due() -> int:
    """The absences that have begun since the last look."""
    due = Absence.objects.on(timezone.localdate()).filter(moved_at=None)
    with transaction.atomic():
        rows = list(due.select_for_update(of=("self",), skip_locked=True))
        for absence in rows:
            _move(absence)
    return len(rows)


def _move(absence: Absence) -> None:
    """Someone who can takes over; when nobody can, the days move past the absence."""
    today = timezone.localdate()
    to = _who_steps_in(absence, today)
    if to is None:
        _postpone(absence)
    elif absence.until_on is None:
        hand_over(absence.user, to=to, by=LeadMove.By.CLOCK)
    else:
        _lend(absence.user, to=to, by=LeadMove.By.CLOCK)
    absence.moved_at = timezone.now()
    absence.save(update_fields=["moved_at"])


def _who_steps_in(absence: Absence, today: date) -> User | None:
    here = {user.pk: user for user in who.present(today)}
    if absence.deputy_id in here:
        return here[absence.deputy_id]
    is_short = absence.until_on is not None and absence.until_on <= workdays.after(
        today, who.LONGEST_WAIT
    )
    if absence.deputy_id is None and is_short:
        return None
    return next((user for user in here.values() if user != absence.user), None)


def _postpone(absence: Absence) -> None:
    if absence.until_on is None:
        return
    back = workdays.after(absence.until_on, 1)
    rows = Lead.objects.open().filter(owner=absence.user, next_on__lt=back)
    for lead in rows.select_for_update(of=("self",)):
        _move_day(lead, back)


def _move_day(lead: Lead, back: date) -> None:
    if lead.stage != Lead.Stage.NEW:
        moves.record(lead, LeadMove.What.POSTPONED, by=LeadMove.By.CLOCK, on=back)
        return
    assert lead.owner is not None
    promised = who.promise(workdays.after(back, 0), lead.owner)
    moves.record(
        lead,
        LeadMove.What.POSTPONED,
        by=LeadMove.By.CLOCK,
        on=promised.answer_on,
        promised_on=promised.answer_on,
        alarm_on=promised.alarm_on,
    )
    due_at = next_decent_hour(timezone.now())
    emails.post(emails.MOVED, lead, due_at=due_at, once=f"moved {promised.answer_on}")


@transaction.atomic
def come_back(absence: Absence) -> None:
    """Here again, earlier than planned or after a rest without an end."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if absence.from_on > yesterday:
        absence.delete()
        return
    absence.until_on = yesterday
    absence.save(update_fields=["until_on"])


@transaction.atomic
def let_go(user: User) -> int:
    """The account is closed: nothing is left with somebody who cannot open it any more.

    Only when nobody else has an account do the leads stay, and the board's first page says so.
    """
    Absence.objects.filter(Q(user=user, until_on=None) | Q(user=user, moved_at=None)).delete()
    Absence.objects.filter(deputy=user).update(deputy=None)
    try:
        to = who.who_answers(timezone.localdate(), but=user)
    except who.NobodyToAnswer:
        return 0
    return hand_over(user, to=to, by=LeadMove.By.CLOCK)
