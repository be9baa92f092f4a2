"""A second person looks at a letter before it leaves, where the board has decided so.

Who has written in it cannot be the second: one row per person and letter, in the database. What was
looked at is known by its mark, which the database makes: any change ends the second look.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from newsletters.emails.second import post_second
from newsletters.models import Hand, Issue, NewsletterSettings

SECOND, WROTE = Hand.Part.SECOND, Hand.Part.WROTE


class OwnWords(Exception):
    """They have written in it themselves."""


class WordsHaveChanged(Exception):
    """It is not what was shown."""


def is_needed() -> bool:
    return NewsletterSettings.load().two_persons


def of(issue: Issue) -> Hand | None:
    """Who has looked at it as it is now, the first of them."""
    rows = Hand.objects.filter(issue=issue, part=SECOND, mark=F("issue__whole_mark"))
    return rows.select_related("user").order_by("at").first()


def wrote(issue: Issue, user: Any) -> bool:
    return Hand.objects.filter(issue=issue, user=user, part=WROTE).exists()


def note_writer(issue: Issue, user: Any) -> None:
    """A second who writes in it is one of its writers from then."""
    Hand.objects.update_or_create(
        issue=issue, user=user, defaults={"part": WROTE, "mark": "", "at": timezone.now()}
    )


@transaction.atomic
def give(issue: Issue, *, actor: Any, mark: str) -> Hand:
    """Looked at, and good. `mark`: of what was shown."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if not issue.is_draft or issue.whole_mark != mark:
        raise WordsHaveChanged
    if wrote(issue, actor):
        raise OwnWords
    facts = {"part": SECOND, "mark": mark, "at": timezone.now()}
    return Hand.objects.update_or_create(issue=issue, user=actor, defaults=facts)[0]


@transaction.atomic
def ask(issue: Issue) -> list[Any]:
    """Tell all who could be the second. Who they are; asked again they are told again."""
    asked = list(who_could(issue))
    now = timezone.now()
    Issue.objects.filter(pk=issue.pk, approved_at=None).update(second_asked_at=now)
    post_second(issue, asked, at=now)
    return asked


def who_could(issue: Issue) -> Iterable[Any]:
    """Those who may say yes to a sending, and have not written in this one."""
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    may = users.filter(
        groups__permissions__codename="send_issue",
        groups__permissions__content_type__app_label="newsletters",
    )
    writers = Hand.objects.filter(issue=issue, part=WROTE).values("user")
    return may.exclude(pk__in=writers).distinct().order_by("pk")


def waiting(user: Any) -> "QuerySet[Issue]":
    """Letters that wait for this person's second look."""
    if not is_needed():
        return Issue.objects.none()
    done = Hand.objects.filter(issue=OuterRef("pk"), part=SECOND, mark=OuterRef("whole_mark"))
    mine = Hand.objects.filter(issue=OuterRef("pk"), part=WROTE, user=user)
    return Issue.objects.filter(~Exists(done), ~Exists(mine), approved_at=None).exclude(
        second_asked_at=None
    )
