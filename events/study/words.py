"""Each finding in one sentence: what is missing, and what would mend it."""

from collections.abc import Callable, Hashable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.study.facts import Circle
from events.study.findings import Finding, What
from mail.templatetags.dates import date_long, day_short

Names = Mapping[Hashable, str]
Values = dict[str, str | int]


def sentence(finding: Finding, circle: Circle, names: Names | None = None) -> str:
    """What is missing, and what would mend it."""
    return SENTENCES[finding.what](finding) % _values(finding, circle, names or {})


def _values(finding: Finding, circle: Circle, names: Names) -> Values:
    there = finding.limit - finding.by
    values: Values = {
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


def _few_meetings(found: Finding) -> str:
    return ngettext(
        "Det behövs %(by_neuter)s möte till.", "Det behövs %(by)s möten till.", found.by
    )


def _few_hours(found: Finding) -> str:
    return ngettext(
        "Det behövs %(by)s studietimme till.", "Det behövs %(by)s studietimmar till.", found.by
    )


def _few_people(found: Finding) -> str:
    return ngettext(
        "%(There)s räknas som deltagare. Det behövs %(by)s person till som kommer ofta nog.",
        "%(There)s räknas som deltagare. Det behövs %(by)s personer till som kommer ofta nog.",
        found.by,
    )


def _few_enrolled(found: Finding) -> str:
    return ngettext(
        "Det behövs %(by)s person till, ledaren inräknad.",
        "Det behövs %(by)s personer till, ledaren inräknad.",
        found.by,
    )


def _plan_few_meetings(found: Finding) -> str:
    return ngettext(
        "Planera %(by_neuter)s möte till, annars räknas inte cirkeln.",
        "Planera %(by)s möten till, annars räknas inte cirkeln.",
        found.by,
    )


def _plan_few_hours(found: Finding) -> str:
    return ngettext(
        "Planera %(by)s studietimme till, annars räknas inte cirkeln.",
        "Planera %(by)s studietimmar till, annars räknas inte cirkeln.",
        found.by,
    )


def _came_seldom(found: Finding) -> str:
    return ngettext(
        "%(who)s behöver komma en gång till för att räknas.",
        "%(who)s behöver komma %(by)s gånger till för att räknas.",
        found.by,
    )


def _person_few_hours(found: Finding) -> str:
    return ngettext(
        "%(who)s behöver %(by)s studietimme till för att räknas.",
        "%(who)s behöver %(by)s studietimmar till för att räknas.",
        found.by,
    )


SENTENCES: dict[What, Callable[[Finding], str]] = {
    What.NOT_APPROVED: lambda found: _("Studieförbundet har inte godkänt cirkeln än."),
    What.APPROVED_LATE: lambda found: _("Godkännandet kom efter den första träffen."),
    What.NO_LEADER: lambda found: _("Cirkeln har ingen ledare än."),
    What.FEW_MEETINGS: _few_meetings,
    What.FEW_HOURS: _few_hours,
    What.FEW_PEOPLE: _few_people,
    What.MANY_PEOPLE: lambda found: _("%(over)s räknas som deltagare. Högst %(limit)s får vara med."),
    What.PLAN_FEW_MEETINGS: _plan_few_meetings,
    What.PLAN_FEW_HOURS: _plan_few_hours,
    What.FEW_ENROLLED: _few_enrolled,
    What.MANY_ENROLLED: lambda found: _("%(over)s har plats, med ledaren. Högst %(limit)s får räknas."),
    What.OVER_OWN_MOST: lambda found: _("%(over)s har plats, med ledaren. Gruppen är tänkt för högst %(limit)s."),
    What.MANY_HOURS_IN_WEEK: lambda found: _(
        "Veckan från %(monday)s har %(over)s studietimmar. Högst %(limit)s räknas."
    ),
    What.MANY_MEETINGS_IN_WEEK: lambda found: _(
        "Veckan från %(monday)s har %(over)s möten. Högst %(limit)s räknas."
    ),
    What.MANY_HOURS_IN_YEAR: lambda found: _(
        "År %(year)s har %(over)s studietimmar. Högst %(limit)s räknas."
    ),
    What.OVER_NEW_YEAR: lambda found: _(
        "Cirkeln går över årsskiftet. Dela den i två, en för varje år."
    ),
    What.NOT_TICKED: lambda found: _("Närvaron för %(day)s är inte ifylld."),
    What.FEW_PRESENT: lambda found: _(
        "Mötet %(day)s räknas inte: %(there)s var där, och det behövs %(limit)s."
    ),
    What.SHORT_MEETING: lambda found: _("Mötet %(day)s är kortare än %(limit)s minuter."),
    What.LONG_MEETING: lambda found: _(
        "Mötet %(day)s har %(over)s studietimmar. Högst %(limit)s räknas på en dag."
    ),
    What.MORE_THAN_THE_CLOCK: lambda found: _(
        "Mötet %(day)s har %(over)s studietimmar, men tiden räcker till %(limit)s."
    ),
    What.CAME_SELDOM: _came_seldom,
    What.CAME_LATE: lambda found: _(
        "%(who)s var inte med på de första %(limit)s mötena och räknas därför inte."
    ),
    What.PERSON_FEW_HOURS: _person_few_hours,
    What.TOO_YOUNG: lambda found: _("%(who)s fyller inte %(limit)s i år och räknas därför inte."),
    What.NO_PLAN: lambda found: _("Arbetsplanen saknas."),
    What.NO_REFERENCE: lambda found: _("Numret hos studieförbundet saknas."),
    What.NO_AGREEMENT: lambda found: _("%(who)s har inte läst det ni lovar varandra."),
    What.NO_NUMBER: lambda found: _("%(who)s har inte lämnat sitt personnummer än."),
}  # fmt: skip
