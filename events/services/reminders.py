"""The day before: a short letter to everyone who has a place and wants to be reminded."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from events import emails
from events.models import Occasion, Registration

# Reminders leave from this hour the day before, Swedish time (ux.md 2a)
EARLIEST = time(10)
# and not after this hour: then it is evening, and the reader may be asleep.
LATEST = time(20)


def remind_due() -> int:
    """Write the reminders that are due. A missed hour is made up for; each is written once.

    Nobody who signed up after the reminder's hour gets one: the confirmation just came.
    """
    now = timezone.now()
    local = timezone.localtime(now)
    if not EARLIEST <= local.time() < LATEST:
        return 0
    due_since = local.replace(hour=EARLIEST.hour, minute=0, second=0, microsecond=0)
    return sum(_remind(occasion, due_since) for occasion in _tomorrow(local))


def _tomorrow(local: datetime) -> list[Occasion]:
    day = local.date() + timedelta(days=1)
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return list(
        Occasion.objects.filter(
            starts_at__gte=start,
            starts_at__lt=end,
            cancelled_at__isnull=True,
            event__live=True,
            event__cancelled_at__isnull=True,
        )
    )


def _remind(occasion: Occasion, due_since: datetime) -> int:
    registrations = Registration.objects.filter(
        event_id=occasion.event_id,
        state=Registration.State.CONFIRMED,
        reminder_off=False,
        created_at__lt=due_since,
    )
    once = f"{occasion.uid.hex}:{occasion.starts_at:%Y%m%d%H%M}"
    letters = [
        emails.post(emails.REMINDER, registration, once=once, occasion=occasion.uid.hex)
        for registration in registrations
    ]
    return len([letter for letter in letters if letter])
