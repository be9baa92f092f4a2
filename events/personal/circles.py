"""Study circles: what is kept about people, and for how long."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import (
    AgreementRead,
    Circle,
    CircleRules,
    CircleSettings,
    HandOverColumn,
    Identity,
)
from events.services import papers
from privacy import registry
from privacy.models import Consent


def _weed(now: datetime, dry_run: bool) -> int:
    rows = list(papers.past_their_time(now))
    return len(rows) if dry_run else papers.purge(rows, now)


def _of_person(key: str) -> Any:
    mine = Q(registration__person_key=key) | Q(registration__person_key__startswith=f"{key}|")
    rows = Identity.objects.filter(mine | Q(leader__user__email__iexact=key))
    return rows.select_related("registration__event", "leader__event", "consent__text")


def _export(row: Identity) -> dict[str, Any]:
    return {
        str(_("Aktivitet")): papers.event_of(row).title,
        str(_("Hur")): row.get_way_display(),
        str(_("Lämnat")): row.given_at,
        str(_("Nummer")): row.personal_number,
        str(_("Namn")): f"{row.first_name} {row.last_name}".strip(),
        str(_("Adress")): f"{row.street}, {row.postcode} {row.town}".strip(", "),
        str(_("Telefon")): row.phone,
    }


def _erase(rows: list[Identity]) -> int:
    now = timezone.now()
    Consent.objects.filter(identity__in=rows).update(withdrawn_at=now)
    return papers.purge(rows, now)


registry.register(
    registry.Rule(
        model=Identity,
        fields=(
            "way", "kind", "personal_number", "first_name", "last_name", "street", "postcode",
            "town", "phone", "given_at",
        ),
        kept="Krypterat. Personnumret gallras 14 dagar efter att cirkeln har lämnats över, eller "
        "120 dagar efter sista träffen. Kansliet kan ändra dagarna.",
        weed=_weed,
        of_person=_of_person,
        export=_export,
        erase=_erase,
    )
)  # fmt: skip


def _of_staff(key: str) -> Any:
    return Circle.objects.filter(handed_over_by__email__iexact=key).select_related("event")


registry.register(
    registry.Rule(
        model=Circle,
        fields=("contact", "approved_by", "representative", "handed_over_by"),
        kept="Så länge cirkeln finns i historiken. Kontakten är studieförbundets personal.",
        weed=lambda now, dry_run: 0,
        of_person=_of_staff,
        export=lambda row: {
            str(_("Lämnade över")): row.event.title, str(_("När")): row.handed_over_at,
        },
        erase=lambda rows: Circle.objects.filter(pk__in=[row.pk for row in rows]).update(
            handed_over_by=None
        ),
    )
)  # fmt: skip
registry.exempt(
    AgreementRead, "Bara att gruppens löfte är läst. Vem det är står i anmälan, som gallras."
)
registry.exempt(CircleRules, "Siffror ur reglerna, inte om någon.")
registry.exempt(CircleSettings, "Studieförbundets telefon, inte om någon.")
registry.exempt(HandOverColumn, "Rubriker i en fil, inte om någon.")
