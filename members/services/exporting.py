"""The register as files that leave the house: tables and labels. Who is protected is in none."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.services import files
from members.models import Membership, Person
from members.services.people import ABOUT
from members.services.search import Choice, chosen, forgive
from privacy.exports import Column, Sheet, comma_separated, pdf, workbook
from privacy.models import AccessLog
from privacy.services import note_access

# The headers are those that the import knows, so that a file can come back.
COLUMNS = {
    "member_number": ("Medlemsnr", 10),
    "first_name": ("Förnamn", 18),
    "last_name": ("Efternamn", 22),
    "email": ("E-post", 30),
    "phone": ("Telefon", 16),
    "care_of": ("c/o", 16),
    "street": ("Gata", 26),
    "postcode": ("Postnummer", 10),
    "town": ("Ort", 18),
    "kind": ("Typ", 14),
    "paid_to": ("Betald t.o.m.", 14),
}
# Rows that are made while somebody waits: a few seconds at the most.
AT_ONCE = {"csv": 20_000, "xlsx": 5_000, "etiketter": 2_000}
LATER = "register"
# Sheets of labels that the paper knows: columns by rows, and what is printed on the package.
SHEETS = {
    "3x8": gettext_lazy("3 × 8 (70 × 37 mm)"),
    "3x7": gettext_lazy("3 × 7 (63,5 × 38,1 mm)"),
    "2x7": gettext_lazy("2 × 7 (99,1 × 38,1 mm)"),
    "2x8": gettext_lazy("2 × 8 (105 × 37 mm)"),
}
LABELS = Path(__file__).resolve().parents[1] / "papers" / "labels.typ"


def people(choice: Choice) -> QuerySet[Person]:
    """Those of the choice that may leave the house, in the order of names."""
    today = timezone.localdate()
    theirs = Membership.objects.in_force(today).filter(person=OuterRef("pk")).order_by("-ends_on")
    return (
        chosen(choice, today)
        .filter(is_protected=False)
        .annotate(
            kind=Subquery(theirs.values("type__name")[:1]),
            paid_to=Subquery(theirs.values("ends_on")[:1]),
        )
        .order_by("sort_key", "pk")
    )


def is_long(choice: Choice, way: str) -> bool:
    """Whether somebody would have to wait for it: then it is made by the clock."""
    with transaction.atomic():
        forgive()
        most = AT_ONCE[way]
        return people(choice).order_by()[: most + 1].count() > most


def make_later(choice: Choice, way: str, *, actor: Any, name: str, kind: str) -> None:
    facts = {"way": way, "words": choice.words, "sees_protected": choice.sees_protected}
    files.ask(
        actor,
        LATER,
        facts | choice.as_query(),
        permission="members.export_person",
        name=name,
        kind=kind,
    )


@files.maker(LATER)
def _make(actor: Any, facts: Any) -> bytes:
    choice = Choice.of({**facts, "q": facts["words"]}, sees_protected=facts["sees_protected"])
    make = {"csv": as_csv, "xlsx": as_workbook, "etiketter": as_labels}[facts["way"]]
    return make(choice, actor=actor)


@transaction.atomic
def as_csv(choice: Choice, *, actor: Any) -> bytes:
    rows = _rows(choice)
    _note(actor, "csv", len(rows))
    return comma_separated([header for header, _width in COLUMNS.values()], rows)


@transaction.atomic
def as_workbook(choice: Choice, *, actor: Any) -> bytes:
    rows = _rows(choice)
    _note(actor, "xlsx", len(rows))
    mark = _("Uttagen av %(who)s %(when)s. Innehåller personuppgifter. Radera efter användning.")
    mark %= {"who": actor, "when": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    columns = [Column(header, width) for header, width in COLUMNS.values()]
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    return workbook([Sheet(_("Medlemmar"), columns, texts)], mark=mark)


def _rows(choice: Choice) -> list[tuple[Any, ...]]:
    forgive()
    return list(people(choice).values_list(*COLUMNS))


@transaction.atomic
def as_labels(choice: Choice, *, actor: Any) -> bytes:
    """A4 with 3 by 8 labels, one for each household."""
    found = labels(choice)
    _note(actor, "etiketter", len(found))
    return pdf(LABELS, {"labels": found})


def labels(choice: Choice) -> list[list[str]]:
    """The lines of every label. Who has no street is left out."""
    forgive()
    rows: Any = people(choice).exclude(street="").values(
        "first_name", "last_name", "care_of", "street", "postcode", "town", "household",
        envelope=F("household__label"),
    )  # fmt: skip
    homes: dict[Any, list[dict[str, Any]]] = {}
    for number, row in enumerate(rows):
        homes.setdefault(row["household"] or f"alone {number}", []).append(row)
    return [_lines(home) for home in homes.values()]


def _lines(home: list[dict[str, Any]]) -> list[str]:
    first = home[0]
    names = [f"{one['first_name']} {one['last_name']}".strip() for one in home]
    to = first["envelope"] or (
        _("%(some)s och %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
        if len(names) > 1
        else names[0]
    )
    care_of = f"c/o {first['care_of']}" if first["care_of"] else ""
    place = f"{first['postcode']} {first['town']}".strip()
    return [line for line in (to, care_of, first["street"], place) if line]


def _note(actor: Any, kind: str, number: int) -> None:
    note_access(
        actor,
        action=AccessLog.Action.EXPORT,
        about=ABOUT,
        reference=kind,
        reason=f"{number} rader",
    )
