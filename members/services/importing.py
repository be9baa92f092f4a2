"""Read a file of persons into the register: try it dry, and do it at once."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, cast

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import (
    ImportBatch,
    ImportedRow,
    Membership,
    MembershipType,
    Person,
)
from members.services.mapping import Draft, Refused, draft
from members.services.people import ABOUT, CONSENT
from members.services.tables import Table
from privacy import swedish
from privacy.addresses import mail_key
from privacy.models import AccessLog, Consent
from privacy.services import current_text, note_access

AT_ONCE = 2000
# What `Person.follow` works out, and when it was written.
FOLLOWS = ("email_key", "search", "sort_key", "changed_at")


@dataclass
class Plan:
    """What would happen. `refused`: the number of each row and the reason."""

    new: list[Draft] = field(default_factory=list)
    changed: list[Draft] = field(default_factory=list)
    same: list[Draft] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def usable(self) -> list[Draft]:
        return [*self.new, *self.changed, *self.same]


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def plan(table: Table, mapping: list[str]) -> Plan:
    """Read every row and find who it is. Writes nothing."""
    made = Plan()
    drafts: list[Draft] = []
    numbers: dict[int, int] = {}
    for row in table.rows:
        try:
            one = draft(row, mapping)
            number = one.facts.get("member_number")
            if number in numbers:
                raise Refused(_("Samma medlemsnummer som på rad %s") % numbers[number])
        except Refused as reason:
            made.refused.append((row.number, str(reason)))
            continue
        if number:
            numbers[number] = row.number
        drafts.append(one)
    known = _Known(drafts)
    seen: set[int] = set()
    for one in drafts:
        _place(one, known, seen, made)
    made.refused.sort()
    return made


class _Known:
    """Everyone that the rows may be about, asked for in two questions."""

    def __init__(self, drafts: list[Draft]) -> None:
        numbers = [one.facts["member_number"] for one in drafts if "member_number" in one.facts]
        keys = [mail_key(one.facts["email"]) for one in drafts if "email" in one.facts]
        rows = Person.objects.in_register()
        self.by_number = {one.member_number: one for one in rows.filter(member_number__in=numbers)}
        self.by_name = {
            (one.email_key, _name(one.first_name, one.last_name)): one
            for one in rows.filter(email_key__in=keys)
        }

    def find(self, one: Draft) -> Person | None:
        facts = one.facts
        found = self.by_number.get(facts.get("member_number"))
        if found:
            return found
        key = mail_key(facts["email"]) if "email" in facts else ""
        name = _name(facts["first_name"], facts.get("last_name", ""))
        return self.by_name.get((key, name)) if key else None


def _name(*parts: str) -> str:
    return swedish.fold(" ".join(part for part in parts if part))


def _place(one: Draft, known: _Known, seen: set[int], made: Plan) -> None:
    person = known.find(one)
    if person is None:
        made.new.append(one)
        return
    if reason := _clash(one, person, seen):
        made.refused.append((one.number, reason))
        return
    seen.add(person.pk)
    one.person = person
    one.before = {
        name: getattr(person, name)
        for name, value in one.facts.items()
        if getattr(person, name) != value
    }
    (made.changed if one.before else made.same).append(one)


def _clash(one: Draft, person: Person, seen: set[int]) -> str:
    """Why the row cannot be this person, or an empty string."""
    if person.pk in seen:
        return _("Personen finns på en rad till")
    if person.is_protected:
        return _("Personen har skyddade uppgifter. Ändra för hand")
    number = one.facts.get("member_number")
    if number and person.member_number and person.member_number != number:
        return _("Personen har redan ett annat medlemsnummer")
    same_name = _name(person.first_name, person.last_name) == _name(
        one.facts["first_name"], one.facts.get("last_name", "")
    )
    if not same_name and person.email_key != mail_key(one.facts.get("email", "")):
        return _("Medlemsnumret finns redan på någon annan")
    return ""


@transaction.atomic
def carry_out(
    made: Plan, *, file_name: str, digest: str, mapping: list[str], actor: Any = None
) -> ImportBatch:
    """Write everything that the plan says, in bulk and in one transaction."""
    now = timezone.now()
    batch = ImportBatch.objects.create(
        file_name=file_name[:200], digest=digest, mapping=mapping, made_by=actor, made_at=now
    )
    _write_new(made.new, now)
    _change(made.changed, now)
    _write_memberships(made.usable, now)
    new = {one.number for one in made.new}
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(
                batch=batch,
                number=one.number,
                person=one.person,
                was_new=one.number in new,
                before=cast(Any, one.before or None),
                written_at=one.person.changed_at,
            )
            for one in made.usable
            if one.person
        ],
        AT_ONCE,
    )
    _move_the_numbers_on()
    if actor:
        note_access(
            actor, action=AccessLog.Action.CHANGE, about=ABOUT,
            reference=f"import {batch.pk}", reason=f"{len(made.usable)} rader",
        )  # fmt: skip
    return batch


def _write_new(drafts: list[Draft], now: datetime) -> None:
    """With a yes each, as the office says that it was given before the file was made."""
    words = current_text(CONSENT)
    yeses = Consent.objects.bulk_create(
        [
            Consent(text=words, channel=Consent.Channel.OFFICE, given_at=_said_yes(one, now))
            for one in drafts
        ],
        AT_ONCE,
    )
    for one, yes in zip(drafts, yeses, strict=True):
        one.person = Person(created_at=now, consent=yes, **one.facts)
        one.person.follow()
    Person.objects.bulk_create([one.person for one in drafts if one.person], AT_ONCE)


def _said_yes(one: Draft, now: datetime) -> datetime:
    """On the day that they became members, where the file says it."""
    if one.since is None or one.since > timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(one.since, time(12)))


def _change(drafts: list[Draft], now: datetime) -> None:
    people = []
    names = {"email", *FOLLOWS}
    for one in drafts:
        assert one.person is not None
        for name in one.before:
            setattr(one.person, name, one.facts[name])
        one.person.follow()
        one.person.changed_at = now
        names |= set(one.before)
        people.append(one.person)
    if people:
        Person.objects.bulk_update(people, sorted(names), AT_ONCE)


def _write_memberships(drafts: list[Draft], now: datetime) -> None:
    """Paid to a day: a membership for that year, unless there is one. `created_at` ties it to the
    batch."""
    paid = [one for one in drafts if one.paid_to and one.person]
    had = set(
        Membership.objects.filter(
            person__in=[one.person.pk for one in paid if one.person], ended_on=None
        ).values_list("person", "year")
    )
    types = list(MembershipType.objects.all())
    if not types:
        return
    by_name = {swedish.fold(kind.name): kind for kind in types}
    by_name |= {kind.key: kind for kind in types}
    rows = []
    for one in paid:
        assert one.person is not None
        assert one.paid_to is not None
        if (one.person.pk, one.paid_to.year) in had:
            continue
        starts = date(one.paid_to.year, 1, 1)
        if one.since and starts < one.since <= one.paid_to:
            starts = one.since
        rows.append(
            Membership(
                person=one.person,
                type=by_name.get(swedish.fold(one.type), types[0]),
                year=one.paid_to.year,
                starts_on=starts,
                ends_on=one.paid_to,
                created_at=now,
            )
        )
    Membership.objects.bulk_create(rows, AT_ONCE)


def _move_the_numbers_on() -> None:
    """The next newcomer gets a number that no row of the file has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('members_member_number', GREATEST("
            "(SELECT COALESCE(MAX(member_number), 0) FROM members_person),"
            "(SELECT last_value FROM members_member_number)))"
        )
