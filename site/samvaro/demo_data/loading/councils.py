"""Councils with people in some chairs, empty chairs, meetings, and what came of our issues."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from members.models import User
from samvaro.demo_data.councils import AREAS, ISSUES, PRIVATE, REGION, ROOMS, Room, Sitting
from samvaro.demo_data.people import MAIL_DOMAINS
from volunteers.models import Council, CouncilIssue, CouncilMeeting, Organisation, Seat
from volunteers.services import councils

DECISION = "Styrelsen, paragraf 7"


def load_councils(coordinator: User) -> None:
    today = timezone.localdate()
    kinds = Organisation.Kind
    for kind, names in ((kinds.REGION, REGION), (kinds.AREA, AREAS), (kinds.PRIVATE, PRIVATE)):
        for name in names:
            Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    rooms = [_room(room, coordinator, today) for room in ROOMS]
    for days_ago, number, title, state, answer in ISSUES:
        raised = today - timedelta(days=days_ago)
        issue = CouncilIssue(
            council=rooms[number], title=title, state=state, answer=answer, raised_on=raised
        )
        issue.is_public = state == CouncilIssue.State.CHANGED
        if state in CouncilIssue.SETTLED:
            issue.answered_on = raised + timedelta(days=45)
        issue.save()


def _room(room: Room, coordinator: User, today: date) -> Council:
    council = councils.save_council(
        Council(
            organisation=Organisation.objects.get(name=room.organisation),
            name=room.name,
            about=room.about,
            frequency=room.frequency,
            coordinator=coordinator,
        )
    )
    for sitting in room.sitting:
        _sit(council, sitting, coordinator, today)
    Seat.objects.bulk_create(Seat(council=council) for _ in range(room.empty))
    deputy = Seat.Kind.DEPUTY
    Seat.objects.bulk_create(Seat(council=council, kind=deputy) for _ in range(room.empty_deputies))
    for days_ago, report in room.meetings:
        _meeting(council, today - timedelta(days=days_ago), report)
    return council


def _sit(council: Council, sitting: Sitting, coordinator: User, today: date) -> None:
    kind = Seat.Kind.DEPUTY if sitting.deputy else Seat.Kind.ORDINARY
    first = today + timedelta(days=sitting.first)
    facts: dict[str, Any] = {
        "name": sitting.name,
        "email": f"{sitting.mailbox}@{MAIL_DOMAINS[0]}",
        "starts_on": first,
        "term_ends_on": today + timedelta(days=sitting.last),
        "decision": DECISION,
        "trained_on": first + timedelta(days=20),
    }
    seat = Seat.objects.create(council=council, kind=kind)
    mandate = councils.appoint(seat, facts, actor=coordinator)
    if sitting.on_site:
        councils.name_on_site(mandate, name=sitting.on_site, actor=coordinator)


def _meeting(council: Council, day: date, report: str) -> None:
    at = timezone.make_aware(datetime.combine(day, time(15)))
    meeting = CouncilMeeting.objects.create(council=council, starts_at=at)
    if report:
        there = [seat.mandates.first() for seat in council.seats.filter(mandates__isnull=False)]
        councils.report(meeting, text=report, attended=[one for one in there if one])
