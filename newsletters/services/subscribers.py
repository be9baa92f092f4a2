"""Subscribers as the office sees them: a page at a time, and each look leaves a line in the log."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from newsletters.models import Pace, Subscription, Suppression
from newsletters.services.as_reader import ABOUT
from newsletters.services.suppression import hash_of, pepper
from privacy.addresses import mail_key, masked
from privacy.models import AccessLog
from privacy.services import note_access

PAGE = 50
# Signs of a search, so that nobody reads the whole list one letter at a time.
SHORTEST_SEARCH = 3


@dataclass(frozen=True)
class Row:
    """`email` in full only for who looked for it."""

    email: str
    pace: str
    paused_until: date | None
    source: str
    since: Any
    barred: str


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    count: int
    # The row after which the next page begins.
    next: int | None


def by_pace() -> list[tuple[str, str, int]]:
    """How many of each pace: its value, its words, the number."""
    found = dict(Subscription.objects.values_list("pace").annotate(number=Count("pk")))
    return [(pace.value, str(pace.label), found.get(pace.value, 0)) for pace in Pace]


@transaction.atomic
def page(*, words: str, pace: str, after: int | None, actor: Any) -> Page:
    """Found by the beginning of an address or of what stands after the @."""
    rows = _found(words) if words else Subscription.objects.all()
    if pace in Pace.values:
        rows = rows.filter(pace=pace)
    count = rows.count()
    rows = rows.order_by("-pk")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    _note(actor, words, len(shown))
    is_more = len(found) > PAGE
    return Page(_told(shown, in_full=bool(words)), count, shown[-1].pk if is_more else None)


def _found(words: str) -> "QuerySet[Subscription]":
    key = mail_key(words) if "@" in words else words.casefold()
    if len(key) < SHORTEST_SEARCH:
        return Subscription.objects.none()
    rows = Subscription.objects
    return rows.filter(email_key__startswith=key) | rows.filter(email_key__contains=f"@{key}")


def _note(actor: Any, words: str, number: int) -> None:
    reason = "sökte bland prenumeranter" if words else "tittade på prenumeranter"
    note_access(
        actor, action=AccessLog.Action.VIEW, about=ABOUT, reference=f"{number} rader", reason=reason
    )


def _told(rows: list[Subscription], *, in_full: bool) -> list[Row]:
    secret, today = pepper(), timezone.localdate()
    hashes = {row.pk: hash_of(row.email_key, secret) for row in rows}
    barred = dict(
        Suppression.objects.filter(mailbox__in=hashes.values()).values_list("mailbox", "reason")
    )
    return [
        Row(
            email=row.email if in_full else masked(row.email),
            pace=str(Pace(row.pace).label),
            paused_until=row.paused_until if row.is_paused(today) else None,
            source=str(Subscription.Source(row.source).label),
            since=row.created_at,
            barred=_why(barred.get(hashes[row.pk], "")),
        )
        for row in rows
    ]


def _why(reason: str) -> str:
    return str(Suppression.Reason(reason).label) if reason else ""
