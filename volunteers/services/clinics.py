"""Clinics and those who work there: what we note, and what they have the right to."""

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from privacy.addresses import mail_key
from privacy.models import AccessLog
from privacy.services import note_access
from volunteers.models import Clinic, ClinicContact, TermLetter, Touch

ABOUT = "volunteers.ClinicContact"


class TheyObjected(Exception):
    """This person has asked us not to keep their address."""


def _fingerprint(email: str) -> str:
    return hashlib.sha256(mail_key(email).encode()).hexdigest()


@transaction.atomic
def save_contact(contact: ClinicContact) -> ClinicContact:
    """Raises TheyObjected."""
    if contact.email:
        objected = ClinicContact.objects.filter(fingerprint=_fingerprint(contact.email))
        if objected.exists():
            raise TheyObjected
    contact.follow()
    contact.save()
    return contact


@transaction.atomic
def object_to(contact: ClinicContact, *, actor: Any) -> ClinicContact:
    """They do not want to stand in our register: only that they said no stays."""
    contact = ClinicContact.objects.select_for_update().get(pk=contact.pk)
    forget_contact(contact)
    note_access(actor, action=AccessLog.Action.CHANGE, about=ABOUT, reason="invändning")
    return contact


def forget_contact(contact: ClinicContact) -> None:
    if contact.email:
        contact.fingerprint = _fingerprint(contact.email)
    contact.name = contact.email = contact.email_key = contact.phone = ""
    contact.objected_on = contact.objected_on or timezone.localdate()
    contact.save()


@transaction.atomic
def note_touch(
    clinic: Clinic, *, actor: Any, next_step: str = "", due_on: date | None = None, **facts: Any
) -> Touch:
    """What was said, and what we do next. Without a next step it is over and done with.

    The steps that waited before it are done: this is what came of them.
    """
    today = timezone.localdate()
    for earlier in Touch.objects.filter(clinic=clinic, closed_on=None).select_for_update():
        earlier.close(today)
        earlier.save()
    touch = Touch(clinic=clinic, by=actor, owner=actor, **facts)
    if next_step and due_on:
        touch.plan(next_step, due_on)
    else:
        touch.close(today)
    touch.save()
    return touch


@transaction.atomic
def finish(touch: Touch) -> Touch:
    """Done, and nothing follows."""
    touch = Touch.objects.select_for_update().get(pk=touch.pk)
    if touch.is_open:
        touch.close(timezone.localdate())
        touch.save()
    return touch


@transaction.atomic
def save_clinic(clinic: Clinic) -> Clinic:
    """A clinic that wants no letters gets none that has been written but not posted."""
    clinic.save()
    if clinic.no_letters_since or clinic.closed_on:
        TermLetter.objects.filter(clinic=clinic, posted_on=None).delete()
    return clinic
