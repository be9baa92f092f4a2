"""Those who sit in councils for us, and their counterparts at work."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from privacy.models import Consent
from volunteers.models import (
    Council,
    CouncilIssue,
    CouncilMeeting,
    Mandate,
    Organisation,
)

# Long enough for the annual report and a certificate.
KEEP_MANDATES = timedelta(days=2 * 365)
FORGOTTEN = ""


def _weed(now: datetime, dry_run: bool) -> int:
    day = timezone.localdate(now) - KEEP_MANDATES
    kept = Mandate.objects.lasting(day).values("pk")
    old = Mandate.objects.exclude(name=FORGOTTEN).exclude(pk__in=kept)
    return old.count() if dry_run else _forget(old)


def _forget(rows: Iterable[Mandate]) -> int:
    """That somebody sat there stays; who it was is gone."""
    number = 0
    for row in rows:
        row.name = row.email = row.phone = row.public_name = FORGOTTEN
        row.email_key = f"forgotten:{uuid.uuid4()}"
        row.save(update_fields=["name", "email", "email_key", "phone", "public_name"])
        number += 1
    return number


def _erase(rows: Iterable[Mandate]) -> int:
    """They leave the chair today, so that it is published as empty."""
    rows, today, now = list(rows), timezone.localdate(), timezone.now()
    yeses = [pk for row in rows for pk in (row.consent_id, row.public_consent_id) if pk]
    Consent.objects.filter(pk__in=yeses, withdrawn_at=None).update(withdrawn_at=now)
    for row in rows:
        if row.starts_on < today <= row.last_on:
            row.ended_on = today - timedelta(days=1)
            row.save(update_fields=["ended_on"])
    coming = Mandate.objects.filter(pk__in=[row.pk for row in rows], starts_on__gte=today)
    gone = set(coming.values_list("pk", flat=True))
    coming.delete()
    return _forget(row for row in rows if row.pk not in gone) + len(gone)


def _export(row: Mandate) -> dict[str, Any]:
    return {
        str(_("Uppdrag")): str(row.seat),
        str(_("Namn")): row.name,
        str(_("E-post")): row.email,
        str(_("Telefon")): row.phone,
        str(_("Från")): row.starts_on,
        str(_("Till")): row.last_on,
        str(_("Namn på webben")): row.public_name,
        str(_("Samtycke")): str(row.consent),
    }


registry.register(
    registry.Rule(
        model=Mandate,
        fields=("name", "email", "email_key", "phone", "public_name", "trained_on"),
        kept="Två år efter mandatets slut, sedan bara att platsen var tagen.",
        weed=_weed,
        of_person=lambda key: Mandate.objects.of_mailbox(key).select_related(
            "seat__council__organisation", "consent__text"
        ),
        export=_export,
        erase=_erase,
    )
)


def _let_go_of_contacts(rows: Iterable[Council]) -> int:
    pks = [row.pk for row in rows]
    found = Council.objects.filter(pk__in=pks)
    return found.update(contact_name="", contact_email="", contact_phone="")


def _closed(now: datetime, dry_run: bool) -> int:
    old = Council.objects.filter(closed_on__lte=timezone.localdate(now)).exclude(contact_name="")
    return old.count() if dry_run else _let_go_of_contacts(old)


registry.register(
    registry.Rule(
        model=Council,
        fields=("name", "contact_name", "contact_email", "contact_phone", "coordinator"),
        kept="Kontakten hos vården så länge rådet finns. Uppgifter om någon i tjänsten.",
        weed=_closed,
        of_person=lambda key: Council.objects.filter(contact_email__iexact=key),
        export=lambda row: {
            str(_("Patientråd")): str(row),
            str(_("Namn")): row.contact_name,
            str(_("E-post")): row.contact_email,
            str(_("Telefon")): row.contact_phone,
        },
        erase=_let_go_of_contacts,
    )
)

registry.exempt(CouncilMeeting, "Om ett möte. Rapporten är krypterad och handlar om frågor.")
registry.exempt(CouncilIssue, "Om en fråga i vården, aldrig om en person.")
registry.exempt(Organisation, "Handlar om en sak, inte om en person.")
