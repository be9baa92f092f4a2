"""Which column of a file is what, and what one row of it says of a person."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Person
from members.services.tables import Row, Table
from privacy import swedish
from privacy.addresses import tidy_email

# What a column can be, and the headers that say so, folded. Also those of MaWik.
COLUMNS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "member_number": (gettext_lazy("Medlemsnummer"), ("medlemsnr", "medlemsnummer", "nr", "nummer")),
    "name": (gettext_lazy("Hela namnet"), ("namn", "name")),
    "first_name": (gettext_lazy("Förnamn"), ("fornamn", "tilltalsnamn")),
    "last_name": (gettext_lazy("Efternamn"), ("efternamn",)),
    "email": (gettext_lazy("E-post"), ("e-post", "epost", "email", "e-mail", "mail", "e-postadress")),
    "phone": (gettext_lazy("Telefon"), ("tel", "telefon", "mobil", "mobiltelefon", "telefonnummer")),
    "address": (gettext_lazy("Hela adressen"), ("adress",)),
    "care_of": (gettext_lazy("c/o"), ("c/o", "co", "co-adress")),
    "street": (gettext_lazy("Gata"), ("gata", "gatuadress", "utdelningsadress")),
    "postcode": (gettext_lazy("Postnummer"), ("postnr", "postnummer")),
    "town": (gettext_lazy("Ort"), ("ort", "postort", "stad")),
    "birth_year": (gettext_lazy("Födelseår"), ("fodelsear", "fodd")),
    "paid_to": (gettext_lazy("Betald till och med"), ("betald t.o.m.", "betald tom", "betalt t.o.m.",
                                                       "betald till och med")),
    "since": (gettext_lazy("Medlem sedan"), ("medlem sedan", "intradesdatum", "medlem fran")),
    "asked_to": (gettext_lazy("Aviserad till och med"), ("aviserad t.o.m.", "aviserad tom")),
    "type": (gettext_lazy("Typ"), ("typ", "medlemstyp", "kategori")),
}  # fmt: skip
_POSTCODE = re.compile(r"^(.*?)[,\s]*\b(\d{3} ?\d{2})\s+(\D+)$")
TEXTS = ("first_name", "last_name", "phone", "care_of", "street", "postcode", "town")
LONGEST = {one.name: one.max_length or 0 for one in Person._meta.concrete_fields}
EARLIEST = 1900


class Refused(Exception):
    """Why a row is left out, in words for who reads the file in."""


@dataclass
class Draft:
    """What one row says."""

    number: int
    facts: dict[str, Any]
    paid_to: date | None = None
    since: date | None = None
    type: str = ""
    person: Person | None = None
    before: dict[str, Any] = field(default_factory=dict)


def guess(table: Table) -> list[str]:
    """For each column what it is, by its header; empty for what is left out."""
    known = {header: name for name, (_label, headers) in COLUMNS.items() for header in headers}
    found: list[str] = []
    for header in table.header:
        name = known.get(swedish.fold(header).strip(" :"), "")
        found.append(name if name not in found else "")
    return found


def draft(row: Row, mapping: list[str]) -> Draft:
    """Raises Refused."""
    said = {name: cell for name, cell in zip(mapping, row.cells, strict=False) if name and cell}
    _part_name(said)
    _part_address(said)
    if not said.get("first_name"):
        raise Refused(_("Namnet saknas"))
    facts: dict[str, Any] = {name: said[name] for name in TEXTS if name in said}
    for name, value in facts.items():
        longest = LONGEST[name]
        if len(value) > longest:
            raise Refused(_("För lång text i %s") % COLUMNS[name][0])
    if "email" in said:
        facts["email"] = _email(said["email"])
    if "member_number" in said:
        facts["member_number"] = _whole(said["member_number"], "member_number", 1, 2_000_000_000)
    if "birth_year" in said:
        now = timezone.localdate().year
        facts["birth_year"] = _whole(said["birth_year"][:4], "birth_year", EARLIEST, now)
    return Draft(
        row.number,
        facts,
        paid_to=_date(said.get("paid_to", ""), "paid_to", last=True),
        since=_date(said.get("since", ""), "since"),
        type=said.get("type", ""),
    )


def _part_name(said: dict[str, str]) -> None:
    """Lind, Kim · Kim Lind"""
    whole = said.pop("name", "")
    if not whole or "first_name" in said:
        return
    if "," in whole:
        last, _comma, first = whole.partition(",")
    else:
        first, _space, last = whole.partition(" ")
    said["first_name"] = first.strip()
    said.setdefault("last_name", last.strip())


def _part_address(said: dict[str, str]) -> None:
    """Gatan 1, 118 20 Stockholm"""
    whole = said.pop("address", "")
    if not whole or "street" in said:
        return
    parts = _POSTCODE.match(whole)
    if parts is None:
        said["street"] = whole
        return
    said["street"] = parts[1].strip(" ,")
    said.setdefault("postcode", parts[2])
    said.setdefault("town", parts[3].strip())


def _email(typed: str) -> str:
    address = tidy_email(typed)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(_("E-posten går inte att skriva till: %s") % typed) from error
    return address


def _whole(typed: str, name: str, least: int, most: int) -> int:
    if not (typed.isascii() and typed.isdigit() and least <= int(typed) <= most):
        raise Refused(_("%(what)s är inte ett nummer: %(typed)s") % {
            "what": COLUMNS[name][0], "typed": typed,
        })  # fmt: skip
    return int(typed)


def _date(typed: str, name: str, *, last: bool = False) -> date | None:
    """2026-12-31, 20261231, 2026/12/31, or a year alone."""
    digits = re.sub(r"[-/. ]", "", typed)
    if not digits:
        return None
    if len(digits) == 4:
        digits += "1231" if last else "0101"
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        if len(digits) != 8 or not EARLIEST <= day.year <= EARLIEST + 200:
            raise ValueError(digits)
    except ValueError as error:
        raise Refused(_("%(what)s är inte ett datum: %(typed)s") % {
            "what": COLUMNS[name][0], "typed": typed,
        }) from error  # fmt: skip
    return day
