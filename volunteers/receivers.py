"""What volunteers does when something happened elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from members.models import Person, User
from members.services import timeline
from volunteers.models import Lead
from volunteers.services import handing_over, who

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


@timeline.source
def volunteering(person: Person) -> Iterable[timeline.Line]:
    """For the page of a person in the register."""
    if not person.email_key:
        return
    for lead in Lead.objects.of_mailbox(person.email_key):
        state = lead.get_stage_display()
        yield timeline.Line(lead.created_at, _("Volontär"), _("Ville hjälpa till"), state)
