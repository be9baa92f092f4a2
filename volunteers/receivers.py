"""What volunteers does when something happened elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from members.models import User
from members.services import timeline
from volunteers.services import handing_over, lines, who

# Columns of an account that decide whether somebody can follow up.
DECISIVE = {"is_active", "is_superuser"}


@receiver(post_save, sender=User, dispatch_uid="volunteers_account_closed")
def hand_over_from_closed(
    instance: User, created: bool, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    if created or (update_fields and not DECISIVE & set(update_fields)):
        return
    if not who.can_follow_up(instance):
        handing_over.let_go(instance)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="volunteers_role_taken_away")
def hand_over_without_role(instance: Any, action: str, **kwargs: Any) -> None:
    if action not in ("post_remove", "post_clear") or not isinstance(instance, User):
        return
    if not who.can_follow_up(instance):
        handing_over.let_go(instance)


# For the page of a person in the register.
timeline.source(lines.of)
