"""What readers did with the links of an issue, for its page of results. Nothing else is counted."""

from django.utils import timezone

from newsletters.models import Delivery, Subscription


def note(row: Delivery | Subscription, *, ended: bool | None = None, changed: bool = False) -> None:
    """`ended`: whether they ended the letters. `changed`: they chose another pace."""
    if not isinstance(row, Delivery):
        return
    now = timezone.now()
    if ended is not None:
        row.ended_at = (row.ended_at or now) if ended else None
    if changed:
        row.changed_pace_at = row.changed_pace_at or now
    row.save(update_fields=["ended_at", "changed_pace_at"])
