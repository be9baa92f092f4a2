"""Cards of activities, the same in every list."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from mail.templatetags import dates

register = template.Library()

Status = Event.Status


@register.inclusion_tag("components/_activity_card.html")
def activity_card(event: Event, now: datetime, level: int = 2) -> dict[str, Any]:
    """Title, time, place and what a visitor can do. Needs `with_occasions` and `with_places`."""
    occasion = event.next_occasion(now)
    status = event.status(now)
    return {
        "url": event.get_absolute_url(),
        "title": event.title,
        "day": occasion.starts_at if occasion else None,
        "when": _when(event, now),
        "place": where(event),
        "kind": status.value,
        "status": status_text(event, status),
        "level": level,
    }


def where(event: Event) -> str:
    if event.where == Event.Where.ONLINE:
        return _("Digitalt")
    if event.where == Event.Where.BOTH:
        return _("%(place)s och digitalt") % {"place": event.place}
    return event.place


def status_text(event: Event, status: Event.Status) -> str:
    if status == Status.NOT_YET and event.opens_at:
        return _("Anmälan öppnar %(day)s") % {"day": dates.day(event.opens_at)}
    return str(status.label)


def _when(event: Event, now: datetime) -> str:
    occasion = event.next_occasion(now)
    if occasion is None:
        return ""
    text = capfirst(dates.when(occasion))
    later = sum(1 for other in event.held if other.starts_at > occasion.starts_at)
    if later:
        text += " " + ngettext("och %d gång till", "och %d gånger till", later) % later
    return text
