"""Handledarträffar: who was there."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from volunteers.models import Lead, SupervisionMeeting


def who_could_be_there(meeting: SupervisionMeeting) -> list[Lead]:
    """Those who are active or on their way in, and those who were there."""
    stages = (Lead.Stage.ONBOARDING, Lead.Stage.ACTIVE, Lead.Stage.PAUSED)
    rows = Lead.objects.exclude(name="").filter(Q(stage__in=stages) | Q(supervision=meeting))
    return list(rows.distinct().order_by("name"))


@transaction.atomic
def note(meeting: SupervisionMeeting, people: Iterable[Lead]) -> None:
    meeting.present.set(people)
    meeting.noted_at = timezone.now()
    meeting.save(update_fields=["noted_at"])
