"""What leaders are written to about: an hour before, the morning after, and when sign-up closes.

"Due" is a stretch of time and not yet written: a missed minute is made up for, and each letter is
written once, also over the nights when the clock is changed.
"""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from events.emails import evening as letters
from events.models import AttendanceSheet, Event, Leader, Occasion

BEFORE = timedelta(hours=1)
# The morning after, Swedish time (ux.md 2h), and not when the day is over.
MORNING, EVENING = time(10), time(20)
# A recap is of use so long after sign-up closed.
RECAP_WITHIN = timedelta(days=2)


def write_due() -> int:
    now = timezone.now()
    return _before(now) + _morning_after(now) + _recaps(now)


def _before(now: datetime) -> int:
    soon = _held().filter(starts_at__lte=now + BEFORE, ends_at__gt=now)
    return sum(_post(letters.TONIGHT, occasion) for occasion in soon)


def _morning_after(now: datetime) -> int:
    local = timezone.localtime(now)
    if not MORNING <= local.time() < EVENING:
        return 0
    yesterday = local.date() - timedelta(days=1)
    start = timezone.make_aware(datetime.combine(yesterday, time.min))
    end = timezone.make_aware(datetime.combine(local.date(), time.min))
    # By the day it ended: what went on past midnight is over the morning after.
    occasions = _held().filter(ends_at__gte=start, ends_at__lt=end)
    saved = AttendanceSheet.objects.filter(occasion_uid__in=occasions.values("uid"))
    known = set(saved.values_list("occasion_uid", flat=True))
    return sum(_post(letters.UNSAVED, one) for one in occasions if one.uid not in known)


def _held() -> QuerySet[Occasion]:
    """What takes place, has a leader, and has a list to tick."""
    return Occasion.objects.filter(
        cancelled_at=None,
        event__live=True,
        event__cancelled_at=None,
        event__sign_up=Event.SignUp.FORM,
        event__leaders__isnull=False,
    ).distinct()


def _post(kind: str, occasion: Occasion) -> int:
    once = f"{occasion.uid.hex}:{occasion.starts_at:%Y%m%d%H%M}"
    leaders = Leader.objects.filter(event_id=occasion.event_id).select_related("user")
    written = [
        letters.post_to_leader(kind, leader, once=once, occasion=occasion.uid) for leader in leaders
    ]
    return len([letter for letter in written if letter])


def _recaps(now: datetime) -> int:
    """Where sign-up has a day of its own to close. Otherwise the list comes an hour before."""
    leaders = Leader.objects.filter(
        event__live=True,
        event__cancelled_at=None,
        event__closes_at__lte=now,
        event__closes_at__gt=now - RECAP_WITHIN,
    ).select_related("user", "event")
    written = [
        letters.post_to_leader(letters.RECAP, one, once=f"{one.event.closes_at:%Y%m%d%H%M}")
        for one in leaders
    ]
    return len([letter for letter in written if letter])
