"""One letter of each kind about volunteers, for the tests that read them as they leave."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import LeadFactory, RoleFactory, ShiftFactory, UserFactory

About = dict[str, Any]
WORDS = {"subject": "Vill du prata en stund?", "text": "Hej Kim!\n\nSka vi prata en stund?\n\nAnna"}


def lead(**more: Any) -> Callable[[], About]:
    def about() -> About:
        return {"lead": LeadFactory(name="Kim", **more).pk}

    return about


def written(draft: str) -> Callable[[], About]:
    def about() -> About:
        row = LeadFactory(name="Kim", stage="contacted")
        row.interests.add(RoleFactory())
        row.talk_times.create(
            starts_at=timezone.now() + timedelta(days=2), offered_at=timezone.now()
        )
        return {"lead": row.pk, "draft": draft, "move": 0}

    return about


def coordinator() -> About:
    user = UserFactory(role="samordnare", first_name="Anna")
    row = LeadFactory(owner=user, chair_told_at=timezone.now())
    return {"user": user.pk, "lead": row.pk, "leads": [row.pk], "freed": 2}


def shift() -> Callable[[], About]:
    def about() -> About:
        row = ShiftFactory(searching_since=timezone.now())
        comes = row.crew.create(
            lead=LeadFactory(name="Kim", stage="active"), taken_at=timezone.now()
        )
        return {"lead": comes.lead.pk, "shift": row.pk}

    return about


LETTERS: dict[str, tuple[Callable[[], About], About | None]] = {
    "shift_cancelled": (shift(), None),
    "shift_reminder": (shift(), None),
    "shift_stand_in": (shift(), None),
    "staff_monday": (coordinator, None),
    "staff_new_volunteer": (coordinator, None),
    "staff_steps_in": (coordinator, None),
    "staff_volunteer_paused": (coordinator, None),
    "staff_volunteer_waits": (coordinator, None),
    "volunteer_late": (lead(), None),
    "volunteer_moved": (lead(), None),
    "volunteer_pause_end": (
        lead(stage="paused", paused_until=timezone.localdate() + timedelta(days=6)),
        None,
    ),
    "volunteer_received": (lead(), None),
    "volunteer_written": (written("talk"), WORDS),
}
