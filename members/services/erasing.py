"""Somebody wants to be forgotten: hidden at once, gone for good after fourteen days."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.models import Person
from privacy import registry
from privacy.services import erase_person

TO_REGRET = timedelta(days=14)
# What stands in the place of a name.
GONE = "Borttagen"


@transaction.atomic
def hide(person: Person) -> Person:
    """Nobody sees them any more. A second yes does not begin the days anew."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.hidden_at is None:
        person.hidden_at = timezone.now()
        person.erase_on = timezone.localdate() + TO_REGRET
        person.save(update_fields=["hidden_at", "erase_on"])
    return person


@transaction.atomic
def regret(person: Person) -> Person:
    """Everything is as it was."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erase_on is not None:
        person.hidden_at = person.erase_on = None
        person.save(update_fields=["hidden_at", "erase_on"])
    return person


@transaction.atomic
def erase(person: Person) -> None:
    """Now. What others share the mailbox with is theirs and stays."""
    others = Person.objects.in_register().of_mailbox(person.email_key).exclude(pk=person.pk)
    if person.email_key and not others.exists():
        erase_person(person.email)
    else:
        rule = next(rule for rule in registry.rules() if rule.model is Person)
        rule.erase([person])
