"""Places that are paid for ahead: held while somebody pays, theirs when the money is there.

Whoever writes here locks the activity first and a charge after it, as money does the other way round;
so a charge is never made void under the lock of an activity.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from events import emails
from events.models import Event, Registration
from events.services import giving_back, places
from members.models import Person
from payments.models import Charge, Flag
from payments.services import charges
from privacy.addresses import mail_key

State = Registration.State
ORE = 100


class NothingToPay(Exception):
    """The place is theirs already, or is not held for them any more."""


# --- what it costs --------------------------------------------------------------------------------


def price(event: Event, *, member: bool) -> int:
    """Of one place, in öre."""
    has_own = member and event.member_price is not None
    return (event.member_price or 0 if has_own else event.price) * ORE


def to_pay(registration: Registration, *, member: bool) -> int:
    """For all who come together, in öre. Only the member among them has the price for members."""
    event, others = registration.event, registration.party - 1
    return price(event, member=member) + others * price(event, member=False)


def pays_as_member(user: Any, registration: Registration) -> bool:
    """Only after a log-in with the mailbox of the place: what somebody types is no proof."""
    if not user.is_authenticated:
        return False
    key = mail_key(user.email)
    if registration.person_key.partition("|")[0] != key:
        return False
    return Person.objects.of_mailbox(key).members_on(timezone.localdate()).exists()


def refund_until(event: Event) -> datetime | None:
    """Who leaves before this gets the money back."""
    start = event.starts_at
    return start - timedelta(days=event.refund_days) if start else None


def is_refunded(event: Event, left_at: datetime) -> bool:
    until = refund_until(event)
    return until is not None and left_at <= until


# --- holding --------------------------------------------------------------------------------------


def seat(registration: Registration, event: Event, now: datetime) -> str:
    """The place is theirs, or is held while they pay. Returns the letter that tells it."""
    if not event.is_paid_ahead:
        registration.state = State.CONFIRMED
        return emails.CONFIRMED
    registration.state, registration.pay_until = State.PAYING, event.answer_by(now)
    return emails.TO_PAY


def seat_again(registration: Registration, event: Event, now: datetime) -> str:
    """They regret that they left: what is paid for is theirs, the rest is to be paid."""
    if registration.charge and registration.charge.is_settled:
        registration.state, registration.pay_until = State.CONFIRMED, None
        return emails.CONFIRMED
    return seat(registration, event, now)


def ask(registration: Registration, *, member: bool) -> Charge:
    """What they are to pay, as a charge with a number and no words. Asked again it is the same one;
    with another price the one before is void. Raises NothingToPay or charges.AlreadyPaid."""
    amount = to_pay(registration, member=member)
    old = Charge.objects.filter(registration=registration).first()
    if old and old.voided_at is None and old.amount != amount:
        charges.make_void(old)
    with transaction.atomic():
        event, now = places.lock(registration.event_id), timezone.now()
        registration = Registration.objects.select_related("charge").get(pk=registration.pk)
        held = registration.state == State.PAYING and registration.is_held(now)
        if not held or event.cancelled_at:
            raise NothingToPay
        charge = registration.charge
        if charge is None or charge.voided_at:
            charge = registration.charge = _new_charge(registration, event, amount)
            registration.save(update_fields=["charge"])
    return charge


@transaction.atomic
def take_free(registration: Registration) -> Registration:
    """It costs members nothing: the place is theirs. Who asks has shown that they are one."""
    event, now = places.lock(registration.event_id), timezone.now()
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state == State.PAYING and registration.is_held(now) and event.is_paid_ahead:
        registration.state, registration.pay_until = State.CONFIRMED, None
        registration.save(update_fields=["state", "pay_until"])
        emails.post(emails.CONFIRMED, registration)
    return registration


def _new_charge(registration: Registration, event: Event, amount: int) -> Charge:
    start, until = event.starts_at or timezone.now(), registration.pay_until or timezone.now()
    return charges.ask_for(
        Charge.Kind.TAKING_PART,
        amount=amount,
        year=timezone.localdate(start).year,
        due_on=timezone.localdate(until),
        name=registration.name,
        email=registration.email,
    )


# --- money ----------------------------------------------------------------------------------------


@transaction.atomic
def fee_came(charge: Charge) -> Registration | None:
    """The place is theirs. Late is fine while there is room; when the place has gone on, the money
    goes back. None when the charge is for no place."""
    found = Registration.objects.filter(charge=charge).first()
    if found is None:
        return None
    event, now = places.lock(found.event_id), timezone.now()
    registration = Registration.objects.get(pk=found.pk)
    if registration.state == State.CONFIRMED:
        return registration
    if not _may_have(registration, event, now):
        giving_back.ask_treasurer(registration, charge)
        emails.post(emails.PAID_TOO_LATE, registration)
        return registration
    registration.state, registration.pay_until = State.CONFIRMED, None
    registration.cancelled_at = None
    registration.save(update_fields=["state", "pay_until", "cancelled_at"])
    emails.post(emails.CONFIRMED, registration)
    return registration


def _may_have(registration: Registration, event: Event, now: datetime) -> bool:
    if registration.state == State.PAYING and registration.is_held(now):
        return event.cancelled_at is None
    is_on = (
        event.live and not event.cancelled_at and bool(event.starts_at and event.starts_at > now)
    )
    others = Registration.objects.active().filter(event=event, person_key=registration.person_key)
    if not is_on or others.exclude(pk=registration.pk).exists():
        return False
    return places.count(event, now).has_room_for(registration.party)


def settle_due(now: datetime | None = None) -> int:
    """The clock: nobody is asked any more for a place that they have left, and money that is to go
    back is put before the treasurer. Returns how many were."""
    now = now or timezone.now()
    left = Registration.objects.filter(state=State.CANCELLED, charge__isnull=False)
    left = left.exclude(undo_until__gt=now).select_related("charge", "event")
    for row in left.filter(charge__received=0, charge__voided_at=None):
        _cease_to_ask(row)
    paid = Charge.objects.settled()
    gone = [
        row for row in left.filter(charge__in=paid)
        if row.cancelled_at and is_refunded(row.event, row.cancelled_at)
    ]  # fmt: skip
    off = Registration.objects.filter(state=State.CONFIRMED, event__cancelled_at__isnull=False)
    gone += off.filter(charge__in=paid).select_related("charge", "event")
    owed = [(row, row.charge) for row in gone if row.charge]
    new = [
        pair for pair in owed
        if not Flag.objects.filter(about=giving_back.name_of(*pair)).exists()
    ]  # fmt: skip
    for row, charge in new:
        giving_back.ask_treasurer(row, charge)
    return len(new)


def _cease_to_ask(row: Registration) -> None:
    try:
        if row.charge:
            charges.make_void(row.charge)
    except charges.AlreadyPaid:
        pass  # the money came this moment: fee_came has met it
