"""Changed times and announced absence: what is kept about people, and for how long."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from events.models import Absence, Change, ChangedTime, ToldTime
from events.personal.registrations import KEEP_NAMES
from privacy import registry


def _weed(now: datetime, dry_run: bool) -> int:
    """With the name goes also that somebody stayed at home: nobody keeps count of it."""
    last = Max("registration__event__occasions__ends_at")
    old = Absence.objects.annotate(last=last).filter(last__lt=now - KEEP_NAMES)
    return _forget(old, dry_run=dry_run)


def _forget(rows: Iterable[Absence], *, dry_run: bool = False) -> int:
    keys = [row.pk for row in rows]
    return len(keys) if dry_run else Absence.objects.filter(pk__in=keys).delete()[0]


def _of(key: str) -> Any:
    mine = Q(registration__person_key=key) | Q(registration__person_key__startswith=f"{key}|")
    return Absence.objects.filter(mine).select_related("registration__event")


registry.register(
    registry.Rule(
        model=Absence,
        fields=("registration", "occasion_uid", "noted_at"),
        kept="90 dagar efter sista tillfället. Varför frågar vi inte.",
        weed=_weed,
        of_person=_of,
        export=lambda row: {
            str(_("Aktivitet")): row.registration.event.title,
            str(_("Sa till om frånvaro")): row.noted_at,
        },
        erase=_forget,
    )
)
registry.exempt(Change, "En mening till alla som är anmälda, och vem av oss som ändrade tiden.")
registry.exempt(ChangedTime, "Tider, inte om någon.")
registry.exempt(ToldTime, "Tider, inte om någon.")
