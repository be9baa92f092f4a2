"""What a year of volunteers came to, as numbers: for the board, the annual report and grants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.exports import Column, Sheet, workbook
from volunteers.models import (
    Assignment,
    CouncilMeeting,
    CrewMember,
    HourNote,
    Lead,
    LeadMove,
    LectureBooking,
    PhoneCall,
    Shift,
    SupervisionMeeting,
)


@dataclass(frozen=True)
class Figure:
    """One line: what was counted, and how many in the year and in the year before it."""

    words: str
    now: int
    before: int


def of_year(year: int) -> list[Figure]:
    """Each figure beside that of the year before."""
    before = dict(_count(year - 1))
    return [Figure(words, number, before[words]) for words, number in _count(year)]


def years() -> list[int]:
    """From the first year of which anything is known, the newest first."""
    this_year = timezone.localdate().year
    first = Lead.objects.aggregate(first=Min("created_at"))["first"]
    return list(range(this_year, (timezone.localdate(first).year if first else this_year) - 1, -1))


def _count(year: int) -> Iterable[tuple[str, int]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    yield from _people(first, last)
    yield from _time(first, last)
    yield from _outward(first, last)


def _people(first: date, last: date) -> Iterable[tuple[str, int]]:
    new = Lead.objects.filter(created_at__date__range=(first, last))
    active = LeadMove.objects.filter(at__date__range=(first, last), to_stage=Lead.Stage.ACTIVE)
    active = active.exclude(from_stage__in=[Lead.Stage.ACTIVE, Lead.Stage.PAUSED])
    had_a_role = Assignment.objects.filter(started_on__lte=last).filter(
        Q(ended_on=None) | Q(ended_on__gte=first)
    )
    yield _("Ville hjälpa till"), new.count()
    yield _("Blev aktiva"), active.values("lead").distinct().count()
    yield _("Hade ett uppdrag"), had_a_role.values("lead").distinct().count()


def _time(first: date, last: date) -> Iterable[tuple[str, int]]:
    held = Shift.objects.filter(
        starts_at__date__range=(first, last), ends_at__lt=timezone.now(), cancelled_at=None
    )
    met = SupervisionMeeting.objects.filter(
        starts_at__date__range=(first, last), noted_at__lte=timezone.now()
    )
    yield _("Pass"), held.count()
    yield _("Timmar på pass"), _hours(minutes_on_shifts(first, last))
    yield _("Timmar som volontärer har noterat"), _hours(minutes_told(first, last))
    yield _("Handledarträffar"), met.count()


def _outward(first: date, last: date) -> Iterable[tuple[str, int]]:
    days = (first, last)
    calls = PhoneCall.objects.filter(on__range=days)
    held = LectureBooking.objects.filter(
        state=LectureBooking.State.DONE, starts_at__date__range=days
    )
    reported = CouncilMeeting.objects.filter(starts_at__date__range=days, reported_at__isnull=False)
    yield _("Samtal till kansliet"), calls.count()
    yield _("Timmar i telefon"), _hours(calls.aggregate(sum=Sum("minutes"))["sum"] or 0)
    yield _("Besök hos vården, skolor och arbetsplatser"), held.count()
    yield _("Personer som lyssnade"), held.aggregate(sum=Sum("actual"))["sum"] or 0
    yield _("Rådsmöten med rapport"), reported.count()


def _hours(minutes: int) -> int:
    return round(minutes / 60)


def minutes_told(first: date, last: date) -> int:
    """What volunteers have liked to tell. Nobody has to."""
    rows = HourNote.objects.filter(day__range=(first, last))
    return rows.aggregate(sum=Sum("minutes"))["sum"] or 0


def minutes_on_shifts(first: date, last: date) -> int:
    """Of everyone who came to a shift that is over."""
    rows = CrewMember.objects.there().filter(
        shift__ends_at__lt=timezone.now(),
        shift__starts_at__date__range=(first, last),
        shift__cancelled_at=None,
    )
    spans = rows.values_list("shift__starts_at", "shift__ends_at")
    return round(sum((end - start for start, end in spans), timedelta()) / timedelta(minutes=1))


def as_workbook(year: int, *, actor: Any) -> bytes:
    mark = _("Volontärer %(year)s. Uttagen av %(who)s %(when)s.")
    mark %= {"year": year, "who": actor, "when": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    columns = [Column(_("Vad"), 44), Column(str(year), 12), Column(str(year - 1), 12)]
    lines = [[one.words, str(one.now), str(one.before)] for one in of_year(year)]
    return workbook([Sheet(_("Volontärer"), columns, lines)], mark=mark)
