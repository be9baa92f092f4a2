"""Tables that leave the house, in which nothing that somebody typed is ever calculated."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# What makes a spreadsheet program calculate, also in the wide forms of East Asian keyboards.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOLD = Font(bold=True)


@dataclass(frozen=True)
class Column:
    """`width` in characters."""

    header: str
    width: int = 18


@dataclass(frozen=True)
class Sheet:
    title: str
    columns: list[Column]
    rows: Iterable[list[str]]


def workbook(sheets: Iterable[Sheet], *, mark: str) -> bytes:
    """One sheet for each table. Every cell is text.

    `mark` says who took the list out and when: first on every sheet, and under each printed page.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet, mark)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def comma_separated(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """As Swedish spreadsheet programs open it: semicolons, and a mark that says UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([plain(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def plain(value: Any) -> Any:
    """A CSV has no kinds of cells: an apostrophe keeps what looks like a formula as text."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _write(page: Any, sheet: Sheet, mark: str) -> None:
    page.freeze_panes = "A3"
    # "&" begins a code in the foot of a page.
    page.oddFooter.left.text = mark.replace("&", "&&")
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.append([_cell(page, mark)])
    page.append([_cell(page, column.header, bold=True) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, text) for text in row])


def _cell(page: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text))
    # openpyxl makes a formula of "=1+1"; here everything is what it looks like.
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        # So that it stays text when somebody edits the cell.
        cell.quotePrefix = True
    if bold:
        cell.font = _BOLD
    return cell


def pdf(source: Path, facts: dict[str, Any]) -> bytes:
    """A paper. What people typed goes in as data, never as a part of the document's own text."""
    made: Any = typst.compile(
        _read(source),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(facts, ensure_ascii=False)},
    )
    return bytes(made)


@cache
def _read(source: Path) -> bytes:
    return source.read_bytes()
