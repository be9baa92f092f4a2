"""Two rows that are one person become one. What was known of the other is kept for a while."""

from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from members.models import (
    Application,
    ImportedRow,
    Membership,
    Merge,
    NotSamePerson,
    PaperLetter,
    Person,
    Reminder,
)
from members.services.erasing import GONE
from members.services.people import ABOUT, HIDDEN_FIELDS
from privacy.models import AccessLog
from privacy.services import note_access

# What is taken over where the row that stays knows nothing.
FILLED = (
    "member_number", "last_name", "email", "phone", "care_of", "street", "postcode", "town",
    "municipality", "birth_year", "gender", "relation", "relation_consent_id", "note",
    "household_id", "consent_id",
)  # fmt: skip


class CannotMerge(Exception):
    """One of them is gone, or they are the same row."""


class KeepProtected(CannotMerge):
    """The row with protected identity is the one to keep: its address must not come into the open."""


@transaction.atomic
def merge(kept: Person, gone: Person, *, actor: Any) -> Person:
    """Everything of `gone` becomes `kept`'s. Raises CannotMerge, KeepProtected."""
    rows = Person.objects.in_register().filter(pk__in=[kept.pk, gone.pk])
    both = {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    if len(both) != 2:
        raise CannotMerge
    kept, gone = both[kept.pk], both[gone.pk]
    if gone.is_protected:
        raise KeepProtected
    before = {name: getattr(gone, name) for name in ("first_name", "wants_paper", *FILLED)}
    Merge.objects.create(
        kept=kept, gone=gone, before=cast(Any, before), at=timezone.now(), by=actor
    )
    _move_memberships(kept, gone)
    _move_the_rest(kept, gone)
    _fill(kept, gone)
    note_access(
        actor, action=AccessLog.Action.CHANGE, about=ABOUT,
        reference=str(kept.reference), reason="slog ihop med en till rad",
    )  # fmt: skip
    return kept


def _move_memberships(kept: Person, gone: Person) -> None:
    """Two for the same year: the paid one holds, the other is ended."""
    today = timezone.localdate()
    mine = {one.year: one for one in _open(kept)}
    for theirs in _open(gone):
        other = mine.get(theirs.year)
        if other:
            ends = other if _holds(theirs) and not _holds(other) else theirs
            ends.ended_on = today
            ends.save(update_fields=["ended_on"])
    Membership.objects.filter(person=gone).update(person=kept)
    Membership.objects.filter(main_member=gone).update(main_member=kept)


def _open(person: Person) -> Any:
    rows = Membership.objects.filter(person=person, ended_on=None)
    return rows.select_related("charge").select_for_update(of=("self",))


def _holds(membership: Membership) -> bool:
    return membership.charge is None or membership.charge.is_settled


def _move_the_rest(kept: Person, gone: Person) -> None:
    had = set(Reminder.objects.filter(person=kept).values_list("rule", "ends_on"))
    for reminder in Reminder.objects.filter(person=gone):
        if (reminder.rule_id, reminder.ends_on) in had:
            reminder.delete()
    Reminder.objects.filter(person=gone).update(person=kept)
    Application.objects.filter(person=gone).update(person=kept)
    PaperLetter.objects.filter(person=gone).update(person=kept)
    ImportedRow.objects.filter(person=gone).update(person=kept)
    Person.objects.filter(merged_into=gone).update(merged_into=kept)
    NotSamePerson.objects.filter(first=gone).delete()
    NotSamePerson.objects.filter(second=gone).delete()


def _fill(kept: Person, gone: Person) -> None:
    taken = {name: getattr(gone, name) for name in FILLED if not getattr(kept, name)}
    wants_paper = gone.wants_paper
    gone.first_name = GONE
    for name in FILLED:
        empty = Person._meta.get_field(name.removesuffix("_id"))
        setattr(gone, name, None if empty.null else "")
    gone.wants_paper = False
    gone.merged_into = kept
    gone.save()
    if kept.is_protected:
        _take_hidden(kept, taken)
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.wants_paper = kept.wants_paper or wants_paper
    kept.save()


def _take_hidden(kept: Person, taken: dict[str, Any]) -> None:
    """What is protected stays in the dark: it fills what is empty there, never the open columns."""
    hidden: Any = dict(cast(Any, kept.protected) or {})
    for name in HIDDEN_FIELDS:
        value = taken.pop(name, "")
        hidden[name] = hidden.get(name) or value
    taken.pop("last_name", None)
    kept.protected = hidden
