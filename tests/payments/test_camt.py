"""The bank's message of deposits: read whole, or refused with words."""

import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO, RawIOBase
from typing import Any

import pytest

from payments import camt
from payments.deposits import Deposit, FileRefused, keyed
from tests.payments import bankpapers
from tests.payments.bankpapers import deposit

BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
FETCHES = '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'


def read(content: bytes) -> list[Deposit]:
    return list(camt.read(BytesIO(content)))


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        read(content)
    return str(error.value)


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_deposit_is_read_with_all_that_the_bank_says(version: str) -> None:
    row = deposit("1234.50", ocr="1004274", payer="Åsa Öberg", id="A1", text="Hej  du")
    assert read(bankpapers.camt(row, version=version)) == [
        Deposit(
            amount=123_450,
            booked_on=date(2026, 11, 16),
            reference="1004274",
            text="Hej du",
            payer="Åsa Öberg",
            bank_id="A1",
        )
    ]


def test_only_what_is_booked_and_came_in_is_read() -> None:
    rows = [deposit(way="DBIT"), deposit(status="PDNG"), deposit("1.00")]
    assert [row.amount for row in read(bankpapers.camt(*rows))] == [100]


def test_a_swish_is_known_by_its_word() -> None:
    assert [row.is_swish for row in read(bankpapers.camt(deposit(text="Swish från 070")))] == [True]


@pytest.mark.parametrize("doctype", [BOMB, FETCHES, "<!DOCTYPE Document>"])
def test_a_file_with_a_dtd_is_refused_at_once(doctype: str) -> None:
    started = time.monotonic()
    assert "DTD" in refused(bankpapers.camt(deposit(payer="x"), before=doctype))
    assert time.monotonic() - started < 1


def test_a_truncated_file_is_refused_wherever_it_was_cut() -> None:
    whole = bankpapers.camt(deposit(ocr="1004274"), deposit(id="A2"))
    for length in range(60, len(whole) - 1, 37):
        refused(whole[:length])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"currency": "EUR"}, "Valutan är EUR, inte SEK i post 2. Inget är inläst."),
        ({"amount": "12,50"}, "Beloppet går inte att läsa i post 2. Inget är inläst."),
        ({"amount": "NaN"}, "Beloppet går inte att läsa i post 2. Inget är inläst."),
        ({"amount": "-5.00"}, "Beloppet går inte att läsa i post 2. Inget är inläst."),
        ({"amount": "0.00"}, "Beloppet går inte att läsa i post 2. Inget är inläst."),
        ({"amount": "1.005"}, "Beloppet går inte att läsa i post 2. Inget är inläst."),
        ({"amount": "999999999999.00"}, "Beloppet går inte att läsa i post 2. Inget är inläst."),
        ({"day": "2026-02-30"}, "Dagen saknas i post 2. Inget är inläst."),
    ],
)
def test_what_cannot_be_understood_is_named_by_its_entry(
    change: dict[str, str], words: str
) -> None:
    assert refused(bankpapers.camt(deposit(), deposit(**change))) == words


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>",
        bankpapers.camt(deposit()).replace(b"camt.054", b"camt.053"),
        bankpapers.camt(deposit()).replace(b"001.08", b"001.99"),
    ],
)
def test_another_kind_of_file_is_told_apart(content: bytes) -> None:
    assert "camt.054" in refused(content)


def test_many_transactions_in_one_entry_are_many_deposits() -> None:
    two = bankpapers.transaction(deposit("100.00"), "08")
    two += bankpapers.transaction(deposit("50.00"), "08")
    whole = bankpapers.camt(deposit("150.00", id="")).decode()
    start, end = whole.index("<TxDtls>"), whole.index("</NtryDtls>")
    content = (whole[:start] + two + whole[end:]).replace(
        "<BookgDt>", "<AcctSvcrRef>B7</AcctSvcrRef><BookgDt>"
    )
    assert [(row.amount, row.bank_id) for row in read(content.encode())] == [
        (10_000, "B7/1"),
        (5_000, "B7/2"),
    ]


def test_two_alike_are_two_unless_the_bank_says_that_they_are_one() -> None:
    without = read(bankpapers.camt(deposit(), deposit()))
    named = read(bankpapers.camt(deposit(id="A1"), deposit(id="A1")))
    assert len({key for key, _ in keyed(without)}) == 2
    assert len({key for key, _ in keyed(named)}) == 1


class Endless(RawIOBase):
    """A file that is made while it is read, so that the test itself holds none of it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> Any:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def test_reading_needs_no_more_memory_for_more_rows() -> None:
    def peak(rows: int) -> int:
        pieces = bankpapers.camt_pieces(deposit() for _ in range(rows))
        tracemalloc.start()
        assert sum(1 for _ in camt.read(Endless(iter(pieces)))) == rows  # type: ignore[arg-type]
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(6000) < peak(600) + 300_000
