"""Who is a member, and how one becomes and ceases to be one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from members.emails import fees as emails
from members.models import Membership, MembershipType, Person
from members.services.fee_year import Term, covered_to, term_for_renewal, term_when_paid
from payments.models import Charge, Flag, Payment
from payments.services import charges, ledger


@dataclass(frozen=True)
class Status:
    """How it stands with somebody's membership on a day. `until`: its last day, when there is one
    now or to come. `asked`: a fee that waits to be paid."""

    type: MembershipType | None
    in_force: bool
    until: date | None
    renew_year: int
    asked: Charge | None

    @property
    def renewable(self) -> bool:
        """A year ahead is enough: nobody pays for two."""
        return (
            self.until is None or self.until.year < self.renew_year <= timezone.localdate().year + 1
        )


def status_of(person: Person, day: date | None = None) -> Status:
    day = day or timezone.localdate()
    mine = person.memberships.select_related("type", "charge")
    now = mine.in_force(day).order_by("-ends_on").first()
    waiting = mine.filter(ended_on__isnull=True, charge__in=Charge.objects.waiting())
    asked = waiting.order_by("-year").first()
    last = now or mine.order_by("-ends_on").first()
    until = covered_to(person)
    return Status(
        type=last.type if last else None,
        in_force=now is not None,
        until=until if until and until >= day else None,
        renew_year=term_for_renewal(person, day).year,
        asked=asked.charge if asked else None,
    )


@transaction.atomic
def enter(
    person: Person, kind: MembershipType, term: Term, *, charge: Charge | None, **more: Any
) -> Membership:
    """Write the membership. It is in force when its charge is paid; with none, at once."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    membership = Membership.objects.create(
        person=person,
        type=kind,
        year=term.year,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        charge=charge,
        created_at=timezone.now(),
        **more,
    )
    if charge is None or charge.is_settled:
        give_number(person)
    return membership


def give_number(person: Person) -> None:
    """The next free member number, when the first fee is there. Kept for ever."""
    if person.member_number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('members_member_number')")
            person.member_number = cursor.fetchone()[0]
    person.stop_asking_at = None
    person.save(update_fields=["member_number", "stop_asking_at", *_FOLLOWS])


# What `Person.save` works out anew.
_FOLLOWS = ["email", "email_key", "search", "sort_key", "changed_at"]


@transaction.atomic
def take_fee(charge: Charge, person: Person, kind: MembershipType) -> Membership | None:
    """The charge is paid: the membership that it buys, from today or from the day after the one
    that runs. Told twice it is the same membership.

    None when they have that year already: then the treasurer gives the money back.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    mine = Membership.objects.filter(charge=charge).first()
    if mine and charge.payments.filter(kind__in=Payment.OUT).exists():
        return _hold_again(mine, charge)
    term = term_when_paid(person, charge)
    if term is None:
        _came_twice(charge)
        return None
    is_new = person.member_number is None
    _end_unpaid(person, term.year, but=mine)
    if mine is None:
        mine = enter(person, kind, term, charge=charge)
    else:
        mine.year, mine.starts_on, mine.ends_on = term.year, term.starts_on, term.ends_on
        mine.ended_on = None
        mine.save(update_fields=["year", "starts_on", "ends_on", "ended_on"])
        give_number(person)
    emails.post_welcome(mine, is_new=is_new)
    return mine


def _hold_again(membership: Membership, charge: Charge) -> Membership | None:
    """Money that had gone back is here again: the same days as before, unless they have left or
    have paid anew meanwhile."""
    if membership.ended_on is None:
        return membership
    paid_to = covered_to(membership.person, without=charge)
    if paid_to and paid_to >= membership.ends_on:
        _came_twice(charge)
        return None
    if membership.person.stop_asking_at is None:
        membership.ended_on = None
        membership.save(update_fields=["ended_on"])
    return membership


def _came_twice(charge: Charge) -> None:
    ledger.flag(
        Flag.Kind.PAID_TWICE,
        about=f"year:{charge.pk}",
        charge=charge,
        facts={"amount": charge.received, "year": charge.year},
    )
    emails.post_paid_twice(charge, charge.received - charge.returned, once="year")


def _end_unpaid(person: Person, year: int, *, but: Membership | None) -> None:
    """Another fee for the same year is not asked for any more."""
    others = Membership.objects.filter(person=person, year=year, ended_on__isnull=True)
    for other in others.select_related("charge"):
        if but is None or other.pk != but.pk:
            end(other)


def end(membership: Membership) -> None:
    """Today. Nobody is asked for its fee any more."""
    membership.ended_on = timezone.localdate()
    membership.save(update_fields=["ended_on"])
    if membership.charge and not membership.charge.received:
        charges.make_void(membership.charge)


def fee_went_back(charge: Charge) -> None:
    """All of it was given back: what it bought ends today. A part, or a pairing that was undone,
    ends nothing: whether it is paid is read from the ledger."""
    if charge.state == Charge.State.REFUNDED:
        Membership.objects.filter(charge=charge, ended_on__isnull=True).update(
            ended_on=timezone.localdate()
        )


@transaction.atomic
def leave(person: Person, *, words: str = "") -> Person:
    """They do not want to be a member any more. Ends today, and nobody asks again."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.stop_asking_at:
        return person
    today = timezone.localdate()
    running = Membership.objects.filter(person=person, ended_on__isnull=True, ends_on__gte=today)
    for membership in running.select_related("charge"):
        end(membership)
    person.stop_asking_at = timezone.now()
    if words:
        said = f"{today:%Y-%m-%d} Slutade: {words}"
        person.note = f"{person.note}\n{said}".strip()
    person.save(update_fields=["stop_asking_at", "note", "changed_at"])
    emails.post_left(person)
    return person


@transaction.atomic
def undo_leave(person: Person) -> Person:
    """They changed their mind: what ended when they left holds again."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.stop_asking_at is None:
        return person
    left_on = timezone.localdate(person.stop_asking_at)
    paid_to = covered_to(person)
    ended = Membership.objects.ever_in_force(person).filter(ended_on=left_on, ends_on__gte=left_on)
    for membership in ended.order_by("year"):
        if paid_to is None or paid_to < membership.ends_on:
            membership.ended_on = None
            membership.save(update_fields=["ended_on"])
    person.stop_asking_at = None
    person.save(update_fields=["stop_asking_at", "changed_at"])
    return person
