"""Shifts: take one, give it back, ask the others when too few are left, and remind."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mail.services import next_decent_hour
from volunteers.emails import shifts as emails
from volunteers.models import CrewMember, Lead, Shift

# Reminders leave the day before, from this hour (ux.md 2a).
REMIND_AT = time(10)
REMIND_UNTIL = time(20)
# So many weeks ahead a volunteer sees what is free.
SEEN_AHEAD = timedelta(weeks=6)


class ShiftFull(Exception):
    """Enough people come already."""


class ShiftOver(Exception):
    """It has begun, or it is called off."""


class NotTheirs(Exception):
    """Only those who are active in this role take its shifts."""


class TwoAtOnce(Exception):
    """They are somewhere else then. `.other` is where."""

    def __init__(self, other: Shift) -> None:
        super().__init__("two shifts at the same time")
        self.other = other


@transaction.atomic
def take(shift: Shift, lead: Lead, *, anyway: bool = False) -> CrewMember:
    """A place on a shift, while there is one. Pressed twice it is the same place.

    Raises ShiftOver, NotTheirs, ShiftFull, and TwoAtOnce unless `anyway`.
    """
    row, now = _locked(shift), timezone.now()
    mine = row.crew.there().filter(lead=lead).first()
    if mine:
        return mine
    if row.cancelled_at or row.starts_at <= now:
        raise ShiftOver
    if not may_take(row, lead):
        raise NotTheirs
    if row.crew.there().count() >= row.max_crew:
        raise ShiftFull
    other = overlapping(row, lead)
    if other and not anyway:
        raise TwoAtOnce(other)
    member = row.crew.create(lead=lead, taken_at=now)
    if row.searching_since and row.crew.there().count() >= row.min_crew:
        row.searching_since = None
        row.save(update_fields=["searching_since"])
    return member


def _locked(shift: Shift) -> Shift:
    return Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)


def may_take(shift: Shift, lead: Lead) -> bool:
    now = Lead.objects.filter(pk=lead.pk, stage=Lead.Stage.ACTIVE)
    return now.filter(assignments__role=shift.role_id, assignments__ended_on=None).exists()


def overlapping(shift: Shift, lead: Lead) -> Shift | None:
    """Another shift that they have said yes to and that is at the same time."""
    rows = Shift.objects.filter(
        crew__lead=lead,
        crew__given_back_at=None,
        cancelled_at=None,
        starts_at__lt=shift.ends_at,
        ends_at__gt=shift.starts_at,
    )
    return rows.exclude(pk=shift.pk).select_related("role").first()


@transaction.atomic
def give_back(member: CrewMember) -> Shift:
    """ "Jag kan inte". When too few are left the others are asked at once."""
    shift = _locked(member.shift)
    row = CrewMember.objects.get(pk=member.pk)
    if row.given_back_at or shift.starts_at <= timezone.now():
        return shift
    row.given_back_at = timezone.now()
    row.save(update_fields=["given_back_at"])
    _search(shift)
    return shift


def _search(shift: Shift) -> None:
    """Ask everyone who could come. The first one who says yes has the place."""
    if shift.cancelled_at or shift.crew.there().count() >= shift.min_crew:
        return
    now = timezone.now()
    shift.searching_since = now
    shift.save(update_fields=["searching_since"])
    due_at = next_decent_hour(now)
    for lead in could_come(shift):
        emails.post_stand_in(shift, lead, due_at=due_at)


def could_come(shift: Shift) -> list[Lead]:
    """Active in the role, not there already, and free then."""
    busy = CrewMember.objects.there().filter(
        shift__starts_at__lt=shift.ends_at,
        shift__ends_at__gt=shift.starts_at,
        shift__cancelled_at=None,
    )
    had = shift.crew.values("lead")
    rows = Lead.objects.filter(
        stage=Lead.Stage.ACTIVE, assignments__role=shift.role, assignments__ended_on=None
    )
    return list(rows.exclude(pk__in=busy.values("lead")).exclude(pk__in=had).distinct())


def coming_of(lead: Lead, *, until: date | None = None) -> QuerySet[CrewMember]:
    """The places that they have on shifts to come, up to that day."""
    rows = CrewMember.objects.there().filter(lead=lead, shift__starts_at__gt=timezone.now())
    return rows.filter(shift__starts_at__date__lt=until) if until else rows


def free(lead: Lead, *, until: date | None = None) -> None:
    """Every coming shift of somebody who rests or leaves, up to that day, goes to the others."""
    for member in coming_of(lead, until=until).select_related("shift"):
        give_back(member)


@transaction.atomic
def cancel(shift: Shift) -> Shift:
    """Called off. Those who would have come are told."""
    row = _locked(shift)
    if row.cancelled_at is None:
        row.cancelled_at = timezone.now()
        row.save(update_fields=["cancelled_at"])
        for member in row.crew.there().select_related("lead"):
            emails.post_cancelled(row, member.lead)
    return row


def lay_out(first: Shift, *, weeks: int) -> list[Shift]:
    """The same time on so many weeks, by the clock on the wall."""
    start, length = timezone.localtime(first.starts_at), first.ends_at - first.starts_at
    shifts = []
    for number in range(weeks):
        day = start.date() + timedelta(weeks=number)
        begins = timezone.make_aware(datetime.combine(day, start.time()))
        shifts.append(
            Shift(
                role=first.role, starts_at=begins, ends_at=begins + length, place=first.place,
                min_crew=first.min_crew, max_crew=first.max_crew, note=first.note,
            )
        )  # fmt: skip
    return Shift.objects.bulk_create(shifts)


def of(lead: Lead) -> list[Shift]:
    """Those that they come to, the next one first. Each carries `member`."""
    rows = CrewMember.objects.there().filter(
        lead=lead, shift__ends_at__gt=timezone.now(), shift__cancelled_at=None
    )
    shifts = []
    for member in rows.select_related("shift__role").order_by("shift__starts_at"):
        member.shift.member = member  # type: ignore[attr-defined]  # for the page
        shifts.append(member.shift)
    return shifts


def free_for(lead: Lead) -> list[Shift]:
    """What they could take in the coming weeks: those that need somebody most come first."""
    if lead.stage != Lead.Stage.ACTIVE:
        return []
    now = timezone.now()
    roles = lead.assignments.current().values("role")
    rows = Shift.objects.coming(now).with_room().filter(role__in=roles)
    rows = rows.filter(starts_at__lt=now + SEEN_AHEAD)
    mine = CrewMember.objects.there().filter(lead=lead).values("shift")
    found = rows.exclude(pk__in=mine).select_related("role")
    return sorted(found, key=lambda shift: (shift.crew_size >= shift.min_crew, shift.starts_at))


def short_of_people(now: datetime, within: timedelta = SEEN_AHEAD) -> Iterable[Shift]:
    """Coming shifts with fewer people than they need."""
    rows = Shift.objects.coming(now).short().filter(starts_at__lt=now + within)
    return rows.select_related("role")


def remind_due() -> int:
    """The day before, to everyone who comes. Each reminder is written once."""
    local = timezone.localtime()
    if not REMIND_AT <= local.time() < REMIND_UNTIL:
        return 0
    tomorrow = local.date() + timedelta(days=1)
    rows = CrewMember.objects.there().filter(
        shift__starts_at__date=tomorrow, shift__cancelled_at=None
    )
    letters = [
        emails.post_reminder(member.shift, member.lead)
        for member in rows.select_related("shift", "lead")
    ]
    return len([letter for letter in letters if letter])
