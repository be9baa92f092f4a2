"""Whom an issue is for: from facts of today, until it is frozen.

Somebody gets a newsletter because their mailbox has said yes, or because they are a member who has
not chosen (if the board wants that). Groups make that choice narrower, never wider: to have been on
a walk is no yes to letters. A notice goes to all members in force, whatever they chose.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
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

    @classmethod
    def of(cls, issue: Issue) -> "Choice":
        kept = {name: tuple(value) for name, value in issue.audience.items()}
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


GROUPS: dict[str, Group] = {
    "volunteer": volunteers_at,
    "type": of_type,
    "municipality": in_municipality,
    "activity": in_activity,
    "former": former,
    "member": members_now,
}


def group_choices() -> list[tuple[Any, Any]]:
    """What the office can choose from: only what there is."""
    now = timezone.now()
    towns = (
        Person.objects.in_register().exclude(municipality="").values_list("municipality", flat=True)
    )
    events = Event.objects.upcoming(now).values_list("slug", "title")
    types = MembershipType.objects.values_list("key", "name")
    found: dict[Any, list[tuple[str, Any]]] = {
        _("Medlemskap"): [("member:", _("Är medlemmar nu")), ("former:", _("Har varit medlemmar"))],
        _("Medlemstyp"): [(f"type:{key}", name) for key, name in types],
        _("Kommun"): [(f"municipality:{town}", town) for town in sorted(set(towns))],
        _("Volontär"): [(f"volunteer:{stage.value}", stage.label) for stage in Lead.Stage],
        _("Anmäld till"): [(f"activity:{slug}", title) for slug, title in events],
    }
    return [(words, rows) for words, rows in found.items() if rows]


def group(name: str, today: date) -> "QuerySet[Any, Any]":
    kind, _colon, value = name.partition(":")
    return GROUPS[kind](value, today)


# --- who -------------------------------------------------------------------------------------------


def members(choice: Choice, *, is_notice: bool = False) -> "QuerySet[Any, Any]":
    """Mailboxes of members in force, each once; two who share one are greeted without a name."""
    today = timezone.localdate()
    rows = Person.objects.in_register().members_on(today).exclude(email_key="")
    if not is_notice:
        mine = Subscription.objects.filter(email_key=OuterRef("email_key"))
        wants = Exists(mine.wanting(today).filter(pace__in=choice.paces))
        if NewsletterSettings.load().members_without_choice and Pace.WEEKLY in choice.paces:
            rows = rows.filter(wants | ~Exists(mine))
        else:
            rows = rows.filter(wants)
    return _narrowed(rows, choice, today).values("email_key")


def subscribers(choice: Choice) -> "QuerySet[Any, Any]":
    today = timezone.localdate()
    rows = Subscription.objects.wanting(today).filter(pace__in=choice.paces)
    return _narrowed(rows, choice, today).values("email_key")


def _narrowed(rows: "QuerySet[Any, Any]", choice: Choice, today: date) -> "QuerySet[Any, Any]":
    kinds: dict[str, Q] = {}
    for name in choice.within:
        kind = name.partition(":")[0]
        kinds[kind] = kinds.get(kind, Q()) | Q(email_key__in=group(name, today))
    for rule in kinds.values():
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
