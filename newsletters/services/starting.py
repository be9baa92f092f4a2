"""A yes, and what can still be done after it: stop, pause, go on, send the unknown ones again."""

from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsletters.emails import issue as words
from newsletters.models import Delivery, Issue
from newsletters.services import audience, paper, second
from newsletters.services.home import home
from newsletters.services.hours import decent_from
from newsletters.services.suppression import hash_of, pepper

# To regret a yes (ux.md 2i).
TO_REGRET = timedelta(minutes=10)
# Rows that are written at once.
CHUNK = 1000
State, Reason = Delivery.State, Delivery.Reason


class AlreadyApproved(Exception):
    """Somebody has said yes to it; once is enough."""


class NobodyToSendTo(Exception):
    """The choice is empty today."""


class NumberHasChanged(Exception):
    """Not as many as were shown. The message is how many there are now."""


class NeedsSecond(Exception):
    """Somebody else has to look at it first."""


class NotNow(Exception):
    """It is not in a state in which that can be done."""


@transaction.atomic
def approve(
    issue: Issue, *, actor: Any, send_at: datetime | None = None, shown: int, mark: str = ""
) -> Issue:
    """Yes, send it to `shown` persons. Freezes its words and its readers; the yes can be regretted
    for ten minutes, and until the hour that was chosen. `mark`: of the words that were shown."""
    issue = _locked(issue)
    if not issue.is_draft:
        raise AlreadyApproved
    if mark and issue.whole_mark != mark:
        raise second.WordsHaveChanged
    if second.is_needed() and not second.of(issue):
        raise NeedsSecond
    _say_yes(issue, actor=actor, send_at=send_at)
    if issue.prepared != shown:
        raise NumberHasChanged(issue.prepared)
    return issue


@transaction.atomic
def start_by_itself(issue: Issue) -> Issue:
    """A letter of what is public already (newsletters.services.rhythm): nobody is asked."""
    return _say_yes(issue, actor=None, send_at=None)


def first_moment(now: datetime) -> datetime:
    """When a letter leaves that gets its yes now: there is time to regret it, and it is day."""
    return decent_from(now + TO_REGRET)


def _say_yes(issue: Issue, *, actor: Any, send_at: datetime | None) -> Issue:
    now = timezone.now()
    earliest = first_moment(now)
    issue.approved_at, issue.approved_by = now, actor
    issue.send_at = max(send_at, earliest) if send_at else earliest
    issue.made = asdict(words.make(issue))
    issue.home = home()
    issue.prepared = _freeze(issue, due_at=issue.send_at)
    if issue.prepared + paper.prepare(issue) == 0:
        raise NobodyToSendTo
    issue.save()
    return issue


def _freeze(issue: Issue, *, due_at: datetime) -> int:
    """A row for each mailbox. What they choose from now on is obeyed when the row is claimed."""
    secret, number = pepper(), 0
    chosen = audience.Choice.of(issue)
    found = audience.recipients(chosen, is_notice=not issue.is_newsletter)
    while chunk := list(islice(found, CHUNK)):
        Delivery.objects.bulk_create(
            Delivery(
                issue=issue,
                mailbox=hash_of(one.email_key, secret),
                email=one.email,
                email_key=one.email_key,
                first_name=one.first_name,
                text_only=one.text_only,
                due_at=due_at,
            )
            for one in chunk
        )
        number += len(chunk)
    return number


@transaction.atomic
def stop(issue: Issue) -> Issue:
    """Before the first letter has left it is a draft again. After that the rest is not sent."""
    issue = _locked(issue)
    if issue.state not in (Issue.State.SCHEDULED, Issue.State.SENDING, Issue.State.PAUSED):
        raise NotNow
    mine = Delivery.objects.filter(issue=issue)
    # Locked, so that nobody claims one between the look and the deed.
    untouched = list(
        mine.select_for_update().filter(state=State.QUEUED, attempts=0).values_list("pk", flat=True)
    )
    if len(untouched) == issue.prepared:
        return _back_to_draft(issue)
    mine.filter(state=State.QUEUED).update(state=State.SKIPPED, reason=Reason.STOPPED)
    issue.stopped_at = timezone.now()
    issue.save(update_fields=["stopped_at", "changed_at"])
    return issue


def _back_to_draft(issue: Issue) -> Issue:
    Delivery.objects.filter(issue=issue).delete()
    issue.papers.all().delete()
    issue.approved_at = issue.approved_by = issue.send_at = issue.prepared = issue.made = None
    issue.paused_at, issue.pause, issue.home = None, "", ""
    issue.save()
    return issue


@transaction.atomic
def pause(issue: Issue, why: str = Issue.Pause.PERSON) -> Issue:
    """Nothing more is claimed. What is under way arrives."""
    issue = _locked(issue)
    if issue.state in (Issue.State.SCHEDULED, Issue.State.SENDING):
        issue.paused_at, issue.pause = timezone.now(), why
        issue.save(update_fields=["paused_at", "pause", "changed_at"])
    return issue


@transaction.atomic
def resume(issue: Issue) -> Issue:
    """A person has looked and says: go on. Also where a backup was read in."""
    issue = _locked(issue)
    if issue.state != Issue.State.PAUSED:
        raise NotNow
    issue.paused_at, issue.pause, issue.home = None, "", home()
    issue.resumed_at = timezone.now()
    issue.save(update_fields=["paused_at", "pause", "home", "resumed_at", "changed_at"])
    return issue


@transaction.atomic
def send_unknown_again(issue: Issue) -> int:
    """A person has decided that a second copy is better than none. How many."""
    issue = _locked(issue)
    if issue.is_draft:
        raise NotNow
    now = timezone.now()
    number = Delivery.objects.filter(issue=issue, state=State.UNKNOWN).update(
        state=State.QUEUED, reason="", claim=None, claimed_at=None, due_at=now, resent_at=now,
        attempts=F("attempts"),
    )  # fmt: skip
    issue.finished_at = issue.stopped_at = None
    issue.save(update_fields=["finished_at", "stopped_at", "changed_at"])
    return number


def hold_after_restore(issue: Issue) -> Issue:
    """The rows come from a backup: nobody knows what has left since. A person decides."""
    with transaction.atomic():
        issue = _locked(issue)
        Delivery.objects.filter(issue=issue, state__in=[State.QUEUED, State.SENDING]).update(
            state=State.UNKNOWN, reason=Reason.RESTORED, claim=None, claimed_at=None
        )
        return pause(issue, Issue.Pause.RESTORED)


def _locked(issue: Issue) -> Issue:
    return Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
