"""Somebody in the register has another mailbox: what they chose follows along, also a no."""

from django.db import transaction

from newsletters.models import Subscription
from privacy.addresses import mail_key


@transaction.atomic
def move(key: str, *, to: str) -> None:
    """What the new mailbox has chosen already holds."""
    rows = Subscription.objects.select_for_update(of=("self",))
    row = rows.of_mailbox(key).first()
    if row and not rows.of_mailbox(mail_key(to)).exists():
        row.email = to
        row.save(update_fields=["email", "email_key", "changed_at"])
