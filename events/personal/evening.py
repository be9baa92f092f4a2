"""Leaders, attendance and visits: what is kept about people, and for how long."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from events.models import (
    ActivityBudget,
    Attendance,
    AttendanceSheet,
    Leader,
    UniqueEstimate,
    VisitTally,
)
from events.personal.registrations import KEEP_NAMES
from privacy import registry

# What was written after a shift is of use while the term is planned.
KEEP_SHIFT_NOTES = timedelta(days=365)


def _weed_sheets(now: datetime, dry_run: bool) -> int:
    old = AttendanceSheet.objects.filter(ends_at__lt=now - KEEP_NAMES).exclude(note="")
    return old.count() if dry_run else old.update(note="")


def _weed_extras(now: datetime, dry_run: bool) -> int:
    old = Attendance.objects.filter(sheet__ends_at__lt=now - KEEP_NAMES).exclude(first_name="")
    return old.count() if dry_run else old.update(first_name="")


def _weed_tallies(now: datetime, dry_run: bool) -> int:
    old = VisitTally.objects.filter(closed_at__lt=now - KEEP_SHIFT_NOTES).exclude(note="")
    return old.count() if dry_run else old.update(note="")


def _forget_who_was_there(rows: list[Attendance]) -> int:
    """That somebody led stays in the counts; who it was does not."""
    keys = [row.pk for row in rows]
    Attendance.objects.filter(pk__in=keys).update(leader=None, set_by=None)
    return len(keys)


registry.register(
    registry.Rule(
        model=Leader,
        fields=("user",),
        kept="Så länge personen leder aktiviteten.",
        weed=lambda now, dry_run: 0,
        of_person=lambda key: Leader.objects.filter(user__email__iexact=key).select_related(
            "event"
        ),
        export=lambda row: {str(_("Leder")): row.event.title, str(_("Sedan")): row.since},
        erase=lambda rows: Leader.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)
registry.register(
    registry.Rule(
        model=AttendanceSheet,
        fields=("note", "saved_by"),
        kept="Orden till samordnaren i 90 dagar efter träffen. Antalen blir kvar.",
        weed=_weed_sheets,
        of_person=lambda key: AttendanceSheet.objects.filter(
            saved_by__email__iexact=key
        ).select_related("event"),
        export=lambda row: {
            str(_("Sparade närvaro")): row.event.title,
            str(_("När")): row.saved_at,
            str(_("Till samordnaren")): row.note,
        },
        erase=lambda rows: AttendanceSheet.objects.filter(pk__in=[row.pk for row in rows]).update(
            saved_by=None, note=""
        ),
    )
)


def _export_attendance(row: Attendance) -> dict[str, Any]:
    return {
        str(_("Aktivitet")): row.sheet.event.title,
        str(_("Träff")): row.sheet.starts_at,
        str(_("Var här")): _("ja") if row.present else _("nej"),
        str(_("Som")): row.get_kind_display(),
    }


registry.register(
    registry.Rule(
        model=Attendance,
        fields=("registration", "leader", "first_name", "set_by"),
        kept="Förnamn på den som kom ändå i 90 dagar. Sedan bara antal.",
        weed=_weed_extras,
        of_person=lambda key: Attendance.objects.filter(
            Q(leader__email__iexact=key)
            | Q(registration__person_key=key)
            | Q(registration__person_key__startswith=f"{key}|")
        ).select_related("sheet__event"),
        export=_export_attendance,
        erase=_forget_who_was_there,
    )
)
registry.register(
    registry.Rule(
        model=VisitTally,
        fields=("note", "changed_by"),
        kept="Anteckningen i ett år. Besöken är antal utan namn och blir kvar.",
        weed=_weed_tallies,
        of_person=lambda key: VisitTally.objects.filter(
            changed_by__email__iexact=key
        ).select_related("event"),
        export=lambda row: {
            str(_("Räknade besök")): row.event.title,
            str(_("När")): row.changed_at,
            str(_("Anteckning")): row.note,
        },
        erase=lambda rows: VisitTally.objects.filter(pk__in=[row.pk for row in rows]).update(
            changed_by=None
        ),
    )
)
registry.exempt(
    UniqueEstimate, "Ett antal för en månad eller ett år. Den som skrev det är personal."
)
registry.exempt(ActivityBudget, "Kronor, inte om någon.")
