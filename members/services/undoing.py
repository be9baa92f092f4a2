"""Take back a file of persons that was read into the register."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from members.models import Application, ImportBatch, ImportedRow, Membership, Merge, Person
from members.services.importing import AT_ONCE, FOLLOWS
from members.services.people import ABOUT
from privacy.models import AccessLog, Consent
from privacy.services import note_access


@dataclass(frozen=True)
class Undone:
    removed: int
    restored: int
    # Changed since the import, so they stay as they are.
    kept: list[Person]


@transaction.atomic
def undo(batch: ImportBatch, *, actor: Any = None) -> Undone:
    """Take back what the import did, but for those that somebody has changed since."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rows = ImportedRow.objects.filter(batch=batch).select_related("person")
    touched = _touched(batch)
    kept = [row.person for row in rows if row.person_id in touched]
    free = [row for row in rows if row.person_id not in touched]
    Membership.objects.filter(
        created_at=batch.made_at, person__in=[row.person_id for row in free]
    ).delete()
    changed = [row for row in free if not row.was_new and row.before]
    _restore(changed)
    new = [row.person_id for row in free if row.was_new]
    ImportedRow.objects.filter(batch=batch, person__in=[row.person_id for row in free]).delete()
    _forget(new)
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    if actor:
        note_access(
            actor, action=AccessLog.Action.CHANGE, about=ABOUT,
            reference=f"import {batch.pk}", reason="ångrade import",
        )  # fmt: skip
    return Undone(len(new), len(changed), kept)


def _forget(keys: list[int]) -> None:
    """Together with the yes that was written for each."""
    people = Person.objects.filter(pk__in=keys)
    yeses = list(people.exclude(consent=None).values_list("consent", flat=True))
    people.delete()
    Consent.objects.filter(pk__in=yeses).delete()


def _restore(rows: list[ImportedRow]) -> None:
    people, names = [], {"email", *FOLLOWS}
    for row in rows:
        before: Any = row.before
        for name, value in (before or {}).items():
            setattr(row.person, name, value)
        names |= set(before or {})
        row.person.follow()
        row.person.changed_at = timezone.now()
        people.append(row.person)
    if people:
        Person.objects.bulk_update(people, sorted(names), AT_ONCE)


def _touched(batch: ImportBatch) -> set[int]:
    """Persons that something has happened to since the file was read in."""
    theirs = Membership.objects.filter(person=OuterRef("person"))
    later = theirs.exclude(created_at=batch.made_at).filter(created_at__gt=batch.made_at)
    used = theirs.filter(created_at=batch.made_at).filter(
        Q(charge__isnull=False) | Q(ended_on__isnull=False)
    )
    tied = (
        Q(Exists(later))
        | Q(Exists(used))
        | Q(Exists(Application.objects.filter(person=OuterRef("person"))))
        | Q(Exists(Merge.objects.filter(Q(kept=OuterRef("person")) | Q(gone=OuterRef("person")))))
        | Q(person__changed_at__gt=F("written_at"))
    )
    return set(ImportedRow.objects.filter(tied, batch=batch).values_list("person", flat=True))
