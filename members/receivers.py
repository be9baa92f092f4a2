"""What members does when something happened elsewhere: to a lock, to a role, to money."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.db.models import Q
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from members.adapter import note_factor
from members.emails.fees import post_gift_thanks, post_paid_twice
from members.models import Membership, Person, User
from members.services import joining, membership
from members.services.staff import end_sessions
from payments.models import Charge, Payment
from payments.signals import (
    charge_paid,
    charge_paid_again,
    charge_unpaid,
    what_ends,
    who_is_meant,
)

# Digits; a longer number is no member's.
LONGEST_NUMBER = 10


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


@receiver(charge_paid, dispatch_uid="fee_came")
def who_has_paid_is_a_member(charge: Charge, **kwargs: Any) -> None:
    joining.fee_came(charge)


@receiver(charge_paid, dispatch_uid="gift_came")
def thank_for_a_gift(charge: Charge, **kwargs: Any) -> None:
    if charge.kind == Charge.Kind.GIFT:
        post_gift_thanks(charge)


@receiver(charge_unpaid, dispatch_uid="fee_went_back")
def what_is_given_back_is_ended(charge: Charge, **kwargs: Any) -> None:
    membership.fee_went_back(charge)


@receiver(charge_paid_again, dispatch_uid="fee_came_twice")
def tell_who_paid_twice(charge: Charge, payment: Payment, **kwargs: Any) -> None:
    """The ledger has told the treasurer."""
    post_paid_twice(charge, payment.amount, once=str(payment.pk))


@receiver(who_is_meant, dispatch_uid="member_number_is_meant")
def find_by_member_number(words: str, **kwargs: Any) -> list[int]:
    """What the member with this number has been asked for. Who is protected is found too: the
    treasurer sees a number and no name."""
    if not (words.isascii() and words.isdigit() and len(words) < LONGEST_NUMBER):
        return []
    person = Person.objects.in_register().filter(member_number=int(words)).first()
    if person is None:
        return []
    theirs = Charge.objects.filter(Q(membership__person=person) | Q(application__person=person))
    return list(theirs.distinct().values_list("pk", flat=True))


@receiver(what_ends, dispatch_uid="membership_would_end")
def tell_what_the_treasurer_ends(charge: Charge, **kwargs: Any) -> str:
    """When all of it is given back."""
    runs = Membership.objects.filter(charge=charge, ended_on__isnull=True).exists()
    return _("Medlemskapet slutar i dag.") if runs else ""
