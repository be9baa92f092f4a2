from datetime import date

import pytest

from events.study import personal_number
from events.study.personal_number import DigitsDoNotFit, NoSuchDay, NotANumber, fits, read, read_lma

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "191212121212", "19121212-1212", " 19121212 - 1212 ", "19121212–1212", "121212+1212",
        "19121212\u00a01212", "191212121212.",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_typed(typed):
    assert read(typed, today=TODAY) == personal_number.Number("191212121212", False)


def number(nine: str) -> str:
    """With the digit that fits behind the nine."""
    return next(f"{nine}{last}" for last in range(10) if fits(f"{nine}{last}"))


@pytest.mark.parametrize(
    ("nine", "sign", "year"),
    [
        ("850412980", "-", 1985), ("010203980", "", 2001), ("261122980", "-", 2026),
        ("271122980", "-", 1927), ("201122980", "+", 1920), ("200229980", "-", 2020),
    ],
)  # fmt: skip
def test_ten_digits_are_of_the_latest_century_that_fits(nine, sign, year):
    ten = number(nine)
    assert read(f"{ten[:6]}{sign}{ten[6:]}", today=TODAY).birth_year == year


def test_a_coordination_number_has_sixty_added_to_its_day():
    found = read("1985" + number("850472980")[2:], today=TODAY)
    assert (found.is_coordination, found.birth_year) == (True, 1985)


@pytest.mark.parametrize(
    "typed", ["", "12", "hej", "1912121212120", "19121212-121", "１９１２１２１２１２１２"]
)
def test_other_things_are_not_numbers(typed):
    with pytest.raises(NotANumber):
        read(typed, today=TODAY)


@pytest.mark.parametrize(
    "birthday", ["20261123", "19850230", "19851301", "19850400", "19850492", "18500101"]
)
def test_a_day_that_has_not_been_is_told_apart(birthday):
    with pytest.raises(NoSuchDay):
        read(f"{birthday}-{number(birthday[2:] + '980')[-4:]}", today=TODAY)


def test_every_wrong_digit_is_seen():
    right = "191212121212"
    for place in range(8, 12):
        for digit in "0123456789":
            typed = right[:place] + digit + right[place + 1 :]
            if typed == right:
                continue
            with pytest.raises(DigitsDoNotFit):
                read(typed, today=TODAY)


def test_a_card_number_of_an_asylum_seeker_is_digits_only():
    assert read_lma("50-123 456") == "50123456"
    for typed in ("", "1234", "abcdef", "1" * 13):
        with pytest.raises(NotANumber):
            read_lma(typed)
