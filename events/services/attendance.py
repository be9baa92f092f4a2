"""Who was there: how a list is read, and how it is saved from one phone or from two.

The rule of the touched row. A phone says of every row what it was shown and what it says now.
Where the two differ somebody has touched the row, and the last one who did so decides. A row that
was not touched is written only when nothing is saved of it yet, as "not here". A row that a phone
was never shown is not written by it at all. So two who tick half of the group each save the whole.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import (
    Attendance,
    AttendanceSheet,
    Circle,
    Event,
    Form,
    Leader,
    Occasion,
    Registration,
)
from events.services import who_came
from events.services.attendance_values import Count, Filled, Row, Span
from events.services.participants import with_new
from events.study import study_hours

State, Kind = Registration.State, Attendance.Kind
STUDIES = (Event.Kind.CIRCLE, Event.Kind.GROUP)


class NotYet(Exception):
    """The day of the occasion has not come."""


class TakesNoPlace(Exception):
    """The activity or the occasion is cancelled."""


def counts_hours(event: Event) -> bool:
    """A group or a circle by its kind, or what the office reports as one."""
    reported = Circle.objects.filter(event=event).exclude(form=Form.NONE)
    return event.kind in STUDIES or reported.exists()


def hours(event: Event, span: Span, typed: int | None = None) -> int | None:
    """Study hours, as typed or by the clock; None where nobody counts them."""
    if not counts_hours(event):
        return None
    if typed is not None:
        return typed
    return study_hours(span.starts_at, span.ends_at, break_minutes=span.break_minutes)


def span_of(event: Event, occasion: Occasion, sheet: AttendanceSheet | None) -> Span:
    """As it was; until somebody has saved, as it is planned."""
    if sheet:
        return Span(sheet.starts_at, sheet.ends_at, sheet.break_minutes)
    return Span(occasion.starts_at, occasion.ends_at, usual_break(event))


def sheet_of(occasion: Occasion) -> AttendanceSheet | None:
    return AttendanceSheet.objects.filter(occasion_uid=occasion.uid).first()


def read(event: Event, occasion: Occasion) -> list[Row]:
    """Everyone on the list of this occasion, in the order in which they signed up; leaders last."""
    saved = {
        key_of(row): row for row in Attendance.objects.filter(sheet__occasion_uid=occasion.uid)
    }
    rows = [
        _listed(one, companion, saved)
        for one in _expected(event, occasion, saved)
        for companion in range(one.party)
    ]
    rows += [_extra(row) for row in saved.values() if row.kind == Kind.EXTRA]
    return rows + _leaders(event, saved)


def key_of(row: Attendance) -> str:
    """As a page calls it: r12 who signed up, r12_1 who came along, l3 who leads, x… who came anyway."""
    if row.kind == Kind.LISTED:
        return listed_key(row.registration_id, row.companion)
    if row.kind == Kind.LEADER:
        return f"l{row.leader_id}"
    return f"x{row.extra_key}"


def listed_key(registration: int | None, companion: int) -> str:
    return f"r{registration}_{companion}" if companion else f"r{registration}"


def _expected(event: Event, occasion: Occasion, saved: dict[str, Attendance]) -> list[Any]:
    """Those who had a place then, and those of whom something is saved."""
    ticked = {row.registration_id for row in saved.values()}
    everyone = with_new(Registration.objects.filter(event=event))
    return [
        one
        for one in everyone
        if one.pk in ticked or (one.state == State.CONFIRMED and one.created_at < occasion.ends_at)
    ]


def _listed(one: Any, companion: int, saved: dict[str, Attendance]) -> Row:
    """Of those who come along there is no name: they are known by whom they come with."""
    key = listed_key(one.pk, companion)
    row = saved.get(key)
    name = one.name or _("Namnet är gallrat")
    first_name = name.split()[0] if one.name else name
    return Row(
        key=key,
        kind=Kind.LISTED,
        name=along_with(name, companion),
        first_name=along_with(first_name, companion),
        here=row.present if row else None,
        is_new=one.is_new and not companion,
        says_coming=one.coming,
        registration=one.pk,
        companion=companion,
    )


def along_with(name: str, companion: int) -> str:
    return (
        _("Med %(name)s (%(number)d)") % {"name": name, "number": companion} if companion else name
    )


def _extra(row: Attendance) -> Row:
    name = row.first_name or _("Namnet är gallrat")
    key = f"x{row.extra_key}"
    return Row(key, Kind.EXTRA, name, name, here=row.present)


def _leaders(event: Event, saved: dict[str, Attendance]) -> list[Row]:
    found = []
    for leader in Leader.objects.filter(event=event).select_related("user"):
        row = saved.get(f"l{leader.user_id}")
        name = str(leader.user)
        found.append(
            Row(
                key=f"l{leader.user_id}",
                kind=Kind.LEADER,
                name=name,
                first_name=leader.user.first_name or name,
                here=row.present if row else None,
                user=leader.user_id,
            )
        )
    return found


def count(rows: list[Row]) -> Count:
    guests = [row for row in rows if row.kind != Kind.LEADER]
    return Count(
        here=len([row for row in guests if row.here]),
        of=len([row for row in guests if row.here is not None]),
        leaders=len([row for row in rows if row.kind == Kind.LEADER and row.here]),
    )


def figures(sheet: AttendanceSheet, counted: Count) -> str:
    """What the list of the studieförbund asks for, on one line, without names."""
    span = [timezone.localtime(moment) for moment in (sheet.starts_at, sheet.ends_at)]
    facts = [
        f"{span[0]:%Y-%m-%d}",
        _("kl. %(from)s–%(to)s") % {"from": f"{span[0]:%H.%M}", "to": f"{span[1]:%H.%M}"},
        _("rast %(number)d min") % {"number": sheet.break_minutes},
        ngettext("%(number)d studietimme", "%(number)d studietimmar", sheet.study_hours)
        % {"number": sheet.study_hours},
        ngettext("%(number)d deltagare", "%(number)d deltagare", counted.here)
        % {"number": counted.here},
        ngettext("%(number)d ledare", "%(number)d ledare", counted.leaders)
        % {"number": counted.leaders},
    ]
    return ", ".join(facts)


def can_fill_in(event: Event, occasion: Occasion, now: datetime) -> bool:
    return timezone.localdate(occasion.starts_at) <= timezone.localdate(now)


@transaction.atomic
def save(event: Event, occasion: Occasion, filled: Filled, *, actor: Any) -> AttendanceSheet:
    """Save what one phone says, by the rule of the touched row. Raises NotYet or TakesNoPlace."""
    now = timezone.now()
    if event.cancelled_at or occasion.cancelled_at:
        raise TakesNoPlace
    if not can_fill_in(event, occasion, now):
        raise NotYet
    sheet = _locked(event, occasion, actor, now)
    _write_facts(sheet, filled, actor, now)
    known = {row.key: row for row in read(event, occasion)}
    for tick in filled.ticks:
        if (row := known.get(tick.key)) and (tick.touched or row.here is None):
            _write(sheet, row, tick.here, actor, now)
    for extra in filled.extras:
        Attendance.objects.get_or_create(
            sheet=sheet,
            extra_key=extra.key,
            defaults={
                "kind": Kind.EXTRA,
                "first_name": extra.first_name[:40],
                "present": extra.here,
                "set_by": actor,
                "set_at": now,
            },
        )
    who_came.note_sexes(sheet)
    return sheet


def _locked(event: Event, occasion: Occasion, actor: Any, now: datetime) -> AttendanceSheet:
    """The list of this occasion; whoever saves at the same time waits here."""
    AttendanceSheet.objects.get_or_create(
        occasion_uid=occasion.uid,
        defaults={
            "event": event,
            "starts_at": occasion.starts_at,
            "ends_at": occasion.ends_at,
            "break_minutes": usual_break(event),
            "saved_at": now,
            "saved_by": actor,
        },
    )
    return AttendanceSheet.objects.select_for_update().get(occasion_uid=occasion.uid)


def usual_break(event: Event) -> int:
    """Minutes: as long as the last time."""
    last = AttendanceSheet.objects.filter(event=event).order_by("-starts_at").first()
    return last.break_minutes if last else 0


def _write_facts(sheet: AttendanceSheet, filled: Filled, actor: Any, now: datetime) -> None:
    sheet.starts_at = filled.starts_at or sheet.starts_at
    sheet.ends_at = filled.ends_at or sheet.ends_at
    if filled.break_minutes is not None:
        sheet.break_minutes = filled.break_minutes
    if filled.touched_hours:
        sheet.typed_hours = filled.typed_hours
    span = Span(sheet.starts_at, sheet.ends_at, sheet.break_minutes)
    sheet.study_hours = hours(sheet.event, span, sheet.typed_hours) or 0
    sheet.note = _added(sheet.note, filled.note.strip())
    sheet.saved_at, sheet.saved_by = now, actor
    sheet.save()


def _added(before: str, more: str) -> str:
    """What two wrote is kept of both; the same sent twice is one."""
    if not more or before.endswith(more):
        return before
    return f"{before}\n{more}" if before else more


def _write(sheet: AttendanceSheet, row: Row, here: bool, actor: Any, now: datetime) -> None:
    which: dict[str, dict[str, Any]] = {
        Kind.LISTED: {"registration_id": row.registration, "companion": row.companion},
        Kind.LEADER: {"leader_id": row.user},
        Kind.EXTRA: {"extra_key": row.key[1:]},
    }
    Attendance.objects.update_or_create(
        sheet=sheet,
        kind=row.kind,
        **which[row.kind],
        defaults={
            "present": here,
            "first_time": here and row.is_new and not _was_here_before(sheet, row),
            "set_by": actor,
            "set_at": now,
        },
    )


def _was_here_before(sheet: AttendanceSheet, row: Row) -> bool:
    return Attendance.objects.filter(
        registration=row.registration, present=True, sheet__starts_at__lt=sheet.starts_at
    ).exists()
