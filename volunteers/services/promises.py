"""What the clock does so that nobody is forgotten: apologise, tell the chair, write on Mondays."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from mail import workdays
from mail.services import next_decent_hour
from volunteers.emails import leads as emails
from volunteers.models import Lead, LeadMove, VolunteerSettings
from volunteers.services import moves, who

# The Monday letter leaves from this hour, Swedish time (ux.md 2g).
MONDAY_AT = time(8)
# After an apology we answer within so many working days at the latest.
NEW_PROMISE = 2


def look_after(now: datetime | None = None) -> int:
    """Everything that is due. Run twice it does nothing new."""
    now = now or timezone.now()
    return tell_chair(now) + apologise(now)


def apologise(now: datetime) -> int:
    """The day that somebody was promised has passed without an answer: they hear it from us."""
    today = timezone.localdate(now)
    if not workdays.is_working_day(today):
        return 0
    late = Lead.objects.late(today).filter(apologised_at=None)
    return sum(_apologise(pk, now) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _apologise(pk: int, now: datetime) -> int:
    today = timezone.localdate(now)
    lead = Lead.objects.late(today).filter(apologised_at=None, pk=pk)
    row = lead.select_for_update(of=("self",)).first()
    if row is None:
        return 0
    until = row.alarm_on if row.alarm_on > today else workdays.after(today, NEW_PROMISE)
    moves.record(
        row,
        LeadMove.What.APOLOGY,
        by=LeadMove.By.CLOCK,
        on=until,
        promised_on=until,
        alarm_on=max(row.alarm_on, until),
        apologised_at=now,
        chair_told_at=row.chair_told_at,
    )
    emails.post(emails.LATE, row, due_at=next_decent_hour(now), once="late")
    return 1


def tell_chair(now: datetime) -> int:
    """Those who have waited twice as long as we said. One letter, however many they are."""
    today = timezone.localdate(now)
    with transaction.atomic():
        due = Lead.objects.open().filter(chair_told_at=None, next_on__lt=today)
        found = [lead for lead in due.select_for_update(of=("self",)) if _twice_late(lead, today)]
        if not found:
            return 0
        Lead.objects.filter(pk__in=[lead.pk for lead in found]).update(chair_told_at=now)
        leads = [lead.pk for lead in found]
        for user in _who_is_told():
            emails.post_to(user, emails.CHAIR, due_at=next_decent_hour(now), leads=leads)
    return len(found)


def _twice_late(lead: Lead, today: date) -> bool:
    if lead.stage == Lead.Stage.NEW:
        return lead.alarm_on < today
    if lead.next_on is None:
        return False
    since = timezone.localdate(lead.stage_since)
    return today - lead.next_on > max(lead.next_on - since, timedelta(days=1))


def _who_is_told() -> list[who.User]:
    """The chair; while there is none, the first of the others who is here."""
    chair = VolunteerSettings.load().chair
    if chair and chair.is_active:
        return [chair]
    people = who.colleagues()
    board = [user for user in people if any(g.name == "styrelse" for g in user.groups.all())]
    return (board or people)[:1]


def write_on_monday(now: datetime | None = None) -> int:
    """Once a week, on its first working day from eight: how many wait. No names."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    today, week = local.date(), local.isocalendar()
    if local.time() < MONDAY_AT or not workdays.is_working_day(today):
        return 0
    away = who.away_on(today)
    number = 0
    for user in who.colleagues():
        if user.pk in away or not _has_waiting(user, today):
            continue
        once = f"{week.year}-{week.week}"
        letter = emails.post_to(user, emails.MONDAY, once=once, due_at=next_decent_hour(now))
        number += letter is not None
    return number


def _has_waiting(user: who.User, today: date) -> bool:
    mine = Lead.objects.open().filter(owner=user)
    return bool(emails.waiting_for_us(mine, today).exists())
