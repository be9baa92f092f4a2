"""Places that are paid for, and what people answered to the question. Nobody is written to."""

from itertools import cycle

from django.utils import timezone

from events.models import Event, Registration
from events.services import answers, paying
from payments.models import Charge, Payment
from payments.services import charges, ledger
from samvaro.demo_data.shapes import Activity

State = Registration.State
# Stripe knows nothing of what the demo began with.
METHODS = (Payment.Method.SWISH, Payment.Method.BANKGIRO)


def load_payments(event: Event, activity: Activity) -> None:
    """Everyone with a place paid when they signed up; who left did so in time to have it back."""
    if not activity.paid:
        return
    rows = event.registrations.filter(state__in=[State.CONFIRMED, State.CANCELLED])
    for number, row in enumerate(rows.exclude(email="").order_by("created_at", "pk")):
        charge = _paid(row, METHODS[number % len(METHODS)], member=number % 3 == 0)
        row.charge = charge
        row.save(update_fields=["charge"])


def _paid(row: Registration, method: str, *, member: bool) -> Charge:
    """Before it is the row's own: money that comes for a place gives the place anew."""
    day = timezone.localdate(row.created_at)
    charge = charges.ask_for(
        Charge.Kind.TAKING_PART,
        amount=paying.to_pay(row, member=member),
        year=day.year,
        due_on=day,
        name=row.name,
        email=row.email,
    )
    Charge.objects.filter(pk=charge.pk).update(created_at=row.created_at)
    ledger.record(
        charge,
        kind=Payment.Kind.PAID,
        method=method,
        amount=charge.amount,
        source=f"demo:{charge.number}",
        happened_at=row.created_at,
    )
    charge.refresh_from_db()
    return charge


def load_answers(event: Event, activity: Activity) -> None:
    """About every other has answered."""
    if not activity.answers:
        return
    placed = event.registrations.filter(state=State.CONFIRMED).order_by("created_at", "pk")
    for row, text in zip(placed[::2], cycle(activity.answers), strict=False):
        row.answer = answers.seal(event, text)
        row.save(update_fields=["answer"])


def note_what_goes_back() -> int:
    """The treasurer has been told already: the clock finds nothing to make up for."""
    return paying.settle_due(timezone.now())
