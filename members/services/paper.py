"""Utskrift till post: the letters to those who have no e-mail, printed in one go and noted."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.emails import paper as papers
from members.emails.paper import Sheet
from members.models import PaperLetter, Person, ReminderRule
from members.services import renewal
from members.services.fees import NoFeeSet
from members.services.people import ABOUT, reveal
from payments.models import Charge
from privacy.exports import pdf
from privacy.models import AccessLog
from privacy.services import note_access

PAPER = Path(__file__).resolve().parents[1] / "papers" / "letter.typ"
Kind = PaperLetter.Kind


@dataclass(frozen=True)
class Waiting:
    """A letter that waits. `key` names it on the page, without telling who it is to."""

    key: str
    person: Person
    title: str
    since: date
    row: PaperLetter | None = None
    rule: ReminderRule | None = None
    ends_on: date | None = None

    @property
    def has_address(self) -> bool:
        return bool(self.person.street and self.person.town)


def waiting(*, sees_protected: bool, keys: list[str] | None = None) -> list[Waiting]:
    """What should be posted, the oldest first. `keys`: only these."""
    found = [*_rows(), *_reminders()]
    return [
        one for one in sorted(found, key=lambda one: one.since)
        if (sees_protected or not one.person.is_protected) and (keys is None or one.key in keys)
    ]  # fmt: skip


def _rows() -> list[Waiting]:
    rows = PaperLetter.objects.filter(sent_at=None, person__in=Person.objects.in_register())
    rows = rows.select_related("person", "membership__charge", "membership__type")
    return [
        Waiting(
            f"brev-{row.pk}",
            reveal(row.person),
            str(row.get_kind_display()),
            timezone.localdate(row.created_at),
            row=row,
        )
        for row in rows
        if papers.sheet(row, row.person)
    ]


def _reminders() -> list[Waiting]:
    return [
        Waiting(
            f"paminnelse-{person.reference}-{rule.pk}",
            reveal(person),
            str(rule.get_letter_display()),
            renewal.due_on(rule, ends_on),
            rule=rule,
            ends_on=ends_on,
        )
        for person, rule, ends_on in renewal.for_paper()
    ]


@transaction.atomic
def print_out(letters: list[Waiting], *, actor: Any) -> bytes:
    """One PDF with a letter to a page. Who is asked for a fee has it from now on. They wait still,
    until somebody says that they were posted."""
    sheets = [sheet for one in letters if one.has_address and (sheet := _sheet(one))]
    note_access(
        actor, action=AccessLog.Action.EXPORT, about=ABOUT, reference="brev",
        reason=f"{len(sheets)} brev",
    )  # fmt: skip
    return pdf(PAPER, papers.page_facts(sheets))


def _sheet(one: Waiting) -> Sheet | None:
    if one.row:
        return papers.sheet(one.row, one.person)
    assert one.rule
    assert one.ends_on
    try:
        return papers.reminder(one.person, one.rule, one.ends_on, _asked(one))
    except (renewal.AlreadyRenewed, NoFeeSet):
        return None


def _asked(one: Waiting) -> Charge | None:
    """The fee of the year to come, that the letter asks for. The farewell asks for nothing."""
    assert one.rule
    assert one.ends_on
    if one.rule.letter == ReminderRule.Letter.FAREWELL:
        return None
    return renewal.ask_for_year(one.person, one.ends_on.year + 1)


@transaction.atomic
def note_posted(letters: list[Waiting], *, actor: Any) -> int:
    """They are in the letter box: nobody prints them again."""
    now = timezone.now()
    for one in letters:
        _note(one, actor, now)
    return len(letters)


def _note(one: Waiting, actor: Any, now: datetime) -> None:
    if one.row:
        rows = PaperLetter.objects.filter(pk=one.row.pk, sent_at=None)
        rows.update(sent_at=now, sent_by=actor)
    elif one.ends_on:
        renewal.note_sent(one.person, one.ends_on)
    note_access(
        actor, action=AccessLog.Action.CHANGE, about=ABOUT,
        reference=str(one.person.reference), reason="postade brev",
    )  # fmt: skip
