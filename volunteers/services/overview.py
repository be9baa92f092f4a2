"""Lists about clinics and lectures, read as often with one row as with a thousand."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.exports import Column, Sheet, workbook
from privacy.models import AccessLog
from privacy.services import note_access
from volunteers.models import Clinic, LectureBooking, Touch

ABOUT = "volunteers.LectureBooking"


def clinics(kind: str = "") -> QuerySet[Any]:
    """Open clinics with the last time that we spoke and what is next."""
    waiting = Touch.objects.filter(clinic=OuterRef("pk"), closed_on=None).order_by("due_on")
    rows = Clinic.objects.open().select_related("organisation")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.annotate(
        last_on=Max("touches__on"),
        next_step=Subquery(waiting.values("next_step")[:1]),
        due_on=Subquery(waiting.values("due_on")[:1]),
    ).order_by("name")


def lectures(state: str) -> QuerySet[LectureBooking]:
    rows = LectureBooking.objects.filter(state=state).select_related("owner", "clinic")
    return rows.prefetch_related("lecturers").order_by("due_on", "-starts_at", "pk")


@transaction.atomic
def as_workbook(year: int, *, actor: Any) -> bytes:
    """The lectures of a year, for the annual report. No contact and no wish is in it."""
    rows = LectureBooking.objects.filter(starts_at__year=year).order_by("starts_at")
    lines = [_line(row) for row in rows.prefetch_related("lecturers")]
    reason = f"{len(lines)} rader"
    action = AccessLog.Action.EXPORT
    note_access(actor, action=action, about=ABOUT, reference=str(year), reason=reason)
    mark = _("Uttagen av %(who)s %(when)s.")
    mark %= {"who": actor, "when": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    return workbook([Sheet(_("Föreläsningar"), _columns(), lines)], mark=mark)


def _columns() -> list[Column]:
    words = [
        _("Dag"), _("Var"), _("Läge"), _("Vilka"), _("Antal"), _("Föreläsare"), _("Arvode"),
        _("Faktura"), _("Material"), _("Nya medlemmar"),
    ]  # fmt: skip
    return [Column(word, 30 if number == 1 else 16) for number, word in enumerate(words)]


def _line(row: LectureBooking) -> list[str]:
    day: date | None = timezone.localdate(row.starts_at) if row.starts_at else None
    known = [
        day, row.host, row.get_state_display(), row.get_audience_display(), row.actual,
        ", ".join(str(one) for one in row.lecturers.all()), row.fee, row.invoice, row.material,
        row.new_members,
    ]  # fmt: skip
    return ["" if value is None else str(value) for value in known]
