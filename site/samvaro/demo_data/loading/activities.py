"""The activities, published as an editor would, so that they can be edited on."""

from datetime import date, datetime, timedelta
from itertools import chain, repeat

from django.utils import timezone

from events.models import Event, Occasion
from members.models import User
from samvaro.demo_data.activities import OPEN_MEETINGS
from samvaro.demo_data.groups import GROUPS
from samvaro.demo_data.shapes import Activity
from samvaro.demo_data.talks import TALKS
from samvaro.demo_data.timing import at

ACTIVITIES = [*OPEN_MEETINGS, *TALKS, *GROUPS]


def load_activities(author: User, today: date) -> list[tuple[Activity, Event]]:
    """All of them, the earliest first."""
    loaded = [(activity, _load(activity, author, today)) for activity in ACTIVITIES]
    return sorted(loaded, key=lambda pair: pair[1].starts_at or pair[1].latest_revision.created_at)


def _load(activity: Activity, author: User, today: date) -> Event:
    event = _event(activity, today)
    event.full_clean()
    event.save()
    revision = event.save_revision(user=author)
    if activity.is_draft:
        return event
    revision.publish(user=author)
    event = Event.objects.get(pk=event.pk)
    if activity.next_summary:
        changed = event.get_latest_revision_as_object()
        changed.summary = activity.next_summary
        changed.save_revision(user=author)
    return event


def _event(activity: Activity, today: date) -> Event:
    event = Event(
        slug=activity.slug,
        title=activity.title,
        neutral_title=activity.neutral_title,
        kind=activity.kind,
        summary=activity.summary,
        body=activity.body,
        how_it_goes="\n".join(line.strip() for line in activity.how_it_goes.strip().splitlines()),
        opens_at=_day(activity.opens_in, "09.00", today),
        closes_at=_day(activity.closes_in, "18.00", today),
        cancelled_at=timezone.now() - timedelta(days=2) if activity.is_cancelled else None,
        promised_on=_promised(activity, today),
        live=False,
        **activity.facts,
    )
    notes = chain(activity.notes, repeat(""))
    spans = activity.when.spans(today) if activity.when else []
    for span, note in zip(spans, notes, strict=False):
        event.occasions.add(Occasion(starts_at=span.starts_at, ends_at=span.ends_at, note=note))
    if activity.question_dies_after and spans:
        after = timedelta(days=activity.question_dies_after)
        event.question_dies_on = timezone.localdate(spans[-1].ends_at) + after
    return event


def _promised(activity: Activity, today: date) -> date | None:
    days = activity.promised_in
    return None if days is None else today + timedelta(days=days)


def _day(days: int | None, clock: str, today: date) -> datetime | None:
    return None if days is None else at(today + timedelta(days=days), clock)
