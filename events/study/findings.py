"""What can be found about a circle, and what the findings come to."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """What a finding is about."""

    # Until these are gone the circle does not count.
    NOT_APPROVED = "not_approved"
    APPROVED_LATE = "approved_late"
    NO_LEADER = "no_leader"
    FEW_MEETINGS = "few_meetings"
    FEW_HOURS = "few_hours"
    FEW_PEOPLE = "few_people"
    MANY_PEOPLE = "many_people"
    # What is planned can never be enough, or is more than what counts.
    PLAN_FEW_MEETINGS = "plan_few_meetings"
    PLAN_FEW_HOURS = "plan_few_hours"
    FEW_ENROLLED = "few_enrolled"
    MANY_ENROLLED = "many_enrolled"
    OVER_OWN_MOST = "over_own_most"
    MANY_HOURS_IN_WEEK = "many_hours_in_week"
    MANY_MEETINGS_IN_WEEK = "many_meetings_in_week"
    MANY_HOURS_IN_YEAR = "many_hours_in_year"
    OVER_NEW_YEAR = "over_new_year"
    # One meeting.
    NOT_TICKED = "not_ticked"
    FEW_PRESENT = "few_present"
    SHORT_MEETING = "short_meeting"
    LONG_MEETING = "long_meeting"
    MORE_THAN_THE_CLOCK = "more_than_the_clock"
    # One person.
    CAME_SELDOM = "came_seldom"
    CAME_LATE = "came_late"
    PERSON_FEW_HOURS = "person_few_hours"
    TOO_YOUNG = "too_young"
    # Papers.
    NO_PLAN = "no_plan"
    NO_REFERENCE = "no_reference"
    NO_AGREEMENT = "no_agreement"
    NO_NUMBER = "no_number"


STOPS = frozenset(
    {
        What.NOT_APPROVED, What.APPROVED_LATE, What.NO_LEADER, What.FEW_MEETINGS, What.FEW_HOURS,
        What.FEW_PEOPLE, What.MANY_PEOPLE,
    }
)  # fmt: skip
# What more meetings can mend.
MENDED_BY_MEETING = frozenset({What.FEW_MEETINGS, What.FEW_HOURS, What.FEW_PEOPLE})


@dataclass(frozen=True)
class Finding:
    """`by`: how many are missing, or how many are too many. `limit`: the figure of the rule.

    `meeting`, `person`: the key of the one it is about. `when`: the Monday of the week, or the
    first day of the year.
    """

    what: What
    by: int = 0
    limit: int = 0
    meeting: Hashable = None
    person: Hashable = None
    when: date | None = None


@dataclass(frozen=True)
class Verdict:
    """`meetings`, `hours`: those that count. `approved`: keys of the people who count."""

    findings: tuple[Finding, ...]
    meetings: int
    hours: int
    approved: frozenset[Hashable]

    @property
    def counts(self) -> bool:
        return not any(finding.what in STOPS for finding in self.findings)

    def of(self, *kinds: What) -> list[Finding]:
        return [finding for finding in self.findings if finding.what in kinds]
