"""When letters leave by themselves: by day. At night nobody's telephone is to buzz."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def is_decent(now: datetime) -> bool:
    first, last = settings.NEWSLETTER_HOURS
    return first <= timezone.localtime(now).hour < last


def decent_from(moment: datetime) -> datetime:
    """The moment itself; or at night, the first hour of the day that comes."""
    if is_decent(moment):
        return moment
    first, last = settings.NEWSLETTER_HOURS
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=1 if local.hour >= last else 0)
    return timezone.make_aware(datetime.combine(day, time(first)))
