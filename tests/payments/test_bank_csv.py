"""Tables from banks and Swish, in every dress they come in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments import bank_csv
from payments.deposits import Deposit, FileRefused

PLAIN = "Bokföringsdag;Belopp;Avsändare;Meddelande;OCR\n2026-11-16;200,00;Åsa Öberg;Tack;1004274\n"
ASA = Deposit(
    amount=20_000,
    booked_on=date(2026, 11, 16),
    reference="1004274",
    text="Tack",
    payer="Åsa Öberg",
)


def read(text: str | bytes) -> list[Deposit]:
    content = text.encode() if isinstance(text, str) else text
    return list(bank_csv.deposits(bank_csv.read(content)))


def refused(text: str | bytes) -> str:
    with pytest.raises(FileRefused) as error:
        read(text)
    return str(error.value)


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("sign", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_dress_is_read_alike(letters: str, sign: str, end: str) -> None:
    assert read(PLAIN.replace(";", sign).replace("\n", end).encode(letters)) == [ASA]


def test_commas_between_and_a_point_in_the_amount() -> None:
    assert read(PLAIN.replace("200,00", "200.00").replace(";", ",")) == [ASA]


def test_a_decimal_comma_in_quotes_between_commas() -> None:
    assert read(PLAIN.replace("200,00", '"200|00"').replace(";", ",").replace("|", ",")) == [ASA]


def test_columns_may_stand_in_any_order_and_among_others() -> None:
    text = "Saldo;OCR;Meddelande;Clearing;Avsändare;Belopp;Bokföringsdag\n"
    text += "9 999,00;1004274;Tack;8327;Åsa Öberg;200,00;2026-11-16\n"
    assert read(text) == [ASA]


def test_lines_above_the_heading_and_empty_ones_are_passed_over() -> None:
    assert read(f"Konto 8327-9 000;;;;\n\n;;;;\n{PLAIN};;;;\n") == [ASA]


def test_the_first_fitting_heading_wins_and_the_guess_is_told() -> None:
    table = bank_csv.read(
        b"Transaktionsdatum;Bokf\xc3\xb6ringsdag;Belopp (SEK)\nx;y;z\n".replace(b" (SEK)", b"")
    )
    assert table.columns == {"day": "Bokföringsdag", "amount": "Belopp"}


def test_a_swish_report_is_known_by_its_headings() -> None:
    text = "Bokfdag;Belopp;Mottagarnummer;Avsändarnummer;Avsändarnamn;Meddelande\n"
    text += "2026-11-16;200,00;1230000000;0700000000;KIM LIND;Avgift 10042\n"
    (row,) = read(text)
    assert (row.is_swish, row.payer, row.text) == (True, "KIM LIND", "Avgift 10042")


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("1 234,50", 123_450),
        ("1\N{NO-BREAK SPACE}234,50", 123_450),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("200", 20_000),
        ("+200,5", 20_050),
        ("200 kr", 20_000),
        ("200,00 SEK", 20_000),
    ],
)
def test_amounts_as_banks_write_them(typed: str, ore: int) -> None:
    assert [row.amount for row in read(f"Datum;Belopp\n2026-11-16;{typed}\n")] == [ore]


@pytest.mark.parametrize("typed", ["-200,00", "\N{MINUS SIGN}200", "0,00"])
def test_what_went_out_is_passed_over(typed: str) -> None:
    assert read(f"Datum;Belopp\n2026-11-16;{typed}\n") == []


@pytest.mark.parametrize(
    "typed", ["2026-11-16", "20261116", "2026/11/16", "16.11.2026", "2026-11-16 09:12"]
)
def test_days_as_banks_write_them(typed: str) -> None:
    assert [row.booked_on for row in read(f"Datum;Belopp\n{typed};1\n")] == [date(2026, 11, 16)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-11-16;tvåhundra;SEK", "Beloppet går inte att läsa på rad 3. Inget är inläst."),
        ("2026-11-16;1,234;SEK", "Beloppet går inte att läsa på rad 3. Inget är inläst."),
        ("2026-11-16;;SEK", "Beloppet går inte att läsa på rad 3. Inget är inläst."),
        ("2026-11-16;200;EUR", "Valutan är EUR, inte SEK på rad 3. Inget är inläst."),
        ("2026-02-30;200;SEK", "Dagen går inte att läsa på rad 3. Inget är inläst."),
        ("2026-11-16;200", "Raden är avklippt på rad 3. Inget är inläst."),
        ("2026-11-16", "Raden är avklippt på rad 3. Inget är inläst."),
    ],
)
def test_what_cannot_be_understood_is_named_by_its_row(row: str, words: str) -> None:
    assert refused(f"Datum;Belopp;Valuta\n2026-11-15;100;SEK\n{row}") == words


@pytest.mark.parametrize("content", [b"", b"hej", b"Namn;Ort\nKim;Solna\n"])
def test_without_a_heading_that_we_know_nothing_is_read(content: bytes) -> None:
    assert "rubrikerna" in refused(content)


def test_a_spreadsheet_is_no_table_of_text() -> None:
    assert "CSV" in refused(b"PK\x03\x04\x00\x00Datum;Belopp")


@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    try:
        read(content)
    except FileRefused:
        pass


@given(st.text(alphabet='0123456789,.- ;\n"ÅaBelopDatum', max_size=80))
def test_whatever_stands_under_a_heading_is_read_or_refused(text: str) -> None:
    try:
        assert all(row.amount > 0 for row in read(f"Datum;Belopp\n{text}"))
    except FileRefused:
        pass
