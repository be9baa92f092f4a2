"""Tables from the bank: statements and Swish reports, however each bank writes them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from payments.deposits import LARGEST, Deposit, FileRefused, tidy

# What the banks call each column, best first. Compared without case, spaces and signs.
HEADINGS = {
    "day": (
        *("bokföringsdag", "bokföringsdatum", "bokförd", "bokfdag", "transaktionsdag"),
        *("transaktionsdatum", "betaldatum", "datum", "dag", "date"),
    ),
    "amount": ("belopp", "insättning", "insatt", "kredit", "amount"),
    "currency": ("valuta", "currency"),
    "reference": ("ocr", "ocrnummer", "ocrreferens", "ocrmeddelande", "referens", "reference"),
    "message": ("meddelande", "meddelandetillmottagare", "message"),
    "text": ("text", "beskrivning", "transaktionstext", "transaktion", "rubrik", "description"),
    "payer": (
        *("avsändarnamn", "avsändarensnamn", "betalarensnamn", "betalare", "avsändare"),
        *("inbetalare", "namn", "name"),
    ),
    "bank_id": ("betalningsreferens", "swishreferens", "verifikationsnummer", "transaktionsid"),
}
SWISH = ("avsändarnummer", "mottagarnummer", "swishnummer", "marknadsnamn", "swishreferens")
# The heading stands within the first lines; above it some banks write about the account.
HEADING_WITHIN = 20
_DAY = re.compile(r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})\b")
_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_AMOUNT = re.compile(r"^[+-]?\d{1,12}(\.\d{1,2})?$")


@dataclass(frozen=True)
class Table:
    """`columns`: what each of ours is called in this file. `lines`: with their number in it."""

    columns: dict[str, str]
    places: dict[str, int]
    width: int
    is_swish: bool
    lines: list[tuple[int, list[str]]] = field(repr=False)


def read(content: bytes) -> Table:
    """Find the heading and tell the columns apart. Raises FileRefused."""
    text = decoded(content)
    if "\x00" in text:
        raise FileRefused(_("Det här är ingen CSV-fil. Välj CSV när du hämtar filen hos banken."))
    for sign in (";", "\t", ","):
        lines = _split(text, sign)
        for start, (_number, cells) in enumerate(lines[:HEADING_WITHIN]):
            places = guess(cells)
            if {"day", "amount"} <= set(places):
                return Table(
                    columns={use: cells[place].strip() for use, place in places.items()},
                    places=places,
                    width=len(_without_empty_end(cells)),
                    is_swish=any(_bare(cell) in SWISH for cell in cells),
                    lines=lines[start + 1 :],
                )
    raise FileRefused(
        _("Vi hittar ingen rad med rubrikerna datum och belopp. Välj en annan fil hos banken.")
    )


def decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, else the old Windows letters, else Latin-1."""
    for name in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _split(text: str, sign: str) -> list[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    found = []
    try:
        found = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise FileRefused(
            _("Rad %(line)d går inte att läsa. Inget är inläst.") % {"line": rows.line_num}
        ) from error
    return found


def guess(cells: list[str]) -> dict[str, int]:
    """Which column is which, by its heading."""
    bare = [_bare(cell) for cell in cells]
    return {
        use: next(bare.index(name) for name in names if name in bare)
        for use, names in HEADINGS.items()
        if any(name in bare for name in names)
    }


def _bare(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalpha())


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def deposits(table: Table) -> Iterator[Deposit]:
    """What came in. What went out is passed over. Raises FileRefused, which names the row."""
    for number, cells in table.lines:
        if len(cells) < table.width:
            raise _refused(number, _("Raden är avklippt"))
        amount = _ore(_cell(table, cells, "amount"), number)
        currency = _cell(table, cells, "currency").upper()
        if currency not in ("", "SEK", "KR"):
            raise _refused(
                number, _("Valutan är %(currency)s, inte SEK") % {"currency": currency[:5]}
            )
        day = _day(_cell(table, cells, "day"), number)
        if amount > 0:
            yield _deposit(table, cells, amount, day)


def _deposit(table: Table, cells: list[str], amount: int, day: date) -> Deposit:
    text = tidy(f"{_cell(table, cells, 'text')} {_cell(table, cells, 'message')}", 300)
    return Deposit(
        amount=amount,
        booked_on=day,
        reference=tidy(_cell(table, cells, "reference"), 140),
        text=text,
        payer=tidy(_cell(table, cells, "payer"), 160),
        is_swish=table.is_swish or "swish" in text.lower(),
        bank_id=tidy(_cell(table, cells, "bank_id"), 200),
    )


def _cell(table: Table, cells: list[str], use: str) -> str:
    place = table.places.get(use)
    return "" if place is None or place >= len(cells) else cells[place].strip()


def _ore(text: str, number: int) -> int:
    """1 234,50 · 1.234,50 · 1,234.50 · −200 · 200 kr, as öre."""
    bare = "".join(text.split()).replace("−", "-")
    bare = re.sub(r"(kr|SEK)$", "", bare, flags=re.IGNORECASE)
    if "," in bare and "." in bare:
        thousands = "." if bare.rindex(",") > bare.rindex(".") else ","
        bare = bare.replace(thousands, "")
    bare = bare.replace(",", ".")
    try:
        ore = Decimal(bare) * 100 if _AMOUNT.match(bare) else None
    except InvalidOperation:
        ore = None
    if ore is None or abs(ore) > LARGEST:
        raise _refused(number, _("Beloppet går inte att läsa"))
    return int(ore)


def _day(text: str, number: int) -> date:
    try:
        if found := _DAY.match(text):
            return date(*(int(part) for part in found.groups()))
        if found := _DAY_FIRST.match(text):
            day, month, year = (int(part) for part in found.groups())
            return datetime(year, month, day).date()  # noqa: DTZ001 -- a day has no zone
    except ValueError:
        pass
    raise _refused(number, _("Dagen går inte att läsa"))


def _refused(number: int, why: str) -> FileRefused:
    return FileRefused(
        _("%(why)s på rad %(number)d. Inget är inläst.") % {"why": why, "number": number}
    )
