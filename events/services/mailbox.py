"""The bookings of somebody in the register, found by their mailbox."""

from django.db import transaction
from django.utils import timezone

from events.models import Registration
from events.services.registration import withdraw
from privacy import swedish
from privacy.addresses import mail_key


def bookings_of(key: str, *, name: str, alone: bool) -> list[Registration]:
    """What is to come. `alone`: nobody else has the mailbox; else only what bears the first name."""
    rows = Registration.objects.active().of_mailbox(key)
    rows = rows.filter(event__occasions__ends_at__gt=timezone.now()).distinct().order_by("pk")
    first = swedish.fold(name).split()[:1]
    return [row for row in rows if alone or swedish.fold(row.name).split()[:1] == first]


@transaction.atomic
def withdraw_all(rows: list[Registration]) -> None:
    """At once and without a letter: they asked to be forgotten."""
    for row in rows:
        withdraw(row)


@transaction.atomic
def move_all(rows: list[Registration], *, to: str) -> None:
    """Letters about them go to the new mailbox. One that has signed up there already stays."""
    key = mail_key(to)
    for row in rows:
        if not Registration.objects.filter(event=row.event_id, person_key=key).exists():
            row.email, row.person_key = to, key
            row.save(update_fields=["email", "person_key"])
