"""Each finding in one sentence: what is missing, and what would mend it."""

from collections.abc import Hashable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from events.study.facts import Circle
from events.study.findings import Finding, What
from mail.templatetags.dates import date_long, day_short

Names = Mapping[Hashable, str]
Values = dict[str, str | int]


def sentence(finding: Finding, circle: Circle, names: Names | None = None) -> str:
    """What is missing, and what would mend it."""
    return str(SENTENCES[finding.what] % _values(finding, circle, names or {}))


def _values(finding: Finding, circle: Circle, names: Names) -> Values:
    there = finding.limit - finding.by
    values: Values = {
        "number": finding.by,
        "by": in_words(finding.by),
        "by_neuter": in_words(finding.by, neuter=True),
        "limit": finding.limit,
        "there": there,
        "There": (in_words(there) if there else _("ingen")).capitalize(),
        "over": finding.limit + finding.by,
        "who": names.get(finding.person, _("En person")),
    }
    days = {meeting.key: day_short(meeting.starts_at) for meeting in circle.meetings}
    values["day"] = days.get(finding.meeting, "")
    if finding.when:
        values |= {"monday": date_long(finding.when), "year": finding.when.year}
    return values


def in_words(number: int, *, neuter: bool = False) -> str:
    """Numbers up to twelve are written with letters in Swedish text."""
    words = {
        1: _("ett") if neuter else _("en"),
        2: _("två"), 3: _("tre"), 4: _("fyra"), 5: _("fem"), 6: _("sex"), 7: _("sju"),
        8: _("åtta"), 9: _("nio"), 10: _("tio"), 11: _("elva"), 12: _("tolv"),
    }  # fmt: skip
    return words.get(number, str(number))


# By the name of the number that decides between one and many.
SENTENCES: dict[What, Any] = {
    What.NOT_APPROVED: gettext_lazy("Studieförbundet har inte godkänt cirkeln än."),
    What.APPROVED_LATE: gettext_lazy("Godkännandet kom efter den första träffen."),
    What.NO_LEADER: gettext_lazy("Cirkeln har ingen ledare än."),
    What.FEW_MEETINGS: ngettext_lazy(
        "Det behövs %(by_neuter)s möte till.",
        "Det behövs %(by)s möten till.",
        "number",
    ),
    What.FEW_HOURS: ngettext_lazy(
        "Det behövs %(by)s studietimme till.",
        "Det behövs %(by)s studietimmar till.",
        "number",
    ),
    What.FEW_PEOPLE: ngettext_lazy(
        "%(There)s räknas som deltagare. Det behövs %(by)s person till som kommer ofta nog.",
        "%(There)s räknas som deltagare. Det behövs %(by)s personer till som kommer ofta nog.",
        "number",
    ),
    What.MANY_PEOPLE: gettext_lazy("%(over)s räknas som deltagare. Högst %(limit)s får vara med."),
    What.PLAN_FEW_MEETINGS: ngettext_lazy(
        "Planera %(by_neuter)s möte till, annars räknas inte cirkeln.",
        "Planera %(by)s möten till, annars räknas inte cirkeln.",
        "number",
    ),
    What.PLAN_FEW_HOURS: ngettext_lazy(
        "Planera %(by)s studietimme till, annars räknas inte cirkeln.",
        "Planera %(by)s studietimmar till, annars räknas inte cirkeln.",
        "number",
    ),
    What.FEW_ENROLLED: ngettext_lazy(
        "Det behövs %(by)s person till, ledaren inräknad.",
        "Det behövs %(by)s personer till, ledaren inräknad.",
        "number",
    ),
    What.MANY_ENROLLED: gettext_lazy(
        "%(over)s har plats, med ledaren. Högst %(limit)s får räknas."
    ),
    What.OVER_OWN_MOST: gettext_lazy(
        "%(over)s har plats, med ledaren. Gruppen är tänkt för högst %(limit)s."
    ),
    What.MANY_HOURS_IN_WEEK: gettext_lazy(
        "Veckan från %(monday)s har %(over)s studietimmar. Högst %(limit)s räknas."
    ),
    What.MANY_MEETINGS_IN_WEEK: gettext_lazy(
        "Veckan från %(monday)s har %(over)s möten. Högst %(limit)s räknas."
    ),
    What.MANY_HOURS_IN_YEAR: gettext_lazy(
        "År %(year)s har %(over)s studietimmar. Högst %(limit)s räknas."
    ),
    What.OVER_NEW_YEAR: gettext_lazy(
        "Cirkeln går över årsskiftet. Dela den i två, en för varje år."
    ),
    What.NOT_TICKED: gettext_lazy("Närvaron för %(day)s är inte ifylld."),
    What.FEW_PRESENT: gettext_lazy(
        "Mötet %(day)s räknas inte: %(there)s var där, och det behövs %(limit)s."
    ),
    What.SHORT_MEETING: gettext_lazy("Mötet %(day)s är kortare än %(limit)s minuter."),
    What.LONG_MEETING: gettext_lazy(
        "Mötet %(day)s har %(over)s studietimmar. Högst %(limit)s räknas på en dag."
    ),
    What.MORE_THAN_THE_CLOCK: gettext_lazy(
        "Mötet %(day)s har %(over)s studietimmar, men tiden räcker till %(limit)s."
    ),
    What.CAME_SELDOM: ngettext_lazy(
        "%(who)s behöver komma en gång till för att räknas.",
        "%(who)s behöver komma %(by)s gånger till för att räknas.",
        "number",
    ),
    What.CAME_LATE: gettext_lazy(
        "%(who)s var inte med på de första %(limit)s mötena och räknas därför inte."
    ),
    What.PERSON_FEW_HOURS: ngettext_lazy(
        "%(who)s behöver %(by)s studietimme till för att räknas.",
        "%(who)s behöver %(by)s studietimmar till för att räknas.",
        "number",
    ),
    What.TOO_YOUNG: gettext_lazy("%(who)s fyller inte %(limit)s i år och räknas därför inte."),
    What.NO_PLAN: gettext_lazy("Arbetsplanen saknas."),
    What.NO_REFERENCE: gettext_lazy("Numret hos studieförbundet saknas."),
    What.NO_AGREEMENT: gettext_lazy("%(who)s har inte läst det ni lovar varandra."),
    What.NO_NUMBER: gettext_lazy("%(who)s har inte lämnat sitt personnummer än."),
}
