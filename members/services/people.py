"""Persons in the register: enter, change, protect, and end what somebody is a member as."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import Household, Membership, Person
from members.services import notices, timeline
from members.services.membership import end
from privacy.models import AccessLog, Consent
from privacy.services import note_access, note_consent

ABOUT = timeline.ABOUT
CONSENT = "members"
# What lies encrypted for who has protected identity, and is empty in the open columns.
HIDDEN_FIELDS = ("care_of", "street", "postcode", "town", "municipality", "phone")
# What stands in the place of a protected name.
ALIAS = "Skyddade uppgifter"


@dataclass(frozen=True)
class Opened:
    person: Person
    lines: list[timeline.Line]
    household: list[Person]
    in_force: list[Membership]
    notices: list[notices.Notice]


@transaction.atomic
def open_person(person: Person, *, actor: Any) -> Opened:
    """Everything about one person. That somebody looked is noted in the same transaction."""
    note_access(actor, action=AccessLog.Action.VIEW, about=ABOUT, reference=str(person.reference))
    reveal(person)
    together = []
    if person.household_id:
        together = list(
            Person.objects.in_register().filter(household=person.household_id).exclude(pk=person.pk)
        )
    in_force = Membership.objects.in_force(timezone.localdate()).filter(person=person)
    return Opened(
        person,
        timeline.lines(person),
        together,
        list(in_force.select_related("type")),
        notices.about(person),
    )


def reveal(person: Person) -> Person:
    """Fill the open attributes from the encrypted ones, in memory: never save what was revealed."""
    hidden: Any = person.protected
    for name, value in (hidden or {}).items():
        setattr(person, name, value)
    return person


@transaction.atomic
def enter_person(facts: dict[str, Any], *, actor: Any) -> Person:
    """A new person, told about by phone or on paper. The yes was given orally."""
    now = timezone.now()
    yes = note_consent(CONSENT, at=now, channel=Consent.Channel.OFFICE)
    person = Person(created_at=now, consent=yes)
    _write(person, facts)
    note_change(person, actor, "ny")
    return person


@transaction.atomic
def change(person: Person, facts: dict[str, Any], *, actor: Any) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    reveal(person)
    _write(person, facts)
    note_change(person, actor, "uppgifter")
    return person


def _write(person: Person, facts: dict[str, Any]) -> None:
    label = facts.pop("household_label", None)
    for name, value in facts.items():
        setattr(person, name, value)
    if label is not None:
        _name_household(person, label)
    if person.is_protected:
        _hide(person)
    else:
        person.protected = None
    person.save()


def _hide(person: Person) -> None:
    names = ("first_name", "last_name", *HIDDEN_FIELDS)
    hidden: Any = {name: getattr(person, name) for name in names}
    person.protected = hidden
    person.first_name, person.last_name = ALIAS, ""
    for name in HIDDEN_FIELDS:
        setattr(person, name, "")


def _name_household(person: Person, label: str) -> None:
    if person.household:
        person.household.label = label
        person.household.save(update_fields=["label"])
    elif label:
        person.household = Household.objects.create(label=label)


@transaction.atomic
def join_household(person: Person, other: Person, *, actor: Any) -> None:
    """They live together and get one envelope."""
    home = other.household or person.household or Household.objects.create()
    for one in (person, other):
        Person.objects.filter(pk=one.pk).update(household=home, changed_at=timezone.now())
        note_change(one, actor, "hushåll")


@transaction.atomic
def end_membership(person: Person, *, actor: Any) -> int:
    """They leave, by phone or letter. Also what has not begun yet ends."""
    running = Membership.objects.filter(
        person=person, ended_on=None, ends_on__gte=timezone.localdate()
    )
    ended = list(running.select_related("charge"))
    for one in ended:
        end(one)
    Person.objects.filter(pk=person.pk).update(
        stop_asking_at=timezone.now(), changed_at=timezone.now()
    )
    note_change(person, actor, "avslutade medlemskap")
    return len(ended)


def note_change(person: Person, actor: Any, what: str) -> None:
    note_access(
        actor, action=AccessLog.Action.CHANGE, about=ABOUT,
        reference=str(person.reference), reason=what,
    )  # fmt: skip


def visible_to(user: Any, people: Iterable[Person]) -> list[Person]:
    """For lists: who is protected is there without a name for all but a few."""
    people = list(people)
    sees = user.has_perm("members.see_protected")
    for person in people:
        if person.is_protected:
            if sees:
                reveal(person)
            else:
                person.first_name, person.last_name, person.email = ALIAS, "", ""
    return people
