"""Fees and payments for tests: prices, somebody who asks to join, money that comes."""

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import Application, Fee, Membership, MembershipType, Person
from members.services import joining
from members.services.fee_year import Term, last_day
from members.services.membership import enter
from payments.models import Charge, Payment
from payments.services import charges, ledger

Kind, Method = Payment.Kind, Payment.Method


def set_prices(year: int = 2020) -> MembershipType:
    """200, 100 and 600 kronor from this year on. Returns the ordinary kind."""
    ordinary = MembershipType.objects.get(key="ordinary")
    supporting = MembershipType.objects.get(key="supporting")
    Fee.objects.create(type=ordinary, from_year=year, amount=20000, union_share=8000)
    Fee.objects.create(type=ordinary, from_year=year, is_reduced=True, amount=10000)
    Fee.objects.create(type=supporting, from_year=year, amount=60000)
    return ordinary


def apply(email: str = "kim@exempel.se", **facts: Any) -> Application:
    typed = {"first_name": "Kim", "last_name": "Lind"} | facts
    kind = typed.pop("kind", None) or MembershipType.objects.get(key="ordinary")
    key = typed.pop("key", None) or uuid.uuid4()
    is_reduced = typed.pop("is_reduced", False)
    return joining.keep(key, kind=kind, is_reduced=is_reduced, email=email, **typed)


def letters() -> list[str]:
    """What has been written. Every application has a letter for who is a member already: it is
    made ready for all and leaves only for them."""
    return sorted(Letter.objects.exclude(kind="member_already").values_list("kind", flat=True))


def told_already() -> list[str]:
    """To whom it was said that they are members already."""
    deliver_due()
    told = Letter.objects.filter(kind="member_already", state=Letter.State.SENT)
    return list(told.values_list("to", flat=True))


def pay(charge: Charge, *, amount: int | None = None, source: str = "") -> Payment | None:
    return ledger.record(
        charge,
        kind=Kind.PAID,
        method=Method.CARD,
        amount=amount or charge.amount,
        source=source or f"test:{uuid.uuid4()}",
        happened_at=timezone.now(),
    )


def give_back(charge: Charge, amount: int | None = None) -> Payment | None:
    return ledger.record(
        charge,
        kind=Kind.REFUNDED,
        method=Method.CARD,
        amount=-(amount or charge.amount),
        source=f"test:{uuid.uuid4()}",
        happened_at=timezone.now(),
    )


def join(email: str = "kim@exempel.se", **facts: Any) -> Person:
    """Somebody who has applied and paid."""
    application = apply(email, **facts)
    pay(joining.ask_to_pay(application))
    application.refresh_from_db()
    assert application.person
    return application.person


def member(year: int, *, paid: bool = True, **facts: Any) -> Person:
    """Somebody who is a member for a year, whatever the day is."""
    number = Person.objects.count()
    typed = {
        "first_name": "Kim",
        "last_name": f"Lind {number}",
        "email": f"medlem{number}@exempel.se",
        "created_at": timezone.now(),
    }
    person = Person.objects.create(**(typed | facts))
    kind = MembershipType.objects.get(key="ordinary")
    charge = charges.ask_for(
        Charge.Kind.FEE,
        amount=20000,
        year=year,
        due_on=last_day(year),
        name=person.full_name,
        email=person.email,
    )
    enter(person, kind, Term(year, date(year, 1, 1), last_day(year)), charge=charge)
    if paid:
        Charge.objects.filter(pk=charge.pk).update(received=20000, paid_at=timezone.now())
    return person


def years(person: Person) -> list[int]:
    """What they are a member for, paid and not ended."""
    mine = Membership.objects.ever_in_force(person).filter(ended_on=None)
    return list(mine.order_by("year").values_list("year", flat=True))
