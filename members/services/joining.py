"""From a form to a fee: what was typed, what is owed, and who it becomes when it is paid."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from members.emails import joining as emails
from members.models import Application, Membership, MembershipType, Person
from members.services import campaigns
from members.services import membership as memberships
from members.services.fee_year import term_for_newcomer
from members.services.fees import charge_for
from members.signals import joined
from payments.models import Charge
from payments.services import charges
from privacy.addresses import mail_key
from privacy.models import Consent
from privacy.services import note_consent

PURPOSE = "members"
NEWSLETTER = "newsletter"


@transaction.atomic
def keep(
    key: UUID,
    *,
    kind: MembershipType,
    is_reduced: bool,
    email: str,
    newsletter: bool = False,
    **typed: Any,
) -> Application:
    """Write down what somebody typed. The same number again corrects what it said before."""
    kept = Application.objects.select_for_update().filter(key=key).first()
    facts = {"email": email, "email_key": mail_key(email), **typed}
    facts["newsletter_consent"] = _newsletter_yes(newsletter, kept)
    if kept is None:
        return _write(key, kind, is_reduced, facts)
    if kept.charge and kept.charge.received:
        return kept  # it is paid: what they are now is in the register
    if kept.charge and (kept.type_id, kept.is_reduced) != (kind.pk, is_reduced):
        return _ask_anew(kept, kind, is_reduced, facts)
    kept.type, kept.is_reduced = kind, is_reduced
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.save()
    if kept.charge:
        _name_payer(kept)
    return kept


def _newsletter_yes(ticked: bool, kept: Application | None) -> Consent | None:
    """The first tick is the one that counts; without a tick there is no yes."""
    if not ticked:
        return None
    earlier = kept.newsletter_consent if kept else None
    return earlier or note_consent(NEWSLETTER, at=timezone.now())


def keep_address(application: Application, *, street: str, postcode: str, town: str) -> None:
    application.street, application.postcode, application.town = street, postcode, town
    application.save(update_fields=["street", "postcode", "town", "changed_at"])


def _write(key: UUID, kind: MembershipType, is_reduced: bool, facts: dict[str, Any]) -> Application:
    now = timezone.now()
    application = Application.objects.create(
        key=key,
        type=kind,
        is_reduced=is_reduced,
        consent=note_consent(PURPOSE, at=now),
        created_at=now,
        **facts,
    )
    # For everyone: whether there is something to tell is found out when it leaves, so that a form
    # that a member fills in takes no longer than others.
    emails.post_already(application, term_for_newcomer().year)
    return application


def _ask_anew(
    kept: Application, kind: MembershipType, is_reduced: bool, facts: dict[str, Any]
) -> Application:
    """Another price: the first fee is void, and money that comes for it all the same is found,
    because its own application stays."""
    assert kept.charge is not None
    charges.make_void(kept.charge)
    key, kept.key = kept.key, UUID(int=kept.key.int ^ kept.pk)
    kept.save(update_fields=["key", "changed_at"])
    return _write(key, kind, is_reduced, facts)


def _name_payer(application: Application) -> None:
    charge = application.charge
    assert charge is not None
    charge.payer_name = f"{application.first_name} {application.last_name}"
    charge.payer_email, charge.payer_key = application.email, application.email_key
    charge.save(update_fields=["payer_name", "payer_email", "payer_key"])


@transaction.atomic
def ask_to_pay(application: Application) -> Charge:
    """The charge of this application, written once. The same price whoever it is: the page tells
    nobody who is a member. Raises NoFeeSet."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("charge", "type")
        .get(pk=application.pk)
    )
    if application.charge:
        return application.charge
    term = term_for_newcomer()
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


@transaction.atomic
def become_member(application: Application) -> Membership | None:
    """The fee is paid: a person in the register, a number, and a membership. Once.

    None when they had that year already.
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    assert application.charge is not None
    is_first_time = application.person is None
    person = application.person or person_behind(application)
    if person is None:
        person = _new_person(application)
        campaigns.count_newcomer(application.campaign)
    application.person = person
    application.save(update_fields=["person", "changed_at"])
    if is_first_time:
        joined.send(sender=Application, application=application)
    return memberships.take_fee(application.charge, person, application.type)


def fee_came(charge: Charge) -> None:
    """A fee is paid: whoever it was for is a member. Other charges are not ours."""
    if application := Application.objects.filter(charge=charge).first():
        become_member(application)
    elif (
        waiting := Membership.objects.select_related("person", "type").filter(charge=charge).first()
    ):
        memberships.take_fee(charge, waiting.person, waiting.type)


def person_behind(application: Application) -> Person | None:
    """Who in the register this is: the same mailbox and the same name. Two may share a mailbox.

    A form proves nothing, so nothing of what it says is written on them.
    """
    return Person.objects.known_as(application.email_key, application.full_name)


def _new_person(application: Application) -> Person:
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
        created_at=timezone.now(),
    )
