"""Money that goes back for a place that somebody has left: at once by the office, or by the treasurer.

What came through Stripe can only go back to whoever paid, so the office gives it back by itself. The
rest is paid from the bank, which only the treasurer does.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from events.models import Event, Registration
from payments.models import Charge, Flag
from payments.services import ledger, looking, refunds
from privacy.models import AccessLog
from privacy.services import note_access

__all__ = ["GivenMeanwhile", "NothingToGiveBack", "Owed"]

State = Registration.State
GivenMeanwhile = refunds.GivenMeanwhile


class NothingToGiveBack(Exception):
    """They have the place, may still take it back, or have their money."""


@dataclass(frozen=True)
class Owed:
    """What is left of what was paid for a place, in öre. `seen`: what has gone back before."""

    charge: Charge
    amount: int
    seen: int
    through_stripe: bool
    # The treasurer has it on the list.
    is_told: bool


def left_of(registration: Registration) -> int:
    """In öre, by the charge alone: what was paid and has not gone back."""
    charge = registration.charge
    return charge.received - charge.returned if charge else 0


def may_go_back(registration: Registration, event: Event, now: datetime) -> bool:
    """Their place is gone for good, and money of theirs is left."""
    has_left = registration.state == State.CANCELLED and not registration.can_undo(now)
    return (has_left or event.cancelled_at is not None) and left_of(registration) > 0


def owed(registration: Registration) -> Owed:
    """Raises NothingToGiveBack."""
    charge = registration.charge
    if charge is None or not may_go_back(registration, registration.event, timezone.now()):
        raise NothingToGiveBack
    parts = [payment for payment, left in refunds.left_of(charge) if left]
    return Owed(
        charge=charge,
        amount=refunds.can_give_back(charge),
        seen=charge.returned,
        through_stripe=bool(parts) and all(one.method in refunds.STRIPE for one in parts),
        is_told=Flag.objects.filter(about=name_of(registration, charge)).exists(),
    )


def give_back(registration: Registration, *, seen: int, actor: Any) -> Owed:
    """All that is left: through Stripe at once, or put before the treasurer. A button that is pressed
    twice acts once. Not to be called inside a transaction.

    Raises NothingToGiveBack, GivenMeanwhile, refunds.StripeAway or refunds.StripeRefused.
    """
    found = owed(registration)
    if not found.through_stripe:
        ask_treasurer(registration, found.charge)
        _note(registration, actor, "bad kassören betala tillbaka")
        return found
    refunds.give_back(found.charge, found.amount, by=actor, seen=seen)
    for flag in Flag.objects.filter(about=name_of(registration, found.charge)):
        looking.settle(flag, note="Kansliet betalade tillbaka", by=actor)
    _note(registration, actor, "betalade tillbaka")
    return found


def ask_treasurer(registration: Registration, charge: Charge) -> None:
    """Before the treasurer, who gives it back in the room of money."""
    ledger.flag(
        Flag.Kind.GIVE_BACK,
        about=name_of(registration, charge),
        charge=charge,
        facts={"amount": charge.received - charge.returned},
    )


def name_of(registration: Registration, charge: Charge) -> str:
    """The same money is put before the treasurer once."""
    return f"place:{registration.pk}:{charge.number}"


def _note(registration: Registration, actor: Any, deed: str) -> None:
    note_access(
        actor,
        action=AccessLog.Action.CHANGE,
        about="events.Registration",
        reference=f"{registration.event.slug}#{registration.pk}",
        reason=deed,
    )
