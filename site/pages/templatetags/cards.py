"""Cards of activities, the same in every list."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Occasion
from mail.templatetags import dates

register = template.Library()

Status = Event.Status
# Cards that a process remembers: more than all that is coming.
KEPT_CARDS = 500


@register.simple_tag
def activity_card(event: Event, now: datetime, level: int = 2) -> SafeString:
    """Title, time, place and what a visitor can do. Needs `with_occasions` and `with_places`."""
    occasion = event.next_occasion(now)
    status = event.status(now)
    return _drawn(
        url=event.get_absolute_url(),
        title=event.title,
        day=occasion.starts_at if occasion else None,
        when=_when(event, occasion),
        place=where(event),
        kind=status.value,
        status=status_text(event, status),
        level=level,
    )


@lru_cache(maxsize=KEPT_CARDS)
def _drawn(**facts: Any) -> SafeString:
    """The same facts make the same card, so it is drawn once: most lists show the same ones."""
    return render_to_string("components/_activity_card.html", facts)


def where(event: Event) -> str:
    """Empty while it is not decided."""
    if event.where == Event.Where.ONLINE:
        return _("Digitalt")
    if event.where == Event.Where.BOTH:
        return _("%(place)s och digitalt") % {"place": event.place}
    return event.place


def status_text(event: Event, status: Event.Status) -> str:
    if status == Status.NOT_YET and event.opens_at:
        return _("Anmälan öppnar %(day)s") % {"day": dates.day(event.opens_at)}
    return str(status.label)


def _when(event: Event, occasion: Occasion | None) -> str:
    if occasion is None:
        return ""
    later = sum(1 for other in event.held if other.starts_at > occasion.starts_at)
    return _in_words(occasion.starts_at, occasion.ends_at, later)


@lru_cache(maxsize=KEPT_CARDS)
def _in_words(starts_at: datetime, ends_at: datetime, later: int) -> str:
    text = capfirst(dates.when(Occasion(starts_at=starts_at, ends_at=ends_at)))
    if later:
        text += " " + ngettext("och %d gång till", "och %d gånger till", later) % later
    return text
