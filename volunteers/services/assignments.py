"""Roles, promises, courses and mentors: what the coordinator notes and what the person says."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from members.models import User
from volunteers.models import Agreement, Assignment, Lead, LeadMove, Promise, Role, Training
from volunteers.models.assignment import TrainingRecord
from volunteers.services import moves

# The words until the board writes its own.
FIRST_TEXT = (
    "Du bestämmer själv hur mycket du vill göra. Du kan ta paus eller sluta när du vill.\n\n"
    "Vi ger dig en introduktion och någon att prata med. Vi betalar dina utlägg när vi har "
    "kommit överens om dem.\n\n"
    "Du säger till när du inte kan komma. Du behöver inte säga varför."
)
FIRST_SECRECY = (
    "Det jag hör om andra stannar hos mig, också efter att jag har slutat. "
    "Är jag orolig för någon pratar jag med min kontaktperson."
)


def current_agreement() -> Agreement:
    newest = Agreement.objects.order_by("-version").first()
    return (
        newest
        or Agreement.objects.get_or_create(
            version=1, defaults={"text": FIRST_TEXT, "secrecy": FIRST_SECRECY}
        )[0]
    )


@transaction.atomic
def agree(lead: Lead, *, by: str = LeadMove.By.PERSON, actor: User | None = None) -> Promise:
    """A yes to the words of today, and to secrecy."""
    row, now = moves.locked(lead), timezone.now()
    promise, is_new = Promise.objects.get_or_create(
        lead=row,
        defaults={"agreement": current_agreement(), "agreed_at": now, "secrecy_at": now},
    )
    if is_new:
        moves.record(row, LeadMove.What.AGREED, by=by, actor=actor)
    return promise


@transaction.atomic
def give_role(lead: Lead, role: Role) -> Assignment:
    """A role to begin with. The same role twice is one."""
    moves.locked(lead)
    assignment, _ = Assignment.objects.get_or_create(
        lead=lead, role=role, ended_on=None, defaults={"started_on": timezone.localdate()}
    )
    return assignment


def end_role(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk, ended_on=None).update(ended_on=timezone.localdate())


def set_mentor(assignment: Assignment, mentor: Lead | None) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(mentor=mentor)


def note_extract(assignment: Assignment, seen_on: date | None) -> None:
    """Only the day; the paper goes back to whom it belongs."""
    Assignment.objects.filter(pk=assignment.pk).update(extract_seen_on=seen_on)


def note_training(lead: Lead, training: Training, done_on: date) -> TrainingRecord:
    record, _ = TrainingRecord.objects.get_or_create(lead=lead, training=training, done_on=done_on)
    return record


def possible_mentors(lead: Lead) -> list[Lead]:
    """Those who are active, by name."""
    rows = Lead.objects.filter(stage=Lead.Stage.ACTIVE).exclude(pk=lead.pk)
    return list(rows.order_by("name"))
