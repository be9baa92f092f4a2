"""What is said of a circle right now: one headline, and what is missing. Nothing too early."""

from collections.abc import Hashable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.study.facts import Circle
from events.study.findings import MENDED_BY_MEETING, Finding, Verdict, What
from events.study.judge import judge, meetings_left
from events.study.rules import Rules
from events.study.words import Names, in_words, sentence

# No number of meetings mends these, so they come first.
IN_THE_WAY = (What.NOT_APPROVED, What.APPROVED_LATE, What.NO_LEADER, What.MANY_PEOPLE)
# Known only when the circle has met as often as one person must come.
OF_SOMEBODY = (What.CAME_SELDOM, What.CAME_LATE, What.PERSON_FEW_HOURS)
# The same of many is one sentence.
TOGETHER = (What.CAME_SELDOM, What.NO_NUMBER, What.NO_AGREEMENT)
# So many may be told by name.
BY_NAME = 2


def headline(circle: Circle, rules: Rules, *, now: datetime) -> str:
    """One sentence on how it stands: "Ett möte till så räknas cirkeln"."""
    verdict = judge(circle, rules, now=now)
    if verdict.counts:
        return _("Cirkeln räknas.")
    if in_the_way := verdict.of(*IN_THE_WAY):
        return sentence(in_the_way[0], circle)
    left = meetings_left(circle, rules, now=now)
    if left:
        text = ngettext(
            "%(number)s möte till så räknas cirkeln.",
            "%(number)s möten till så räknas cirkeln.",
            left,
        )
        return text % {"number": in_words(left, neuter=True).capitalize()}
    short = verdict.of(What.PLAN_FEW_MEETINGS, What.PLAN_FEW_HOURS, What.FEW_ENROLLED)
    reason = short or verdict.of(What.FEW_PEOPLE) or list(verdict.findings)
    return sentence(reason[0], circle)


def what_is_missing(
    circle: Circle, rules: Rules, *, now: datetime, names: Names | None = None
) -> list[str]:
    """Everything that is worth saying now, the heaviest first."""
    verdict = judge(circle, rules, now=now)
    worth = [one for one in verdict.findings if _is_time(one, circle, rules, verdict)]
    said = [sentence(one, circle, names) for one in worth if one.what not in TOGETHER]
    return said + list(_together(worth, circle, names))


def what_somebody_misses(
    person: Hashable, circle: Circle, rules: Rules, *, now: datetime, names: Names | None = None
) -> list[str]:
    verdict = judge(circle, rules, now=now)
    return [
        sentence(one, circle, names)
        for one in verdict.findings
        if one.person == person and _is_time(one, circle, rules, verdict)
    ]


def _is_time(finding: Finding, circle: Circle, rules: Rules, verdict: Verdict) -> bool:
    """A circle that has meetings ahead is not told that it has met too seldom."""
    if finding.what in MENDED_BY_MEETING:
        return not any(one.number(named=rules.named) is None for one in circle.meetings) and bool(
            circle.meetings
        )
    if finding.what in OF_SOMEBODY:
        return verdict.meetings >= rules.person_meetings
    return True


def _together(findings: list[Finding], circle: Circle, names: Names | None) -> Iterator[str]:
    for what in TOGETHER:
        found = [one for one in findings if one.what == what]
        if len(found) <= BY_NAME:
            yield from (sentence(one, circle, names) for one in found)
        else:
            yield MANY[what] % {"many": in_words(len(found)).capitalize()}


MANY = {
    What.CAME_SELDOM: gettext_lazy("%(many)s personer behöver komma fler gånger för att räknas."),
    What.NO_NUMBER: gettext_lazy("%(many)s personer har inte lämnat sina personnummer än."),
    What.NO_AGREEMENT: gettext_lazy("%(many)s personer har inte läst det ni lovar varandra."),
}
