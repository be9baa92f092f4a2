"""Who leads what, who was there, and the visits of some months. Numbers are spread, not random."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from events.emails import evening as letters
from events.models import (
    ActivityBudget,
    Attendance,
    AttendanceSheet,
    Event,
    Leader,
    Occasion,
    Registration,
    UniqueEstimate,
    VisitTally,
)
from events.services import attendance, leader_letters
from events.services.participants import with_new
from mail.models import Letter
from members.models import User
from samvaro.demo_data.timing import WEEK, is_closed

# What the demo's leader leads; the last evening of the first is still to be filled in.
LED = ("skriv-tillsammans", "digital-yoga", "balanscafe-tisdag", "promenad-arstaviken")
WITH_ATTENDANCE = (
    "skriv-tillsammans", "digital-yoga", "utflykt-rosendal", "ny-hos-oss-senast",
    "forelasning-tidiga-tecken",
)  # fmt: skip
# Kronor: what was planned, what it cost.
MONEY = {
    "utflykt-rosendal": (3000, 2640),
    "forelasning-tidiga-tecken": (2500, 2500),
    "digital-yoga": (4000, 3100),
    "balanscafe-tisdag": (6000, 4375),
}
COUNTED = "balanscafe-tisdag"
# How far back visits are counted, and how many came, week by week.
WEEKS_BACK = 72
VISITS = (11, 14, 9, 17, 12, 8, 15, 13, 19, 10, 12, 7, 16)
BREAK = 15
EXTRA_NAMES = ("Sam", "Nour", "Lo")


def load_evenings(leader: User, coordinator: User) -> None:
    events = {event.slug: event for event in Event.objects.with_occasions()}
    for slug in LED:
        Leader.objects.create(event=events[slug], user=leader)
    for slug in WITH_ATTENDANCE:
        _load_attendance(events[slug], leader if slug in LED else coordinator)
    for slug, (budget, cost) in MONEY.items():
        ActivityBudget.objects.create(event=events[slug], budget=budget * 100, cost=cost * 100)
    _load_visits(events[COUNTED], leader)
    _load_uniques(coordinator)


def _load_attendance(event: Event, by: User) -> None:
    now = timezone.now()
    over = [occasion for occasion in event.held if occasion.ends_at < now]
    guests = list(with_new(Registration.objects.filter(event=event, state="confirmed")))
    for number, occasion in enumerate(over[:-1] if event.slug == LED[0] else over):
        _load_sheet(event, occasion, guests, number, by)


def _load_sheet(
    event: Event, occasion: Occasion, guests: list[Registration], number: int, by: User
) -> None:
    saved_at = occasion.ends_at + timedelta(minutes=4)
    span = attendance.Span(occasion.starts_at, occasion.ends_at, BREAK)
    sheet = AttendanceSheet.objects.create(
        event=event,
        occasion_uid=occasion.uid,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        break_minutes=BREAK if attendance.counts_hours(event) else 0,
        study_hours=attendance.hours(event, span) or 0,
        note="Vi saknade kaffe. Annars en fin kväll." if number == 1 else "",
        saved_at=saved_at,
        saved_by=by,
    )
    facts = {"sheet": sheet, "set_by": by, "set_at": saved_at}
    rows = [
        Attendance(
            kind="listed",
            registration=guest,
            # About four of five come, and not always the same.
            present=(at * 3 + number * 2) % 5 != 0,
            first_time=number == 0 and guest.is_new and at * 3 % 5 != 0,  # type: ignore[attr-defined]  # annotated
            **facts,
        )
        for at, guest in enumerate(guests)
        if guest.created_at < occasion.ends_at
    ]
    if event.slug in LED:
        rows.append(Attendance(kind="leader", leader=by, present=True, **facts))
    if number % 3 == 2:
        key = uuid.uuid5(sheet.occasion_uid, "extra")
        name = EXTRA_NAMES[number % len(EXTRA_NAMES)]
        rows.append(Attendance(kind="extra", extra_key=key, first_name=name, present=True, **facts))
    Attendance.objects.bulk_create(rows)


def _load_visits(event: Event, by: User) -> None:
    """On the occasions that have been, and on the same weekday before them."""
    now = timezone.now()
    over = [occasion for occasion in event.held if occasion.ends_at < now]
    spans = [(one.uid, one.starts_at, one.ends_at) for one in over]
    first = over[0]
    for week in range(1, WEEKS_BACK):
        begun, ended = (_weeks_before(moment, week) for moment in (first.starts_at, first.ends_at))
        if not is_closed(timezone.localdate(begun)):
            spans.append((uuid.uuid5(first.uid, str(week)), begun, ended))
    VisitTally.objects.bulk_create(
        _tally(event, by, uid, begun, ended, VISITS[at % len(VISITS)])
        for at, (uid, begun, ended) in enumerate(spans)
    )


def _weeks_before(moment: datetime, weeks: int) -> datetime:
    """The same wall time, also on the other side of a change of clocks."""
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) - weeks * WEEK)


def _tally(
    event: Event, by: User, uid: uuid.UUID, begun: datetime, ended: datetime, total: int
) -> VisitTally:
    women, other = total // 3, 1 if total > 12 else 0
    return VisitTally(
        event=event,
        occasion_uid=uid,
        opened_at=begun,
        closed_at=ended,
        total=total,
        women=women,
        men=total - women - other - 1,
        other=other,
        unknown=1,
        first_timers=total % 3,
        from_here=total * 3 // 10,
        from_elsewhere=total * 7 // 10,
        # One in three weeks somebody goes on to a group; now and then something else.
        to_group=int(total % 3 == 0),
        became_member=int(total % 4 == 0),
        became_volunteer=int(total % 7 == 0),
        to_care=int(total % 5 == 0),
        on_duty=2,
        duty_minutes=360,
        changed_at=ended,
        changed_by=by,
    )


def _load_uniques(by: User) -> None:
    today = timezone.localdate()
    last = today.replace(day=1) - timedelta(days=1)
    for year, month, value in [(last.year, last.month, 38), (today.year, None, 96)]:
        UniqueEstimate.objects.create(
            year=year,
            month=month,
            value=value,
            method=UniqueEstimate.Method.ESTIMATED,
            basis="Volontärernas personkännedom",
            noted_at=timezone.now(),
            noted_by=by,
        )


def note_letters_to_leaders() -> int:
    """Who should have been written to has been: the clock finds nothing to make up for."""
    number = leader_letters.write_due()
    kinds = (letters.TONIGHT, letters.UNSAVED, letters.RECAP)
    Letter.objects.filter(kind__in=kinds, state=Letter.State.QUEUED).update(
        state=Letter.State.SENT, sent_at=timezone.now(), attempts=1
    )
    return number
