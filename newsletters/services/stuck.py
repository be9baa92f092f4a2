"""A sending that does not move: whoever said yes is told, for it will not say so itself."""

from datetime import datetime, timedelta

from django.utils import timezone

from newsletters.emails.alarm import post_stuck
from newsletters.models import Delivery, Issue
from newsletters.services.hours import is_decent

# Nothing has left for so long, at hours when letters leave.
STUCK_AFTER = timedelta(hours=1)


def stuck(now: datetime) -> list[Issue]:
    """Those that should be leaving. A copy that was told "later" waits for its own hour."""
    since = now - STUCK_AFTER
    if not (is_decent(now) and is_decent(since)):
        return []
    if Delivery.objects.filter(sent_at__gt=since).exists():
        return []
    waits = Delivery.objects.filter(state=Delivery.State.QUEUED, due_at__lte=since)
    under_way = Issue.objects.under_way(now).filter(pk__in=waits.values("issue"))
    return list(under_way.exclude(resumed_at__gt=since).defer("body", "made"))


def tell() -> int:
    """A letter a day for each. How many are stuck."""
    now = timezone.now()
    found = stuck(now)
    for issue in found:
        post_stuck(issue, day=timezone.localdate(now))
    return len(found)
