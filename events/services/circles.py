"""How it stands with study circles: the facts from the rows, and what the rules say of them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events import study
from events.models import (
    Attendance,
    AttendanceSheet,
    Circle,
    CircleRules,
    Event,
    Form,
    Leader,
    Occasion,
    Registration,
    VisitTally,
)
from events.services.attendance import key_of
from events.study import Rules
from mail.templatetags.dates import date_long

State = Registration.State


@dataclass(frozen=True)
class Member:
    """Somebody in the circle: who they are to the rules, and the rows behind."""

    key: str
    name: str
    first_name: str
    registration: Registration | None = None
    leader: Leader | None = None

    @property
    def identity(self) -> Any:
        return getattr(self.registration or self.leader, "identity", None)

    @property
    def agreement(self) -> Any:
        return getattr(self.registration, "agreement", None)


@dataclass(frozen=True)
class Standing:
    """One circle as it stands. Nothing is judged of what is not reported."""

    circle: Circle
    members: list[Member]
    facts: study.Circle
    rules: Rules | None
    now: datetime

    @property
    def names(self) -> dict[Hashable, str]:
        return {member.key: member.first_name for member in self.members}

    @property
    def verdict(self) -> study.Verdict | None:
        return study.judge(self.facts, self.rules, now=self.now) if self.rules else None

    @property
    def headline(self) -> str:
        if self.circle.handed_over_at:
            return _("Överlämnad %(day)s.") % {"day": date_long(self.circle.handed_over_at)}
        if self.rules is None:
            return _("Rapporteras inte.")
        return study.headline(self.facts, self.rules, now=self.now)

    @property
    def missing(self) -> list[str]:
        """What is missing, in plain words, the headline apart."""
        if self.circle.handed_over_at or self.rules is None:
            return []
        said = study.what_is_missing(self.facts, self.rules, now=self.now, names=self.names)
        return [words for words in said if words != self.headline]

    @property
    def leaders(self) -> list[str]:
        return [member.name for member in self.members if member.leader]

    @property
    def is_over(self) -> bool:
        return bool(self.facts.meetings) and self.facts.in_order[-1].ends_at <= self.now

    def missed_by(self, member: Member) -> list[str]:
        if self.rules is None or self.circle.handed_over_at:
            return []
        return study.what_somebody_misses(
            member.key, self.facts, self.rules, now=self.now, names=self.names
        )


def standing(circle: Circle, now: datetime | None = None) -> Standing:
    return standings([circle], now or timezone.now())[0]


def word_to_leader(event: Event, *, now: datetime) -> list[str]:
    """What the leader reads after a tick: how it stands, and what is missing. First names only.

    Nothing for an activity that is no circle or is not reported.
    """
    circle = Circle.objects.filter(event=event).exclude(form=Form.NONE).first()
    if circle is None:
        return []
    found = standing(circle, now)
    return [found.headline, *found.missing]


def in_order(circles: QuerySet[Circle]) -> QuerySet[Circle]:
    """The latest term first."""
    return circles.select_related("event", "agreement").order_by("-year", "season", "event__title")


def standings(circles: Iterable[Circle], now: datetime) -> list[Standing]:
    """Asked once for all of them."""
    circles = list(circles)
    events = [circle.event_id for circle in circles]
    members, meetings, rules = _members(events), _meetings(events), _Book()
    found = []
    for circle in circles:
        group = members[circle.event_id]
        facts = _facts(circle, group, meetings[circle.event_id])
        found.append(Standing(circle, group, facts, rules.of(circle, facts, now), now))
    return found


class _Book:
    """Every set of rules, read once."""

    def __init__(self) -> None:
        self.rows = list(CircleRules.objects.order_by("form", "valid_from"))

    def of(self, circle: Circle, facts: study.Circle, now: datetime) -> Rules | None:
        """Those of the day when it began; until then, of today."""
        day = facts.in_order[0].day if facts.meetings else timezone.localdate(now)
        rows = [row for row in self.rows if row.form == circle.form]
        in_force = [row for row in rows if row.valid_from <= day]
        row = in_force[-1] if in_force else (rows[0] if rows else None)
        return row.figures if row else None


def _facts(circle: Circle, group: list[Member], meetings: list[study.Meeting]) -> study.Circle:
    done = circle.handed_over_at is not None
    return study.Circle(
        meetings=tuple(meetings),
        people=tuple(
            study.Person(
                key=member.key,
                leads=member.leader is not None,
                has_agreed=done or member.agreement is not None,
                has_number=done or (member.identity is not None and member.identity.is_settled),
                birth_year=member.identity.birth_year if member.identity else None,
            )
            for member in group
        ),
        approved_on=circle.approved_on,
        has_plan=circle.plan_id is not None,
        has_reference=bool(circle.reference),
        needs_agreement=circle.agreement_id is not None,
        most=circle.most,
    )


def _members(events: list[int]) -> dict[int, list[Member]]:
    """Leaders first, then everyone with a place and everyone who has been there."""
    found: dict[int, list[Member]] = defaultdict(list)
    leaders = Leader.objects.filter(event__in=events).select_related("user", "identity")
    for leader in leaders:
        name = str(leader.user)
        first = leader.user.first_name or name
        found[leader.event_id].append(Member(f"l{leader.user_id}", name, first, leader=leader))
    came = Attendance.objects.filter(sheet__event__in=events, present=True)
    rows = Registration.objects.filter(event__in=events).filter(
        Q(state=State.CONFIRMED) | Q(pk__in=came.values("registration"))
    )
    for row in rows.select_related("identity", "agreement__consent__text").order_by("created_at"):
        name = row.name or _("Namnet är gallrat")
        first = row.name.split()[0] if row.name else name
        found[row.event_id].append(Member(f"r{row.pk}", name, first, registration=row))
    return found


def _meetings(events: list[int]) -> dict[int, list[study.Meeting]]:
    """What is planned and what has been. A list that was saved tells it as it was."""
    sheets = {sheet.occasion_uid: sheet for sheet in _sheets(events)}
    audience = {
        tally.occasion_uid: tally.total for tally in VisitTally.objects.filter(event__in=events)
    }
    found: dict[int, list[study.Meeting]] = defaultdict(list)
    cancelled, known = set(), set()
    for occasion in Occasion.objects.filter(event__in=events):
        known.add(occasion.uid)
        if occasion.cancelled_at:
            cancelled.add(occasion.uid)
            continue
        row = sheets.get(occasion.uid) or occasion
        found[occasion.event_id].append(_meeting(occasion.uid, row, audience))
    # A time that was taken out of the plan after somebody had filled in its list has been.
    for uid, sheet in sheets.items():
        if uid not in known:
            found[sheet.event_id].append(_meeting(uid, sheet, audience))
    for rows in found.values():
        rows.sort(key=lambda meeting: meeting.starts_at)
    return found


def _sheets(events: list[int]) -> QuerySet[AttendanceSheet]:
    return AttendanceSheet.objects.filter(event__in=events).prefetch_related("rows")


def _meeting(uid: Any, row: Any, audience: dict[Any, int]) -> study.Meeting:
    times = {
        "key": uid,
        "starts_at": timezone.localtime(row.starts_at),
        "ends_at": timezone.localtime(row.ends_at),
    }
    if isinstance(row, Occasion):
        return study.Meeting(**times, audience=audience.get(uid))
    present = frozenset(key_of(tick) for tick in row.rows.all() if tick.present)
    guests = len([key for key in present if not key.startswith("l")])
    return study.Meeting(
        **times,
        break_minutes=row.break_minutes,
        typed_hours=row.typed_hours,
        present=present,
        audience=audience.get(uid, guests),
    )
