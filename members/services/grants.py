"""The questions that help the association apply for grants. Free to answer, asked once."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import Application, MembershipSettings, Person
from privacy.services import note_consent

PURPOSE = "relation"
OPEN = ("birth_year", "gender", "municipality")


def may_ask(application: Application) -> bool:
    """Only who has just paid, and has not answered."""
    person = application.person
    return bool(
        person
        and MembershipSettings.load().asks_for_grants
        and not person.is_protected
        and not any(getattr(person, name) for name in (*OPEN, "relation"))
    )


@transaction.atomic
def answer(application: Application, answers: dict[str, Any]) -> None:
    """Written where nothing stood: a form never changes what the register knows."""
    if application.person is None or not may_ask(application):
        return
    person = Person.objects.select_for_update().get(pk=application.person.pk)
    for name in OPEN:
        setattr(person, name, answers.get(name) or getattr(person, name))
    said = answers.get("relation", "")
    if said and said != Person.Relation.UNSAID and answers.get("relation_consent"):
        person.relation = said
        person.relation_consent = note_consent(PURPOSE, at=timezone.now())
    person.save(update_fields=[*OPEN, "relation", "relation_consent", "changed_at"])
