"""From a form to a member: what was typed, what is owed, and who it becomes when it is paid."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from members.models import Application, Membership, MembershipType, Person
from members.services.fee_year import Term, term_for_newcomer, term_for_renewal
from payments.models import Charge, PaymentSettings
from payments.services import charges
from privacy import swedish
from privacy.models import Consent


class NoFeeSet(Exception):
    """The board has not decided what this kind of membership costs that year."""


@transaction.atomic
def ask_to_pay(application: Application) -> Charge:
    """The charge of this application, written once. Raises NoFeeSet."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.charge:
        return application.charge
    known = person_behind(application)
    term = term_for_renewal(known) if known else term_for_newcomer()
    charge = charge_for(
        application.type,
        term.year,
        is_reduced=application.is_reduced,
        name=f"{application.first_name} {application.last_name}",
        email=application.email,
    )
    application.charge, application.year = charge, term.year
    application.save(update_fields=["charge", "year", "changed_at"])
    return charge


def charge_for(
    kind: MembershipType, year: int, *, name: str, email: str, is_reduced: bool = False
) -> Charge:
    """A charge for one year. Raises NoFeeSet."""
    fee = kind.fee(year, reduced=is_reduced) or kind.fee(year)
    if fee is None:
        raise NoFeeSet(f"{kind.key} {year}")
    supports = not kind.votes and not kind.needs_main_member
    return charges.ask_for(
        Charge.Kind.SUPPORT if supports else Charge.Kind.FEE,
        amount=fee.amount,
        union_share=fee.union_share,
        year=year,
        due_on=timezone.localdate() + timedelta(days=PaymentSettings.load().invoice_days),
        name=name,
        email=email,
    )


@transaction.atomic
def become_member(application: Application) -> Membership:
    """The fee is paid: a person in the register, a number, and a membership. Once."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    assert application.charge is not None
    had = Membership.objects.filter(charge=application.charge).first()
    if had:
        return had
    person = person_behind(application) or _new_person(application)
    term = term_for_renewal(person)
    membership = enter(person, application.type, term, charge=application.charge)
    application.person = person
    application.save(update_fields=["person", "changed_at"])
    return membership


@transaction.atomic
def enter(
    person: Person, kind: MembershipType, term: Term, *, charge: Charge | None, **more: Any
) -> Membership:
    """Write the membership, and give a number to whom this is the first one for."""
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
    give_number(person)
    return membership


def give_number(person: Person) -> None:
    """The next free member number, when the first fee is there. Kept for ever."""
    if person.member_number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('members_member_number')")
            person.member_number = cursor.fetchone()[0]
    person.stop_asking_at = None
    person.save()


def person_behind(application: Application) -> Person | None:
    """Who in the register this is: the same mailbox and the same name. Two may share a mailbox.

    A form proves nothing, so nothing of what it says is written on them.
    """
    same = Person.objects.in_register().of_mailbox(application.email_key)
    name = swedish.fold(f"{application.first_name} {application.last_name}")
    return next((one for one in same if swedish.fold(one.full_name) == name), None)


def _new_person(application: Application) -> Person:
    now = timezone.now()
    yes = Consent.objects.create(
        text=application.consent.text,
        channel=application.consent.channel,
        given_at=application.consent.given_at,
    )
    return Person.objects.create(
        first_name=application.first_name,
        last_name=application.last_name,
        email=application.email,
        wants_paper=application.wants_paper,
        street=application.street,
        postcode=application.postcode,
        town=application.town,
        consent=yes,
        created_at=now,
    )
