"""Writing an issue: begun, given its news, its subject, its readers. Only while it is a draft.

Whoever writes in it has a row in `Hand`, so that somebody else looks at it for the others.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from newsletters.models import Hand, Issue
from newsletters.services.audience import Choice
from newsletters.services.second import note_writer
from newsletters.services.starting import AlreadyApproved

# What every letter begins with; the rest is up to who writes.
BEFORE_NEWS = [("summary", [""]), ("heading", ""), ("text", "<p></p>")]
AFTER_NEWS = [("coming", {"days": 14, "count": 6})]


@transaction.atomic
def begin(actor: Any, *, news: Iterable[Any] = (), kind: str = Issue.Kind.NEWSLETTER) -> Issue:
    """A new letter with the chosen news in it. What is on its way fills itself."""
    is_newsletter = kind == Issue.Kind.NEWSLETTER
    body = [
        *BEFORE_NEWS,
        *(("news", page) for page in news),
        *(AFTER_NEWS if is_newsletter else []),
    ]
    issue = Issue.objects.create(
        kind=kind, body=body, audience=Choice().as_json(), in_archive=is_newsletter
    )
    keep_version(issue, actor)
    return issue


@transaction.atomic
def pick_news(issue: Issue, pages: list[Any], *, actor: Any) -> Issue:
    """These news and no others. What was there stays in its place; new ones follow it."""
    issue = locked_draft(issue)
    wanted = {page.pk for page in pages}
    kept = [child for child in issue.body if child.block_type != "news" or _pk(child) in wanted]
    there = {_pk(child) for child in kept if child.block_type == "news"}
    new = [("news", page) for page in pages if page.pk not in there]
    places = [number for number, child in enumerate(kept) if child.block_type == "news"]
    place = places[-1] + 1 if places else _before_coming(kept)
    rows = [(child.block_type, child.value) for child in kept]
    issue.body = [*rows[:place], *new, *rows[place:]]
    issue.save()
    keep_version(issue, actor)
    return issue


def _pk(child: Any) -> int | None:
    return child.value.pk if child.value else None


def _before_coming(children: list[Any]) -> int:
    names = [child.block_type for child in children]
    return names.index("coming") if "coming" in names else len(names)


@transaction.atomic
def entitle(issue: Issue, *, subject: str, preheader: str, actor: Any) -> Issue:
    """What stands in the inbox."""
    issue = locked_draft(issue)
    issue.subject, issue.preheader = subject, preheader
    issue.slug = issue.free_slug()
    issue.save()
    keep_version(issue, actor)
    return issue


@transaction.atomic
def choose(issue: Issue, choice: Choice, *, wanted_at: datetime | None) -> Issue:
    """Whom it is for, and when it should go. Not a change of its words."""
    issue = locked_draft(issue)
    issue.audience, issue.wanted_at = choice.as_json(), wanted_at
    issue.save(update_fields=["audience", "wanted_at"])
    return issue


@transaction.atomic
def mean_day(issue: Issue, day: date) -> Issue:
    """That day has been, and the letter speaks of it on purpose."""
    issue = locked_draft(issue)
    issue.meant_days = sorted({*issue.meant_days, day.isoformat()})
    issue.save(update_fields=["meant_days"])
    return issue


def note_test(issue: Issue) -> None:
    """A test of the words as they are now. No change of the letter."""
    issue.refresh_from_db(fields=["words_mark"])
    Issue.objects.filter(pk=issue.pk).update(
        tested_at=timezone.now(), tested_words=issue.words_mark
    )


def keep_version(issue: Issue, actor: Any) -> None:
    """So that nothing that was typed is lost, and it is known who typed it."""
    issue.refresh_from_db()
    issue.save_revision(user=actor)
    note_writer(issue, actor)


def locked_draft(issue: Issue) -> Issue:
    """Nobody says yes to it, or writes in it, at the same time."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if not issue.is_draft:
        raise AlreadyApproved
    return issue


def writers(issue: Issue) -> list[Any]:
    rows = Hand.objects.filter(issue=issue, part=Hand.Part.WROTE).select_related("user")
    return [row.user for row in rows.order_by("at")]
