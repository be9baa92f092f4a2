"""Whom an issue is for: from facts of today, until it is frozen.

Somebody gets a newsletter because their mailbox has said yes, or because they are a member who has
not chosen (if the board wants that). Groups make that choice narrower, never wider: to have been on
a walk is no yes to letters. A notice goes to all members in force, whatever they chose.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from members.models import Membership, MembershipType, Person
from members.models.membership import PAID
from newsletters.models import Issue, NewsletterSettings, Pace, Subscription
from volunteers.models import Lead

MEMBERS, SUBSCRIBERS = "members", "subscribers"


class Recipient(NamedTuple):
    email: str
    email_key: str
    first_name: str
    text_only: bool


@dataclass(frozen=True)
class Choice:
    """`to`: members, subscribers or both. `paces`: whose turn it is. `within`, `without`: groups,
    as "kind:value"; within one kind any of them counts, and every kind must."""

    to: tuple[str, ...] = (MEMBERS, SUBSCRIBERS)
    paces: tuple[str, ...] = (Pace.WEEKLY.value,)
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    # The issue also goes on paper: who rather has that gets no mail.
    on_paper: bool = False

    @classmethod
    def of(cls, issue: Issue) -> "Choice":
        kept: dict[str, Any] = {name: tuple(value) for name, value in issue.audience.items()}
        kept["on_paper"] = issue.goes_on_paper
        if issue.kind == Issue.Kind.NOTICE:
            kept["to"] = (MEMBERS,)
        return cls(**kept)

    def as_json(self) -> dict[str, list[str]]:
        return {
            "to": list(self.to),
            "paces": list(self.paces),
            "within": list(self.within),
            "without": list(self.without),
        }


# Rather paper than mail, and a letter box to put it in. What is protected lies elsewhere, and is
# never in the open: whoever is protected and chose paper is asked by the office.
GETS_PAPER = Q(wants_paper=True) & ~Q(street="") & ~Q(town="")


@dataclass(frozen=True)
class Sums:
    """`both` are counted once in `total`."""

    members: int
    subscribers: int
    total: int


# --- groups: mailboxes with something in common --------------------------------------------------

Group = Callable[[str, date], "QuerySet[Any, Any]"]


def of_type(key: str, today: date) -> "QuerySet[Any, Any]":
    rows = Membership.objects.in_force(today).filter(type__key=key)
    return rows.values("person__email_key")


def in_municipality(name: str, today: date) -> "QuerySet[Any, Any]":
    return Person.objects.in_register().filter(municipality__iexact=name).values("email_key")


def in_activity(slug: str, today: date) -> "QuerySet[Any, Any]":
    rows = Registration.objects.active().filter(event__slug=slug)
    return rows.exclude(email="").values("person_key")


def former(value: str, today: date) -> "QuerySet[Any, Any]":
    """Was a member, and is none today."""
    theirs = Membership.objects.filter(person=OuterRef("pk"))
    rows = Person.objects.in_register().filter(
        Exists(theirs.filter(PAID, starts_on__lte=today)), ~Exists(theirs.in_force(today))
    )
    return rows.values("email_key")


def members_now(value: str, today: date) -> "QuerySet[Any, Any]":
    return Person.objects.in_register().members_on(today).values("email_key")


def volunteers_at(stage: str, today: date) -> "QuerySet[Any, Any]":
    return Lead.objects.filter(stage=stage).exclude(email_key="").values("email_key")


# Activities that have been can be chosen for so long: to thank, or to tell what comes next.
LATELY = timedelta(days=60)
GROUPS: dict[str, Group] = {
    "volunteer": volunteers_at,
    "type": of_type,
    "municipality": in_municipality,
    "activity": in_activity,
    "former": former,
    "member": members_now,
}


def group_choices(chosen: Iterable[str] = ()) -> list[tuple[Any, Any]]:
    """What the office can choose from: only what there is, and what is `chosen` already. A group
    that is gone stays chosen until somebody takes the tick away: else all would get the letter."""
    now = timezone.now()
    towns = (
        Person.objects.in_register().exclude(municipality="").values_list("municipality", flat=True)
    )
    coming = list(Event.objects.upcoming(now).values_list("slug", "title"))
    lately = Event.objects.upcoming(now - LATELY).values_list("slug", "title")
    been = [row for row in lately if row not in coming]
    types = MembershipType.objects.values_list("key", "name")
    found: dict[Any, list[tuple[str, Any]]] = {
        _("Medlemskap"): [("member:", _("Är medlemmar nu")), ("former:", _("Har varit medlemmar"))],
        _("Medlemstyp"): [(f"type:{key}", name) for key, name in types],
        _("Kommun"): [(f"municipality:{town}", town) for town in sorted(set(towns))],
        _("Volontär"): [(f"volunteer:{stage.value}", stage.label) for stage in Lead.Stage],
        _("Anmäld till"): [(f"activity:{slug}", title) for slug, title in coming],
        _("Var anmäld till"): [(f"activity:{slug}", title) for slug, title in been],
    }
    known = {name for rows in found.values() for name, _words in rows}
    gone = sorted(set(chosen) - known)
    found[_("Valt tidigare, finns inte längre")] = [(name, name.split(":")[1]) for name in gone]
    return [(words, rows) for words, rows in found.items() if rows]


def group(name: str, today: date) -> "QuerySet[Any, Any]":
    kind, _colon, value = name.partition(":")
    return GROUPS[kind](value, today)


def _rule_for(name: str, today: date) -> Q:
    """The same for persons, also those without a mailbox."""
    kind, _colon, value = name.partition(":")
    if kind == "type":
        return Q(pk__in=Membership.objects.in_force(today).filter(type__key=value).values("person"))
    if kind == "municipality":
        return Q(municipality__iexact=value)
    if kind == "member":
        return Q(pk__in=Person.objects.members_on(today).values("pk"))
    return Q(email_key__in=group(name, today)) & ~Q(email_key="")


# --- who -------------------------------------------------------------------------------------------


def members(choice: Choice, *, is_notice: bool = False) -> "QuerySet[Any, Any]":
    """Mailboxes of members in force, each once; two who share one are greeted without a name."""
    today = timezone.localdate()
    in_force = Person.objects.in_register().members_on(today)
    rows = wanting_mail(in_force, choice, is_notice=is_notice)
    if choice.on_paper:
        rows = rows.exclude(GETS_PAPER)
    return _narrowed(rows, choice, today).values("email_key")


def wanting_mail(
    rows: "QuerySet[Any, Any]", choice: Choice, *, is_notice: bool
) -> "QuerySet[Any, Any]":
    """Of these persons, those whose mailbox wants this letter, or was never asked."""
    rows = rows.exclude(email_key="")
    if is_notice:
        return rows
    mine = Subscription.objects.filter(email_key=OuterRef("email_key"))
    wants = Exists(mine.wanting(timezone.localdate()).filter(pace__in=choice.paces))
    if NewsletterSettings.load().members_without_choice and Pace.WEEKLY in choice.paces:
        return rows.filter(wants | ~Exists(mine))
    return rows.filter(wants)


def people(choice: Choice) -> "QuerySet[Person]":
    """Members in force whom the choice is about, with a mailbox or without."""
    today = timezone.localdate()
    rows = Person.objects.in_register().members_on(today)
    if MEMBERS not in choice.to:
        return rows.none()
    for rule in _kinds(choice, lambda name: _rule_for(name, today)).values():
        rows = rows.filter(rule)
    for name in choice.without:
        rows = rows.exclude(_rule_for(name, today))
    return rows


def subscribers(choice: Choice) -> "QuerySet[Any, Any]":
    today = timezone.localdate()
    rows = Subscription.objects.wanting(today).filter(pace__in=choice.paces)
    if choice.on_paper:
        paper = people(choice).filter(GETS_PAPER).exclude(email_key="")
        rows = rows.exclude(email_key__in=paper.values("email_key"))
    return _narrowed(rows, choice, today).values("email_key")


def _kinds(choice: Choice, rule: Callable[[str], Q]) -> dict[str, Q]:
    """Within one kind of group any of them counts."""
    kinds: dict[str, Q] = {}
    for name in choice.within:
        kind = name.partition(":")[0]
        kinds[kind] = kinds.get(kind, Q()) | rule(name)
    return kinds


def _narrowed(rows: "QuerySet[Any, Any]", choice: Choice, today: date) -> "QuerySet[Any, Any]":
    for rule in _kinds(choice, lambda name: Q(email_key__in=group(name, today))).values():
        rows = rows.filter(rule)
    for name in choice.without:
        rows = rows.exclude(email_key__in=group(name, today))
    return rows


def count(choice: Choice, *, is_notice: bool = False) -> Sums:
    """As many as would get it now. Asked before every use."""
    in_force = members(choice, is_notice=is_notice)
    number = {
        MEMBERS: in_force.distinct().count() if MEMBERS in choice.to else 0,
        SUBSCRIBERS: subscribers(choice).count() if SUBSCRIBERS in choice.to else 0,
    }
    twice = 0
    if len(set(choice.to)) == 2:
        twice = subscribers(choice).filter(email_key__in=in_force).count()
    return Sums(number[MEMBERS], number[SUBSCRIBERS], sum(number.values()) - twice)


def recipients(choice: Choice, *, is_notice: bool = False) -> Iterator[Recipient]:
    """Each mailbox once, read as they are used: any number takes the same memory."""
    in_force = members(choice, is_notice=is_notice)
    if MEMBERS in choice.to:
        yield from _member_rows(in_force)
    if SUBSCRIBERS in choice.to:
        rows = subscribers(choice)
        if MEMBERS in choice.to:
            rows = rows.exclude(email_key__in=in_force)
        for email, key, text_only in rows.values_list("email", "email_key", "text_only").iterator():
            yield Recipient(email, key, "", text_only)


def one(choice: Choice, email_key: str, *, is_notice: bool = False) -> Recipient | None:
    """The reader with this mailbox, if it is one of them."""
    in_force = members(choice, is_notice=is_notice).filter(email_key=email_key)
    if MEMBERS in choice.to and (row := next(_member_rows(in_force), None)):
        return row
    rows = subscribers(choice).filter(email_key=email_key) if SUBSCRIBERS in choice.to else None
    found = rows and rows.values_list("email", "email_key", "text_only").first()
    return Recipient(found[0], found[1], "", found[2]) if found else None


def _member_rows(in_force: "QuerySet[Any, Any]") -> Iterator[Recipient]:
    text_only = Subscription.objects.filter(email_key=OuterRef("email_key")).values("text_only")
    rows = in_force.annotate(
        to=Min("email"),
        people=Count("pk", distinct=True),
        name=Min("first_name"),
        hidden=Count("pk", filter=Q(is_protected=True)),
        plain=Subquery(text_only[:1]),
    ).values_list("to", "email_key", "people", "name", "hidden", "plain")
    for email, key, people, name, hidden, plain in rows.order_by("email_key").iterator():
        shown = name if people == 1 and not hidden else ""
        yield Recipient(email, key, shown, bool(plain))
