"""Fees, ways to pay, and invented members in every state. Nobody is written to because of them."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from mail.models import Letter
from members.models import Fee, Household, MembershipType, Person
from members.services import joining, renewal
from members.services.fee_year import Term, covered_to, last_day
from members.services.fees import charge_for
from members.services.membership import enter
from payments.models import Charge, Payment, PaymentSettings
from payments.services import ledger
from privacy.services import note_consent
from samvaro.demo_data.members import (
    BANKGIRO,
    GROUPS,
    PRICES,
    REDUCED_SHARE,
    Group,
    Somebody,
    somebody,
)

METHODS = (Payment.Method.CARD, Payment.Method.BANKGIRO, Payment.Method.SWISH)
# The fees have been the same for so many years.
SINCE = 4


def load_members() -> None:
    today = timezone.localdate()
    _set_prices(today.year)
    number = 0
    for group in GROUPS:
        for _ in range(group.number):
            _load_one(group, somebody(number), number, today)
            number += 1
    _load_applications(number)
    # They are written to once already, as far as anybody knows.
    Letter.objects.filter(kind__startswith="member_").delete()
    _note_reminders()


def _set_prices(year: int) -> None:
    for key, (amount, share, reduced) in PRICES.items():
        kind = MembershipType.objects.get(key=key)
        facts = {"type": kind, "from_year": year - SINCE}
        Fee.objects.get_or_create(**facts, defaults={"amount": amount, "union_share": share})
        if reduced:
            Fee.objects.get_or_create(
                **facts,
                is_reduced=True,
                defaults={"amount": reduced, "union_share": REDUCED_SHARE},
            )
    chosen = PaymentSettings.load()
    chosen.bankgiro, chosen.takes_swish = BANKGIRO, True
    chosen.full_clean()
    chosen.save()


def _load_one(group: Group, one: Somebody, number: int, today: date) -> None:
    person = _person(group, one, today)
    kind = MembershipType.objects.get(key=group.kind)
    if group.household:
        _load_family(person, one, number, today)
    if group.free:
        enter(person, kind, _year(today.year), charge=None)
        return
    for step in group.paid:
        _paid_year(person, kind, today.year + step, number, reduced=group.reduced)
    if group.waits and group.mailbox:
        renewal.ask_for_year(person, today.year + 1)


def _person(group: Group, one: Somebody, today: date) -> Person:
    since = _at(today - timedelta(days=700))
    facts: dict[str, Any] = {"street": one.street, "postcode": one.postcode, "town": one.town}
    person = Person(
        first_name=one.first_name,
        last_name=one.last_name,
        email=one.email if group.mailbox else "",
        wants_paper=not group.mailbox,
        created_at=since,
        consent=note_consent("members", at=since),
    )
    if group.protected:
        person.is_protected = True
        hidden: Any = {**facts, "first_name": one.first_name, "last_name": one.last_name}
        person.protected = hidden
        person.first_name, person.last_name = "Skyddade uppgifter", ""
    else:
        for name, value in (facts | {"municipality": one.municipality}).items():
            setattr(person, name, value)
    person.save()
    return person


def _load_family(main: Person, one: Somebody, number: int, today: date) -> None:
    """Another at the same address, who belongs to the first."""
    home = Household.objects.create(label=f"Familjen {one.last_name}")
    relative = _person(Group(1), somebody(number + 500), today)
    relative.last_name, relative.street = one.last_name, one.street
    relative.postcode, relative.town = one.postcode, one.town
    for person in (main, relative):
        person.household = home
        person.save()
    kind = MembershipType.objects.get(key="family")
    _paid_year(relative, kind, today.year, number, main_member=main)


def _paid_year(
    person: Person,
    kind: MembershipType,
    year: int,
    number: int,
    *,
    reduced: bool = False,
    main_member: Person | None = None,
) -> None:
    charge = charge_for(kind, year, name=person.full_name, email=person.email, is_reduced=reduced)
    paid_on = min(date(year, 1, 8) + timedelta(days=number), timezone.localdate())
    Charge.objects.filter(pk=charge.pk).update(
        created_at=_at(paid_on - timedelta(days=6)), due_on=paid_on + timedelta(days=24)
    )
    ledger.record(
        charge,
        kind=Payment.Kind.PAID,
        method=METHODS[number % len(METHODS)],
        amount=charge.amount,
        source=f"demo:{charge.number}",
        happened_at=_at(paid_on),
    )
    charge.refresh_from_db()
    enter(person, kind, _year(year), charge=charge, main_member=main_member)


def _load_applications(number: int) -> None:
    """Two who have asked to become members and have not paid yet."""
    kind = MembershipType.objects.get(key="ordinary")
    for one in (somebody(number), somebody(number + 1)):
        application = joining.keep(
            uuid.uuid4(),
            kind=kind,
            is_reduced=False,
            email=one.email,
            first_name=one.first_name,
            last_name=one.last_name,
        )
        joining.ask_to_pay(application)


def _note_reminders() -> None:
    """What should have been asked by today has been: the clock finds nothing to make up for."""
    for person in Person.objects.exclude(email="").filter(is_protected=False):
        if ends_on := covered_to(person):
            renewal.note_sent(person, ends_on)


def _year(year: int) -> Term:
    return Term(year, date(year, 1, 1), last_day(year))


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
