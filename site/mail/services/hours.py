"""Nobody is written to at night about something they did not just ask for (ux.md D16)."""

from datetime import datetime, time, timedelta

from django.utils import timezone

# Offers of a place leave between these hours, Swedish time (ux.md 2d).
OFFER_HOURS = (time(9), time(18))
# Reminders leave the day before between these hours (ux.md 2a).
REMINDER_HOURS = (time(10), time(12))
# Everything else that was not asked for (ux.md D16).
DECENT_HOURS = (time(8), time(20))


def next_decent_hour(now: datetime, hours: tuple[time, time] = DECENT_HOURS) -> datetime:
    """`now` when it is within the hours, else the next time that they begin, in Swedish time."""
    local = timezone.localtime(now)
    first, last = hours
    if local.time() < first:
        return local.replace(hour=first.hour, minute=first.minute, second=0, microsecond=0)
    if local.time() >= last:
        tomorrow = local.date() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(tomorrow, first))
    return now
