"""A circle's meetings and people as the office reads them."""

from dataclasses import dataclass

from events import study
from events.services.circles import Member, Standing
from events.study import Rules


@dataclass(frozen=True)
class MeetingLine:
    """One meeting as the office reads it."""

    meeting: study.Meeting
    number: int | None
    hours: int
    counts: bool
    is_over: bool


def meetings_for_office(found: Standing) -> list[MeetingLine]:
    rules = found.rules or Rules()
    return [
        MeetingLine(
            one,
            one.number(named=rules.named),
            one.hours(rules.hour_minutes),
            study.meeting_counts(one, rules),
            one.ends_at <= found.now,
        )
        for one in found.facts.in_order
    ]


@dataclass(frozen=True)
class PersonLine:
    """One person as the office reads it: how often they came, and what is missing."""

    member: Member
    times: int
    counts: bool
    missing: list[str]


def people_for_office(found: Standing) -> list[PersonLine]:
    verdict = found.verdict
    return [
        PersonLine(
            one,
            len([m for m in found.facts.meetings if one.key in (m.present or ())]),
            verdict is not None and one.key in verdict.approved,
            found.missed_by(one),
        )
        for one in found.members
    ]
