"""Readers of the newsletter, one letter that has been sent, and one that is being written."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from members.models import User
from newsletters.models import Delivery, Issue, Pace, Subscription
from newsletters.services import audience, starting
from newsletters.services.audience import Choice
from newsletters.services.choices import PURPOSE
from privacy.services import note_consent
from samvaro.demo_data.members import somebody
from samvaro.demo_data.newsletters import DRAFT, READERS, SENT

# Readers are numbered from here, far from the members.
FIRST = 700


def load_newsletters(board: User) -> None:
    _load_readers()
    _load_sent(board)
    Issue.objects.create(**DRAFT, audience=Choice().as_json())


def _load_readers() -> None:
    since = timezone.now() - timedelta(days=200)
    number = FIRST
    for pace, many in READERS.items():
        for _ in range(many):
            consent = note_consent(PURPOSE, at=since)
            Subscription.objects.create(
                email=somebody(number).email,
                pace=Pace(pace),
                source=Subscription.Source.WEB,
                consent=consent,
                created_at=since,
            )
            number += 1


def _load_sent(board: User) -> None:
    """As if it had left last Tuesday at ten, and all but one copy had arrived."""
    issue = Issue.objects.create(**SENT, audience=Choice().as_json())
    number = audience.count(Choice()).total
    issue = starting.approve(issue, actor=board, shown=number)
    today = timezone.localdate()
    tuesday = today - timedelta(days=(today.weekday() - 1) % 7 or 7)
    at = timezone.make_aware(datetime.combine(tuesday, time(10)))
    Issue.objects.filter(pk=issue.pk).update(
        created_at=at - timedelta(days=1), approved_at=at - timedelta(hours=2), send_at=at,
        tested_at=at - timedelta(hours=3), finished_at=at + timedelta(minutes=1),
    )  # fmt: skip
    copies = Delivery.objects.filter(issue=issue)
    copies.update(state=Delivery.State.SENT, sent_at=at, due_at=at, attempts=1)
    away = copies.order_by("-pk").values_list("pk", flat=True)[:1]
    Delivery.objects.filter(pk__in=list(away)).update(
        state=Delivery.State.FAILED, reason=Delivery.Reason.REFUSED, sent_at=None,
        answer="550 5.1.1 no such mailbox",
    )  # fmt: skip
