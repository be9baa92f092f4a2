"""Find persons in the register: filters, names with typing errors, and pages of constant cost."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Membership, MembershipType, Person, SavedList
from members.models.membership import PAID
from privacy import swedish
from privacy.addresses import mail_key

PAGE = 50
# Rows of an exact count; above it the page says "more than". Counting all would cost a second.
COUNTED = 1000
# Words shorter than this are only looked for as the beginning of a word: three letters are alike
# in too many names.
SHORTEST_GUESS = 4
# Of the three-letter parts of a typed word, how many a name must share.
ALIKE = 0.35

STATES = {
    "nu": _("Medlemmar nu"),
    "vantar": _("Väntar på betalning"),
    "slutat": _("Har varit medlemmar"),
    "aldrig": _("Aldrig medlemmar"),
}
EXTRAS = {
    "papper": _("Tidning på papper"),
    "utan-epost": _("Utan e-post"),
    "skyddade": _("Skyddade uppgifter"),
}


@dataclass(frozen=True)
class Choice:
    """What somebody asks the register for. Everything comes from links or a saved list."""

    words: str = ""
    state: str = ""
    type: str = ""
    extra: str = ""
    sees_protected: bool = False

    @classmethod
    def of(cls, given: Any, *, sees_protected: bool) -> "Choice":
        """From a query string or a saved list; what is unknown is left out."""
        state, extra = given.get("lage", ""), given.get("urval", "")
        kind = given.get("typ", "")[:50]
        return cls(
            words=" ".join(given.get("q", "").split())[:100],
            state=state if state in STATES else "",
            type=kind,
            extra=extra if extra in EXTRAS and (extra != "skyddade" or sees_protected) else "",
            sees_protected=sees_protected,
        )

    def as_query(self) -> dict[str, str]:
        """What is chosen, without what is only searched for."""
        chosen = {"lage": self.state, "typ": self.type, "urval": self.extra}
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    # The row after which the next page begins; None on the last.
    next: int | None
    count: int
    types: list[MembershipType] = field(default_factory=list)

    @property
    def many(self) -> bool:
        return self.count > COUNTED


def chosen(choice: Choice, today: date | None = None) -> QuerySet[Person]:
    """The persons of a choice, in no order."""
    today = today or timezone.localdate()
    rows = Person.objects.in_register()
    theirs = Membership.objects.filter(person=OuterRef("pk"))
    in_force = Exists(theirs.in_force(today))
    match choice.state:
        case "nu":
            rows = rows.filter(in_force)
        case "vantar":
            open_ = theirs.filter(ended_on=None, charge__voided_at=None).exclude(PAID)
            rows = rows.filter(~in_force, Exists(open_))
        case "slutat":
            rows = rows.filter(~in_force, Exists(theirs.filter(PAID, starts_on__lte=today)))
        case "aldrig":
            rows = rows.filter(~Exists(theirs.filter(PAID)))
    if choice.type:
        rows = rows.filter(Exists(theirs.in_force(today).filter(type__key=choice.type)))
    match choice.extra:
        case "papper":
            rows = rows.filter(wants_paper=True)
        case "utan-epost":
            rows = rows.filter(email_key="")
        case "skyddade":
            rows = rows.filter(is_protected=True)
    return _found(rows, choice) if choice.words else rows


def _found(rows: QuerySet[Person], choice: Choice) -> QuerySet[Person]:
    rule = Q(is_protected=False)
    for word in _words(choice.words):
        alike = Q(search__contains=word)
        if len(word) >= SHORTEST_GUESS and not word.isdigit() and "@" not in word:
            alike |= Q(search__trigram_word_similar=word)
        rule &= alike
    if choice.sees_protected:
        rule |= Q(pk__in=_protected(choice.words))
    return rows.filter(rule)


def _words(typed: str) -> list[str]:
    """An address is one word; all others are folded as the column is."""
    return [mail_key(one) if "@" in one else swedish.fold(one) for one in typed.split()]


def _protected(typed: str) -> list[int]:
    """Their names are unreadable to the database; they are few, so they are read one by one."""
    words = _words(typed)
    rows = Person.objects.in_register().filter(is_protected=True).exclude(protected=None)
    found = []
    for row in rows.only("pk", "protected", "search"):
        hidden: Any = row.protected
        text = f"{swedish.fold(' '.join(hidden.values()))} {row.search}"
        if all(word in text for word in words):
            found.append(row.pk)
    return found


def page(choice: Choice, *, after: int | None = None, today: date | None = None) -> Page:
    """One page of the list. It begins after a row, not after a number of rows: page 2000 costs
    what page 2 does."""
    today = today or timezone.localdate()
    with transaction.atomic():
        if choice.words:
            forgive()
        return _page(choice, after, today)


def forgive() -> None:
    """In this transaction "öbrg" is near enough to "öberg"."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [ALIKE])


