"""The file itself: letters, line ends, sums."""

from datetime import date

import pytest

from payments import sie
from payments.sie import Head, Voucher
from tests.payments import sie_reader

HEAD = Head('Föreningen "Balans" Å\\Ä', "802468-6936", date(2027, 1, 31))
DAY = date(2027, 1, 14)


def voucher(*lines: tuple[str, int], number: int = 12) -> Voucher:
    return Voucher(number, DAY, "Avgift 10042", lines)


def test_the_file_is_that_of_the_standard_byte_for_byte() -> None:
    content = sie.write(
        Head("Föreningen Balans", "802468-6936", date(2027, 1, 31)),
        [("1580", "Stripe avräkning"), ("3010", "Medlemsavgifter")],
        [voucher(("1580", 25_005), ("3010", -25_005))],
    )
    assert content.split(b"\r\n") == [
        b"#FLAGGA 0",
        b'#PROGRAM "Samvaro" 1.0',
        b"#FORMAT PC8",
        b"#GEN 20270131",
        b"#SIETYP 4",
        b'#FNAMN "F\x94reningen Balans"',
        b"#ORGNR 802468-6936",
        b"#VALUTA SEK",
        b'#KONTO 1580 "Stripe avr\x84kning"',
        b'#KONTO 3010 "Medlemsavgifter"',
        b'#VER M 12 20270114 "Avgift 10042"',
        b"{",
        b"#TRANS 1580 {} 250.05",
        b"#TRANS 3010 {} -250.05",
        b"}",
        b"",
    ]


def test_what_would_break_a_field_does_not() -> None:
    found = sie_reader.read(sie.write(HEAD, [("1930", 'Ba"nk\r\nett')], []))
    assert found.facts["#FNAMN"] == 'Föreningen "Balans" Å/Ä'
    assert found.accounts == {"1930": 'Ba"nk  ett'}


def test_a_letter_that_the_code_page_lacks_is_a_question_mark() -> None:
    assert b"?" in sie.write(HEAD, [("1930", "Bank €")], [])


@pytest.mark.parametrize("lines", [(("1930", 1),), (("1930", 100), ("3010", -99))])
def test_a_voucher_that_does_not_sum_to_nothing_is_never_written(
    lines: tuple[tuple[str, int], ...],
) -> None:
    with pytest.raises(ValueError, match="does not sum"):
        sie.write(HEAD, [], [voucher(*lines)])
