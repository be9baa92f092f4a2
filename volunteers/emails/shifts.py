"""Letters about shifts: the day before, when somebody is needed, and when it is called off."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from mail.letters import Content, letter
from mail.models import Letter
from volunteers.emails.leads import content, lead_of, link, post
from volunteers.models import Lead, Shift

REMINDER = "shift_reminder"
STAND_IN = "shift_stand_in"
CANCELLED = "shift_cancelled"


def _once(shift: Shift) -> str:
    """A shift that was moved is reminded of anew."""
    return f"{shift.pk}:{shift.starts_at:%Y%m%d%H%M}"


def post_reminder(shift: Shift, lead: Lead) -> Letter | None:
    return post(REMINDER, lead, once=_once(shift), shift=shift.pk)


def post_stand_in(shift: Shift, lead: Lead, *, due_at: datetime) -> Letter | None:
    since = f"{shift.searching_since:%Y%m%d%H%M%S%f}"
    return post(STAND_IN, lead, due_at=due_at, once=f"{shift.pk}:{since}", shift=shift.pk)


def post_cancelled(shift: Shift, lead: Lead) -> Letter | None:
    return post(CANCELLED, lead, once=str(shift.pk), shift=shift.pk)


def _both(row: Letter) -> tuple[Lead, Shift] | None:
    lead = lead_of(row)
    shift = Shift.objects.select_related("role").filter(pk=row.about["shift"]).first()
    return (lead, shift) if lead and shift else None


def _comes(lead: Lead, shift: Shift) -> bool:
    return shift.crew.there().filter(lead=lead).exists()


def _content(name: str, lead: Lead, shift: Shift, **context: Any) -> Content:
    return content(name, lead, shift=shift, url=link(lead), **context)


@letter(REMINDER)
def reminder(row: Letter) -> Content | None:
    """Decided when it leaves: nobody is reminded of what they gave back."""
    found = _both(row)
    if found is None or found[1].cancelled_at or not _comes(*found):
        return None
    return _content(REMINDER, *found)


@letter(STAND_IN)
def stand_in(row: Letter) -> Content | None:
    """Not needed when somebody was faster, or the reader rests by now."""
    found = _both(row)
    if found is None:
        return None
    lead, shift = found
    over = shift.starts_at <= timezone.now() or shift.cancelled_at or not shift.searching_since
    if over or lead.stage != Lead.Stage.ACTIVE:
        return None
    return _content(STAND_IN, lead, shift)


@letter(CANCELLED)
def cancelled(row: Letter) -> Content | None:
    found = _both(row)
    return _content(CANCELLED, *found) if found else None
