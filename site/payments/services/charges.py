"""Asking for money, and ceasing to ask."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from payments.models import Charge
from privacy.addresses import mail_key, tidy_email


class AlreadyPaid(Exception):
    """Money has come for it: it can be given back, not made void."""


def ask_for(
    kind: str,
    *,
    amount: int,
    year: int,
    due_on: date,
    union_share: int = 0,
    name: str = "",
    email: str = "",
) -> Charge:
    """A new charge, in the caller's transaction. `amount` and `union_share` in öre."""
    charge = Charge.objects.create(
        kind=kind,
        amount=amount,
        union_share=union_share,
        year=year,
        due_on=due_on,
        payer_name=name,
        payer_email=tidy_email(email) if email else "",
        payer_key=mail_key(email) if email else "",
        created_at=timezone.now(),
    )
    charge.refresh_from_db(fields=["number"])
    return charge


@transaction.atomic
def make_void(charge: Charge) -> Charge:
    """Nobody is asked for it any more. Money that comes all the same is received and flagged.

    Raises AlreadyPaid.
    """
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    if charge.received:
        raise AlreadyPaid
    charge.voided_at = charge.voided_at or timezone.now()
    charge.save(update_fields=["voided_at"])
    return charge
