"""Rows that may be one person: the same mailbox, or nearly the same name in the same town or year."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import NotSamePerson, Person
from members.services.people import ABOUT, reveal
from privacy.models import AccessLog
from privacy.services import note_access

MOST = 50
# Of the three-letter parts of two first names, how many are the same: Christina and Kristina.
ALIKE = 0.4
# Who is protected is compared apart, for those who may see them.
_PAIRS = """
WITH known AS (
    SELECT id, email_key, lower(last_name) AS last_name, lower(first_name) AS first_name,
           birth_year, lower(town) AS town
    FROM members_person
    WHERE merged_into_id IS NULL AND hidden_at IS NULL AND NOT is_protected
)
SELECT a.id, b.id, TRUE
FROM known a JOIN known b ON a.id < b.id AND a.email_key = b.email_key
WHERE a.email_key <> '' AND NOT EXISTS (SELECT 1 FROM members_notsameperson n
                  WHERE n.first_id = a.id AND n.second_id = b.id)
UNION ALL
SELECT a.id, b.id, FALSE
FROM known a JOIN known b ON a.id < b.id AND a.last_name = b.last_name
     AND (a.birth_year = b.birth_year OR (a.town <> '' AND a.town = b.town))
WHERE a.last_name <> '' AND (a.email_key = '' OR a.email_key <> b.email_key)
  AND (a.birth_year IS NULL OR b.birth_year IS NULL OR a.birth_year = b.birth_year)
  AND similarity(a.first_name, b.first_name) >= %s
  AND NOT EXISTS (SELECT 1 FROM members_notsameperson n
                  WHERE n.first_id = a.id AND n.second_id = b.id)
ORDER BY 3 DESC, 1, 2
LIMIT %s
"""


@dataclass(frozen=True)
class Pair:
    first: Person
    second: Person
    why: str


@transaction.atomic
def find(*, actor: Any) -> list[Pair]:
    """The likeliest first. That somebody looked is noted."""
    hidden = _with_protected() if actor.has_perm("members.see_protected") else []
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [ALIKE, MOST])
        found = cursor.fetchall()
    people = Person.objects.in_bulk({pk for row in found for pk in row[:2]})
    note_access(
        actor, action=AccessLog.Action.VIEW, about=ABOUT, reference="dubbletter",
        reason=f"{len(found) + len(hidden)} par",
    )  # fmt: skip
    same_mail, alike = _("Samma e-post"), _("Nästan samma namn")
    return hidden + [
        Pair(people[first], people[second], same_mail if by_mail else alike)
        for first, second, by_mail in found
    ]


def _with_protected() -> list[Pair]:
    """Who is protected and has come once more, by a form: the same mailbox, or the same name, which
    only we can read. They are few."""
    pairs = []
    for person in Person.objects.in_register().filter(is_protected=True):
        reveal(person)
        same_name = Q(first_name__iexact=person.first_name, last_name__iexact=person.last_name)
        same_mail = Q(email_key=person.email_key) & ~Q(email_key="")
        others = Person.objects.in_register().filter(same_name | same_mail, is_protected=False)
        for other in others.exclude(pk__in=_told_apart(person)).order_by("pk")[:MOST]:
            why = _("Samma e-post") if other.email_key == person.email_key else _("Samma namn")
            pairs.append(Pair(person, other, f"{why}. {_('Skyddade uppgifter')}"))
    return pairs


def _told_apart(person: Person) -> set[int]:
    rows = NotSamePerson.objects.filter(Q(first=person) | Q(second=person))
    return {pk for row in rows.values_list("first", "second") for pk in row}


def not_same(one: Person, other: Person, *, actor: Any) -> None:
    """Said once, remembered for ever."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    NotSamePerson.objects.get_or_create(
        first=first, second=second, defaults={"said_at": timezone.now(), "said_by": actor}
    )
