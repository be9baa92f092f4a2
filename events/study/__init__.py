"""What the rules say of a study circle: values in, findings out. Knows no database.

rules: the figures. facts: meetings and people. judge: what the figures say of them.
findings: what they may say. words: the same for people. telling: what is worth saying now.
personal_number: whether digits can be one.

    verdict = judge(circle, rules, now=timezone.now())
    headline(circle, rules, now=timezone.now())     "Ett möte till så räknas cirkeln."
    study_hours(starts_at, ends_at, break_minutes=15)

`events.services.circles` gathers the facts from the rows.
"""

from events.study.facts import Circle, Meeting, Person, study_hours
from events.study.findings import Finding, Verdict, What
from events.study.judge import judge, meeting_counts, meetings_left
from events.study.rules import Rules
from events.study.telling import headline, what_is_missing, what_somebody_misses
from events.study.words import sentence

__all__ = [
    "Circle",
    "Finding",
    "Meeting",
    "Person",
    "Rules",
    "Verdict",
    "What",
    "headline",
    "judge",
    "meeting_counts",
    "meetings_left",
    "sentence",
    "study_hours",
    "what_is_missing",
    "what_somebody_misses",
]
