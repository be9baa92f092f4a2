"""Who looked at what, and what was done about what did not add up."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from payments.models import Charge, Flag
from privacy.models import AccessLog
from privacy.services import note_access

ABOUT = "payments.Charge"
Action = AccessLog.Action


def note_list(by: Any, *, words: str) -> None:
    note_access(by, action=Action.VIEW, about=ABOUT, reference=words)


def note_charge(by: Any, charge: Charge) -> None:
    note_access(by, action=Action.VIEW, about=ABOUT, reference=charge.title)


def note_change(by: Any, charge: Charge, reason: str) -> None:
    note_access(by, action=Action.CHANGE, about=ABOUT, reference=charge.title, reason=reason)


@transaction.atomic
def settle(flag: Flag, *, note: str, by: Any) -> None:
    """Somebody has looked. The first who did is the one who is noted."""
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    if flag.settled_at is None:
        flag.settled_at, flag.settled_by, flag.note = timezone.now(), by, note
        flag.save(update_fields=["settled_at", "settled_by", "note"])