def _page(choice: Choice, after: int | None, today: date) -> Page:
    rows = chosen(choice, today)
    count = rows.order_by()[: COUNTED + 1].count()
    if choice.words:
        rows = _closest_first(rows, choice.words)
        begin = max(after or 0, 0)
        found = list(rows[begin : begin + PAGE + 1])
        further = begin + PAGE
    else:
        found = list(_after(rows.order_by("sort_key", "pk"), after)[: PAGE + 1])
        further = found[PAGE - 1].pk if len(found) > PAGE else 0
    shown = found[:PAGE]
    _tell_memberships(shown, today)
    return Page(
        shown, further if len(found) > PAGE else None, count, list(MembershipType.objects.all())
    )


def _closest_first(rows: QuerySet[Person], typed: str) -> QuerySet[Person]:
    typed = " ".join(_words(typed))
    near = TrigramWordSimilarity(typed, "search")
    return rows.annotate(near=near).order_by(F("near").desc(), "sort_key", "pk")


def _after(rows: QuerySet[Person], after: int | None) -> QuerySet[Person]:
    """The address holds the number of a row and not a name: addresses end up in logs."""
    if after is None:
        return rows
    last = Person.objects.filter(pk=after).values_list("sort_key", flat=True).first()
    if last is None:
        return rows
    return rows.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after), sort_key__gte=last)


def _tell_memberships(people: list[Any], today: date) -> None:
    """`latest`: the membership that the list tells about, asked once for all of them."""
    memberships = (
        Membership.objects.filter(person__in=people)
        .select_related("type", "charge")
        .order_by("ended_on", "ends_on")
    )
    latest: dict[int, Membership] = {}
    for one in memberships:
        known = latest.get(one.person_id)
        if known is None or (known.ended_on is not None, known.ends_on) <= (
            one.ended_on is not None, one.ends_on,
        ) or one.ended_on is None:  # fmt: skip
            latest[one.person_id] = one
    for person in people:
        person.latest = latest.get(person.pk)
        person.standing = standing(person.latest, today)


def standing(membership: Membership | None, today: date) -> str:
    """How it stands with somebody's membership, in a few words."""
    if membership is None:
        return str(_("Inte medlem"))
    last = membership.ends_on
    if membership.ended_on and membership.ended_on <= today:
        return str(_("Avslutad %(day)s")) % {"day": membership.ended_on}
    if membership.charge and not membership.charge.is_settled:
        return str(_("Väntar på betalning"))
    if last < today:
        return str(_("Gick ut %(day)s")) % {"day": last}
    return str(_("Till och med %(day)s")) % {"day": last}


def save_list(name: str, filters: dict[str, str], *, actor: Any) -> SavedList:
    """The same name again is the same list with new filters."""
    facts = {"filters": filters, "made_by": actor, "made_at": timezone.now()}
    return SavedList.objects.update_or_create(name=name, defaults=facts)[0]
