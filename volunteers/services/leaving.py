"""Somebody takes back their yes, or their time with us is long over: we forget who it was."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from privacy.models import Consent
from volunteers.emails import leads as emails
from volunteers.models import Lead, LeadMove
from volunteers.services import moves

FORGOTTEN = ""


@transaction.atomic
def withdraw(lead: Lead) -> None:
    """At once and for good. The row stays in the counts, without a name."""
    row = moves.locked(lead)
    if row.is_open:
        moves.record(row, LeadMove.What.ERASED, by=LeadMove.By.PERSON, stage=Lead.Stage.ENDED)
    Consent.objects.filter(lead=row).update(withdrawn_at=timezone.now())
    forget([row])


def forget(rows: Iterable[Lead]) -> int:
    """Who it was is gone; that somebody was here stays for the statistics."""
    number = 0
    for lead in rows:
        emails.close(lead)
        lead.name = lead.email = lead.phone = lead.good_time = lead.message = FORGOTTEN
        lead.email_key = f"forgotten:{uuid.uuid4()}"
        lead.reference = uuid.uuid4()
        lead.save()
        lead.moves.exclude(note="").update(note="")
        lead.talk_times.all().delete()
        number += 1
    return number
