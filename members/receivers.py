"""What the door does when something happened elsewhere."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.http import HttpRequest

from members.adapter import note_factor
from members.models import User
from members.services.staff import end_sessions


@receiver(authenticator_added, dispatch_uid="factor_was_shown")
def a_new_factor_was_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note_factor(request, user, authenticator)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="role_was_taken")
def a_lost_role_ends_the_sessions(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Whoever loses a role logs in again and gets what is left of it."""
    if action not in ("post_remove", "pre_clear"):
        return
    if not reverse:
        end_sessions(instance)
        return
    left = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
    for user in left:
        end_sessions(user)
