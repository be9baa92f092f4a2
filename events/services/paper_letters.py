"""Letters to everyone with a place in a circle who has something to read or to fill in."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from events import emails
from events.models import Registration
from events.models.circle import NAMED
from mail.models import Letter
from mail.services import next_decent_hour

# Who has done nothing so long after the first letter is asked once more.
AGAIN_AFTER = timedelta(days=7)


def ask_due() -> int:
    """Write the letters that are due. Each person gets one for each activity, and one reminder."""
    first = [emails.post(emails.PAPERS, row, once="asked") for row in _with_something_left()]
    return len([one for one in first if one]) + _remind()


def _remind() -> int:
    now = timezone.now()
    asked = Letter.objects.filter(
        kind=emails.PAPERS, state=Letter.State.SENT, sent_at__lte=now - AGAIN_AFTER
    )
    rows = _with_something_left().filter(
        pk__in=list(asked.values_list("about__registration", flat=True))
    )
    again = [
        emails.post(emails.PAPERS_AGAIN, row, once="again", due_at=next_decent_hour(now))
        for row in rows
    ]
    return len([one for one in again if one])


def _with_something_left() -> QuerySet[Registration]:
    unread = Q(event__circle__agreement__isnull=False, agreement=None)
    unknown = Q(event__circle__form__in=NAMED, identity=None)
    return (
        Registration.objects.filter(unread | unknown)
        .filter(
            state=Registration.State.CONFIRMED,
            event__circle__handed_over_at=None,
            event__live=True,
            event__cancelled_at=None,
            event__occasions__ends_at__gt=timezone.now(),
        )
        .exclude(email="")
        .select_related("event")
        .distinct()
    )
