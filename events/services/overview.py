"""The office's list of activities: what comes, how full it is, and how it stands."""

from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Registration
from mail.templatetags.dates import short

State = Registration.State


def activities(now: datetime) -> QuerySet[Any]:
    """Every activity with what the office's list tells of it, asked once for all of them.

    What comes next first; then what has been, the latest first; then what has no time yet.
    """
    still_on = Q(occasions__ends_at__gt=now, occasions__cancelled_at__isnull=True)
    return (
        Event.objects.with_occasions()
        .with_places(now)
        .annotate(
            placed_now=_number(Q(state=State.CONFIRMED)),
            queued_now=_number(Q(state__in=[State.WAITING, State.OFFERED])),
            next_start=Min("occasions__starts_at", filter=still_on),
            last_start=Max("occasions__starts_at", filter=still_on),
            last_end=Max("occasions__ends_at"),
        )
        .order_by(F("next_start").asc(nulls_last=True), F("last_end").desc(nulls_last=True), "pk")
    )


def open_to_more(event: Event, now: datetime) -> QuerySet[Any]:
    """Where somebody on the list of this activity could be moved: what is still to come."""
    return (
        activities(now)
        .filter(live=True, cancelled_at=None, sign_up=Event.SignUp.FORM, last_start__gt=now)
        .exclude(pk=event.pk)
    )


def _number(rule: Q) -> Coalesce:
    rows = Registration.objects.filter(rule, event=OuterRef("pk")).order_by()
    counted = rows.values("event").annotate(number=Sum("party")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def standing(event: Event, now: datetime) -> str:
    """How it stands with the activity, in a word or two. Needs a row of `activities`."""
    if not event.live:
        return _("Utkast")
    if event.cancelled_at is None and event.schedule and event.next_occasion(now) is None:
        return _("Har varit")
    if event.status(now) == Event.Status.QUEUE:
        return _("Fullt, kö")
    return str(event.status(now).label)


def line(event: Any) -> str:
    """Promenad i Tanto, 10/12 kl. 17, 2 platser lediga. Needs a row of `activities`."""
    facts = [event.title, short(event.next_start), _room(event)]
    return ", ".join(fact for fact in facts if fact)


def _room(event: Any) -> str:
    if event.capacity is None:
        return _("alla får plats")
    free = event.capacity - event.held_now - event.spoken_for_now
    if free <= 0:
        return _("fullt")
    return ngettext("%(free)d plats ledig", "%(free)d platser lediga", free) % {"free": free}


def places_left_over(event: Event) -> int:
    """How many more have a place than there are places."""
    if event.capacity is None:
        return 0
    placed = Registration.objects.filter(event_id=event.pk, state=State.CONFIRMED)
    people = placed.aggregate(people=Sum("party", default=0))["people"]
    return max(0, people - event.capacity)
