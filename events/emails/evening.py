"""Letters to those who lead: the list before it begins, the list that nobody saved, the recap."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import AttendanceSheet, Event, Leader, Occasion, Registration
from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint
from mail.services import post as post_letter

TONIGHT = "leader_tonight"
UNSAVED = "leader_unsaved"
RECAP = "leader_recap"

# The door to one evening for one leader; it shows first names only.
LEADER = "events-leader"
# So long after the evening the door is still open.
OPEN_FOR = timedelta(days=7)

State = Registration.State


def post_to_leader(
    kind: str, leader: Leader, *, once: str, occasion: uuid.UUID | None = None
) -> Letter | None:
    """Put a letter to this leader in the outbox, once for each `once`."""
    about: dict[str, Any] = {"leader": leader.pk}
    if occasion:
        about["occasion"] = occasion.hex
    return post_letter(
        kind, to=leader.user.email, about=about, dedupe_key=f"{kind}:{leader.pk}:{once}"
    )


def door_to(leader: Leader, occasion: Occasion) -> str:
    about = f"{leader.pk}:{occasion.uid.hex}"
    token = mint(LEADER, about=about, expires_at=occasion.ends_at + OPEN_FOR)
    return settings.SITE_URL + reverse("events:evening_link", args=[token])


def _leader(row: Letter) -> Leader | None:
    """The leader, while they lead it and it takes place."""
    rows = Leader.objects.select_related("user", "event").filter(
        pk=row.about["leader"], user__is_active=True, event__cancelled_at=None
    )
    return rows.first()


def _occasion(row: Letter) -> Occasion | None:
    return Occasion.objects.filter(uid=uuid.UUID(row.about["occasion"]), cancelled_at=None).first()


def _content(name: str, leader: Leader, **context: Any) -> Content:
    return Content(
        template=f"events/mail/{name}",
        context={"name": leader.user.first_name, "event": leader.event, **context},
        because=_("Du får det här mejlet för att du leder en träff hos oss."),
    )


def _placed(event: Event) -> int:
    return Registration.objects.filter(event=event, state=State.CONFIRMED).count()


@letter(TONIGHT)
def tonight(row: Letter) -> Content | None:
    """Decided when it leaves: nothing about what is cancelled or already over."""
    leader, occasion = _leader(row), _occasion(row)
    if leader is None or occasion is None or occasion.ends_at <= timezone.now():
        return None
    return _content(
        TONIGHT,
        leader,
        occasion=occasion,
        number=_placed(leader.event),
        url=door_to(leader, occasion),
    )


@letter(UNSAVED)
def unsaved(row: Letter) -> Content | None:
    leader, occasion = _leader(row), _occasion(row)
    if leader is None or occasion is None:
        return None
    if AttendanceSheet.objects.filter(occasion_uid=occasion.uid).exists():
        return None
    return _content(UNSAVED, leader, occasion=occasion, url=door_to(leader, occasion))


@letter(RECAP)
def recap(row: Letter) -> Content | None:
    """How many, and nobody's name: the list itself is behind the log-in."""
    leader = _leader(row)
    occasion = leader and leader.event.next_occasion()
    if leader is None or occasion is None:
        return None
    waiting = Registration.objects.queueing().filter(event=leader.event).count()
    return _content(
        RECAP,
        leader,
        occasion=occasion,
        number=_placed(leader.event),
        capacity=leader.event.capacity,
        waiting=waiting,
        url=settings.SITE_URL + reverse("events:evenings"),
    )
