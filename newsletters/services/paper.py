"""An issue on paper: who gets it, the sheets, the labels, and that it was posted.

Whoever gets paper gets no mail of the same issue: `newsletters.services.audience` leaves out those
who chose it, and a mailbox that is barred is skipped when its copy is claimed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.models import Association
from mail.templatetags.dates import date_long
from mail.templatetags.plain import greeting
from members.emails.paper import envelope
from members.models import Person
from members.services.exporting import LABELS
from members.services.people import reveal
from newsletters.emails import issue as words
from newsletters.models import Issue, PaperCopy, Suppression
from newsletters.services import audience, codes
from newsletters.services.audience import Choice
from newsletters.services.suppression import hash_of, pepper
from privacy.exports import pdf
from privacy.models import AccessLog
from privacy.services import note_access

PAPER = Path(__file__).resolve().parents[1] / "papers" / "issue.typ"
# Points. Large type is for who sees badly (ux.md 5.3).
SIZE, LARGE = 14, 20
Why = PaperCopy.Why


# --- who ------------------------------------------------------------------------------------------


def prepare(issue: Issue) -> int:
    """A row for everyone who gets it on paper, in the transaction of the yes. How many."""
    if not issue.goes_on_paper:
        return 0
    rows = [_row(issue, person, why) for person, why in who(issue)]
    return len(PaperCopy.objects.bulk_create(rows, batch_size=1000))


def number(issue: Issue) -> int:
    """How many would get it on paper if the yes came now."""
    return len(who(issue)) if issue.goes_on_paper else 0


def who(issue: Issue) -> list[tuple[Person, str]]:
    """Those whom a letter reaches and mail does not, and those who rather have paper."""
    choice, is_notice = Choice.of(issue), not issue.is_newsletter
    people = audience.people(choice)
    wanting = set(
        audience.wanting_mail(people, choice, is_notice=is_notice).values_list("pk", flat=True)
    )
    gone = set(
        Suppression.objects.filter(reason=Suppression.Reason.BOUNCE).values_list(
            "mailbox", flat=True
        )
    )
    secret = pepper()
    found = []
    for person in people.order_by("sort_key", "pk"):
        why = _why(person, wants_mail=person.pk in wanting, gone=gone, secret=secret)
        if why and has_address(person):
            found.append((person, why))
    return found


def _why(person: Person, *, wants_mail: bool, gone: set[str], secret: bytes) -> str:
    if person.wants_paper and not person.is_protected:
        return Why.CHOSEN
    if not person.email_key or (wants_mail and not person.email.isascii()):
        return Why.NO_MAIL
    if wants_mail and hash_of(person.email_key, secret) in gone:
        return Why.BOUNCED
    return ""


def has_address(person: Person) -> bool:
    """What is protected is read from where it lies; the row itself is left as it is."""
    hidden: Any = person.protected or {}
    street, town = hidden.get("street", person.street), hidden.get("town", person.town)
    return bool(street and town)


def _row(issue: Issue, person: Person, why: str) -> PaperCopy:
    row = PaperCopy(issue=issue, person=person, why=why)
    row.code_hash = codes.hash_of(codes.code(row.reference))
    return row


def follow_a_bounce(issue: Issue, email_key: str) -> None:
    """The mail of this issue came back: those who read it get paper, when the issue has any."""
    if not issue.goes_on_paper or not email_key:
        return
    for person in Person.objects.in_register().of_mailbox(email_key):
        if has_address(person) and not issue.papers.filter(person=person).exists():
            _row(issue, person, Why.BOUNCED).save()


# --- what is printed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Envelope:
    """One household. `people` are revealed already."""

    copies: list[PaperCopy]

    @property
    def people(self) -> list[Person]:
        return [copy.person for copy in self.copies]

    @property
    def lines(self) -> list[str]:
        first = self.people[0]
        lines = envelope(first)
        if len(self.people) > 1:
            together = first.household.label if first.household else ""
            lines[0] = together or _joined([one.full_name for one in self.people])
        return lines

    @property
    def hello(self) -> str:
        names = [greeting(one.first_name) for one in self.people]
        return words.hello(_joined(names) if all(names) else "")

    @property
    def codes(self) -> list[list[str]]:
        """For whose mail comes back: a name and what to type."""
        return [
            [copy.person.first_name, codes.code(copy.reference)]
            for copy in self.copies
            if copy.why == Why.BOUNCED
        ]


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s och %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def envelopes(issue: Issue, *, sees_protected: bool, posted: bool = False) -> list[Envelope]:
    """Those that wait, one for each household; who is protected has an envelope of their own."""
    rows = issue.papers.filter(posted_at__isnull=not posted).select_related("person__household")
    rows = rows.filter(person__in=Person.objects.in_register())
    homes: dict[Any, list[PaperCopy]] = {}
    for copy in rows.order_by("person__sort_key", "pk"):
        person = copy.person
        if person.is_protected and not sees_protected:
            continue
        alone = person.is_protected or person.household_id is None
        reveal(person)
        homes.setdefault(f"alone {copy.pk}" if alone else person.household_id, []).append(copy)
    return [Envelope(copies) for copies in homes.values()]


@transaction.atomic
def as_letters(issue: Issue, *, actor: Any, sees_protected: bool, large: bool = False) -> bytes:
    """One letter for each envelope. Printing changes nothing but the log of who looked."""
    found = envelopes(issue, sees_protected=sees_protected)
    _note(issue, actor, f"{len(found)} brev")
    return pdf(PAPER, facts_of(issue, found, size=LARGE if large else SIZE))


def facts_of(issue: Issue, found: list[Envelope], *, size: int = SIZE) -> dict[str, Any]:
    """What the paper is made of: the words that were frozen with the yes, and whom it is for."""
    association = Association.load()
    made: dict[str, Any] = dict(issue.made or {})
    return {
        "size": size,
        "sender": association.address,
        "title": made["subject"],
        "on": date_long(timezone.localdate(issue.send_at)),
        "body": made.get("paper") or words.on_paper(issue),
        "signed": [line for line in (association.name, association.phone) if line],
        "put_right": codes.words() if any(one.codes for one in found) else "",
        "letters": [{"to": one.lines, "hello": one.hello, "codes": one.codes} for one in found],
    }


@transaction.atomic
def as_labels(issue: Issue, *, actor: Any, sees_protected: bool, sheet: str = "") -> bytes:
    found = envelopes(issue, sees_protected=sees_protected)
    _note(issue, actor, f"{len(found)} etiketter")
    return pdf(LABELS, {"labels": [one.lines for one in found], "sheet": sheet})


@transaction.atomic
def note_posted(issue: Issue, *, actor: Any, sees_protected: bool) -> int:
    """They lie in the letter box: nobody prints them again. How many envelopes."""
    found = envelopes(issue, sees_protected=sees_protected)
    keys = [copy.pk for one in found for copy in one.copies]
    issue.papers.filter(pk__in=keys).update(posted_at=timezone.now(), posted_by=actor)
    return len(found)


def _note(issue: Issue, actor: Any, what: str) -> None:
    note_access(
        actor, action=AccessLog.Action.EXPORT, about="newsletters.Issue", reference=issue.slug,
        reason=what,
    )  # fmt: skip


# --- how far it has come --------------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """Persons, not envelopes."""

    prepared: int
    posted: int
    reasons: list[tuple[str, int]]


def sums(issue: Issue) -> Sums:
    counted = issue.papers.order_by().values_list("why").annotate(number=Count("pk"))
    reasons = [(str(Why(why).label), number) for why, number in sorted(counted)]
    posted = issue.papers.exclude(posted_at=None).count()
    return Sums(sum(number for _words, number in reasons), posted, reasons)
