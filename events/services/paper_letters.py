"""A letter to everyone with a place in a circle who has something to read or to fill in."""

from django.db.models import Q
from django.utils import timezone

from events import emails
from events.models import Registration
from events.models.circle import NAMED


def ask_due() -> int:
    """Write the letters that are due. Each person gets one for each activity."""
    now = timezone.now()
    unread = Q(event__circle__agreement__isnull=False, agreement=None)
    unknown = Q(event__circle__form__in=NAMED, identity=None)
    rows = (
        Registration.objects.filter(unread | unknown)
        .filter(
            state=Registration.State.CONFIRMED,
            event__circle__handed_over_at=None,
            event__live=True,
            event__cancelled_at=None,
            event__occasions__ends_at__gt=now,
        )
        .exclude(email="")
        .select_related("event")
        .distinct()
    )
    letters = [emails.post(emails.PAPERS, row, once="asked") for row in rows]
    return len([one for one in letters if one])
