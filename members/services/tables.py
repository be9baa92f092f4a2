"""A file of rows, from whatever program it came: CSV in any of its spellings, or a workbook."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MOST_ROWS = 50_000
LARGEST_FILE = 10 * 1024 * 1024
# A workbook is packed: what it unpacks to is looked at before it is unpacked.
LARGEST_UNPACKED = 200 * 1024 * 1024
LONGEST_CELL = 500
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Unreadable(Exception):
    """Why the file cannot be read, in words for who chose it."""


@dataclass(frozen=True)
class Row:
    """`number`: as the program that shows the file counts, the header being the first."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    header: list[str]
    rows: list[Row]


def read(content: bytes) -> Table:
    """Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("Filen är för stor. Dela den i flera, på högst 10 MB."))
    lines = _workbook(content) if content.startswith(b"PK") else _separated(content)
    rows = [Row(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    if len(rows) < 2:
        raise Unreadable(_("Filen har inga rader. Den första raden ska ha rubriker."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("Filen har för många rader. Dela den i flera."))
    header, *body = rows
    # Columns without a word in them are left out.
    width = max(len(row.cells) for row in rows)
    used = [
        at
        for at in range(width)
        if _cell(header.cells, at) or any(_cell(row.cells, at) for row in body)
    ]
    return Table(
        [_cell(header.cells, at) or _("Kolumn %s") % (at + 1) for at in used],
        [Row(row.number, [_cell(row.cells, at) for at in used]) for row in body],
    )


def _cell(cells: list[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _separated(content: bytes) -> Iterable[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        return [
            [" ".join(cell.split())[:LONGEST_CELL] for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise Unreadable(_("Filen går inte att läsa. Spara den som CSV igen.")) from error


def _decoded(content: bytes) -> str:
    encodings = [name for mark, name in MARKS.items() if content.startswith(mark)]
    for encoding in encodings or ["utf-8", "cp1252", "latin-1"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("Filen är inte en tabell. Spara den som CSV eller Excel."))


def _workbook(content: bytes) -> Iterable[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(_("Filen är för stor. Dela den i flera."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet: Any = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        return [[_text(value) for value in row] for row in rows]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise Unreadable(
            _("Excel-filen går inte att läsa. Spara den igen, eller som CSV.")
        ) from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "date"):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_CELL]
