"""Letters that make themselves, for those who do not want one a week: the month in short, and new
meetings. Each at most once in its period, whoever looks and how often.

They hold what is public already, so nobody has to say yes to them; the board can turn them off.
"""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Event
from mail.templatetags.dates import when
from newsletters.blocks import absolute
from newsletters.models import Issue, NewsletterSettings, Pace
from newsletters.services import starting
from newsletters.services.audience import Choice
from newsletters.services.home import home

log = logging.getLogger(__name__)

# From this hour, Swedish time.
HOUR = 10
# A month in short is made on the first days of the next; later it is old news.
LAST_DAY = 14
# New meetings are told from Tuesday to Friday, once a week.
TUESDAY, FRIDAY = 1, 4
# The first letter about new meetings looks back so far.
FIRST_LOOK = timedelta(days=14)
# What a tired reader takes in.
MOST = 6


def make_due(now: datetime | None = None) -> int:
    """Make what is due and was not made. How many."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    if local.hour < HOUR or local.weekday() > FRIDAY or not _is_wanted():
        return 0
    return sum(_make(letter) for letter in (_month(local), _meetings(local)) if letter)


def _is_wanted() -> bool:
    """Where a backup was read in, nothing makes itself until the board says so again: what the
    backup does not know of may have been sent."""
    chosen, here = NewsletterSettings.load(), home()
    if not chosen.automatic:
        return False
    if chosen.home and chosen.home != here:
        NewsletterSettings.objects.filter(pk=chosen.pk).update(automatic=False, home="")
        log.warning("a backup was read in: letters that make themselves are turned off")
        return False
    if not chosen.home:
        NewsletterSettings.objects.filter(pk=chosen.pk).update(home=here)
    return True


def _make(letter: Issue) -> bool:
    """Two clocks at once: the database takes one of them."""
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
            starting.start_by_itself(letter)
    except (IntegrityError, starting.NobodyToSendTo):
        return False
    return True


def _issue(period: str, pace: Pace, **words: Any) -> Issue | None:
    if Issue.objects.filter(period=period).exists():
        return None
    choice = Choice(paces=(pace.value,)).as_json()
    return Issue(period=period, audience=choice, in_archive=False, **words)


# --- the month in short ---------------------------------------------------------------------------


def _month(local: datetime) -> Issue | None:
    if local.day > LAST_DAY:
        return None
    last = local.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    body = [block for issue in _letters_of(first.date()) for block in _in_short(issue)]
    if not body and not Event.objects.upcoming(local).filter(cancelled_at=None).exists():
        return None
    return _issue(
        f"month {first:%Y-%m}",
        Pace.MONTHLY,
        subject=_("Det viktigaste från %(month)s") % {"month": date_format(first, "F").lower()},
        preheader=_("Breven i korthet, och det som händer framöver."),
        body=[*body, ("coming", {"days": 31, "count": MOST})],
    )


def _letters_of(first: date) -> list[Issue]:
    """What was sent in that month and may be read by anybody, in order."""
    rows = Issue.objects.in_archive(timezone.now()).filter(period=None, stopped_at=None)
    rows = rows.filter(send_at__year=first.year, send_at__month=first.month)
    return list(rows.order_by("send_at")[:MOST])


def _in_short(issue: Issue) -> list[tuple[str, Any]]:
    facts = {"issue": issue, "url": absolute(issue.get_absolute_url())}
    words = render_to_string("newsletters/rhythm/in_short.html", facts)
    return [("heading", issue.subject), ("text", words)]


# --- new meetings ---------------------------------------------------------------------------------


def _meetings(local: datetime) -> Issue | None:
    if not TUESDAY <= local.weekday() <= FRIDAY:
        return None
    year, week, _day = local.isocalendar()
    found = _new_meetings(local)
    if not found:
        return None
    words = render_to_string("newsletters/rhythm/meetings.html", {"rows": found})
    return _issue(
        f"meetings {year}-{week:02}",
        Pace.MEETINGS,
        subject=_("Nya träffar att komma på"),
        preheader=_("Det här är nytt sedan sist. Datum och plats står i brevet."),
        body=[
            ("text", words),
            ("button", {"text": _("Se alla aktiviteter"), "address": "/aktiviteter/"}),
        ],
    )


def _new_meetings(now: datetime) -> list[tuple[Event, str, str]]:
    """Published since the last such letter was made, and still to come."""
    last = Issue.objects.filter(period__startswith="meetings ").order_by("-created_at").first()
    since = last.created_at if last else now - FIRST_LOOK
    soon = Event.objects.upcoming(now).filter(cancelled_at=None, first_published_at__gt=since)
    return [
        (event, when(occasion), absolute(event.url))
        for event in soon.with_occasions()
        if (occasion := event.next_occasion(now))
    ][:MOST]
