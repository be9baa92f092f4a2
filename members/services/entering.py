"""The office makes somebody a member: by phone or letter, for the family, or without a fee."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.emails import fees as emails
from members.models import Membership, MembershipType, Person
from members.services import membership as memberships
from members.services.fee_year import Term, covered_to, last_day
from members.services.fees import charge_for
from members.services.people import note_change


class HasThatYear(Exception):
    """They are a member that year already, or have been asked for its fee."""


@transaction.atomic
def make_member(
    person: Person,
    kind: MembershipType,
    *,
    year: int,
    is_reduced: bool = False,
    is_free: bool = False,
    main_member: Person | None = None,
    actor: Any,
) -> Membership:
    """Asked for the fee by mail or on paper; without one, a member at once.

    Raises HasThatYear, and NoFeeSet where the board has set no price.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if Membership.objects.filter(person=person, year=year, ended_on=None).exists():
        raise HasThatYear
    is_new = person.member_number is None
    charge = None
    if not is_free:
        charge = charge_for(
            kind, year, name=person.full_name, email=person.email, is_reduced=is_reduced
        )
    made = memberships.enter(
        person, kind, _term(person, year), charge=charge, main_member=main_member
    )
    if charge:
        emails.post_invoice(charge)
    else:
        emails.post_welcome(made, is_new=is_new)
    note_change(person, actor, "nytt medlemskap")
    return made


def _term(person: Person, year: int) -> Term:
    """From today, or from the day after the last one that they have paid for."""
    paid_to, today = covered_to(person), timezone.localdate()
    first = max(today, date(year, 1, 1))
    if paid_to and paid_to >= first:
        first = date(year, 1, 1)
    return Term(year, first, last_day(year))
