"""Everything that has happened with one person, in one line of time.

Apps above this one add their own lines with `source`: the register knows nothing of activities.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from mail.models import Letter
from members.models import Person
from payments.kronor import kronor
from payments.models import Charge, Payment
from privacy.models import AccessLog, Consent

ABOUT = "members.Person"
# Of each kind, the newest: a page is not a book.
MOST = 200


@dataclass(frozen=True)
class Line:
    at: datetime
    kind: str
    text: str
    detail: str = ""


Source = Callable[[Person], Iterable[Line]]
_sources: dict[str, Source] = {}


def source(function: Source) -> Source:
    """Name a function that finds more lines about a person."""
    _sources[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def lines(person: Person) -> list[Line]:
    """The newest first."""
    found = [line for ask in _sources.values() for line in ask(person)]
    return sorted(found, key=lambda line: line.at, reverse=True)


def at_midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@source
def memberships(person: Person) -> Iterable[Line]:
    for one in person.memberships.select_related("type"):
        words = {"type": one.type, "first": one.starts_on, "last": one.ends_on}
        text = _("Medlemskap %(type)s, %(first)s till %(last)s") % words
        yield Line(one.created_at, _("Medlemskap"), text)
        if one.ended_on:
            text = _("Medlemskapet %(type)s avslutades") % words
            yield Line(at_midnight(one.ended_on), _("Medlemskap"), text)


@source
def money(person: Person) -> Iterable[Line]:
    charges = Charge.objects.filter(membership__person=person) | Charge.objects.filter(
        application__person=person
    )
    for charge in charges.distinct():
        text = _("%(title)s på %(amount)s: %(state)s") % {
            "title": charge.title,
            "amount": kronor(charge.amount),
            "state": charge.state.label,
        }
        yield Line(charge.created_at, _("Avgift"), text)
    for payment in Payment.objects.filter(charge__in=charges).select_related("charge"):
        text = f"{payment.get_kind_display()} {kronor(payment.amount)}"
        yield Line(
            payment.happened_at, _("Betalning"), text,
            f"{payment.charge.title}, {payment.get_method_display()}",
        )  # fmt: skip


@source
def letters(person: Person) -> Iterable[Line]:
    if not person.email_key:
        return
    for letter in Letter.objects.filter(to_key=person.email_key).order_by("-created_at")[:MOST]:
        text = letter.subject or letter.kind
        yield Line(letter.sent_at or letter.created_at, _("Brev"), text, letter.get_state_display())


@source
def papers(person: Person) -> Iterable[Line]:
    for one in person.paper_letters.exclude(sent_at=None):
        if one.sent_at:
            yield Line(one.sent_at, _("Brev"), str(one.get_kind_display()), _("på papper"))


@source
def consents(person: Person) -> Iterable[Line]:
    yeses = Consent.objects.filter(pk__in=[person.consent_id or 0, person.relation_consent_id or 0])
    for yes in yeses.select_related("text"):
        words = yes.text.label.replace("{association}", _("föreningen"))
        yield Line(
            yes.given_at, _("Samtycke"), _("Sa ja till: %s") % words, yes.get_channel_display()
        )
        if yes.withdrawn_at:
            yield Line(yes.withdrawn_at, _("Samtycke"), _("Tog tillbaka sitt ja"))


@source
def reminders(person: Person) -> Iterable[Line]:
    for one in person.reminders.filter(superseded=False).select_related("rule"):
        yield Line(one.at, _("Påminnelse"), one.rule.get_letter_display())


@source
def looks(person: Person) -> Iterable[Line]:
    rows = AccessLog.objects.filter(about=ABOUT, reference=str(person.reference))
    for row in rows.select_related("actor").order_by("-at")[:MOST]:
        text = _("%(who)s %(did)s") % {"who": row.actor, "did": row.get_action_display()}
        yield Line(row.at, _("Åtkomst"), text, row.reason)
