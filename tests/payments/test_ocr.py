import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.ocr import check_digit, number_of, ocr

NUMBERS = st.integers(min_value=1, max_value=10**20)


@pytest.mark.parametrize(("base", "digit"), [("10042", 0), ("12345", 5)])
def test_the_check_digit_is_luhns(base: str, digit: int) -> None:
    assert check_digit(base) == digit


@pytest.mark.parametrize(
    ("number", "reference"),
    [(10042, "1004274"), (12345, "1234574"), (27000123, "2700012301")],
)
def test_the_reference_has_a_length_digit_and_a_check_digit(number: int, reference: str) -> None:
    assert (ocr(number), number_of(reference)) == (reference, number)


@given(NUMBERS)
def test_a_reference_names_its_charge(number: int) -> None:
    assert number_of(ocr(number)) == number


@given(NUMBERS, st.data())
def test_one_wrong_digit_is_always_seen(number: int, data: st.DataObject) -> None:
    reference = ocr(number)
    place = data.draw(st.integers(0, len(reference) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != reference[place]]))
    assert number_of(reference[:place] + other + reference[place + 1 :]) is None


@given(NUMBERS, st.data())
def test_a_digit_of_the_number_left_out_is_always_seen(number: int, data: st.DataObject) -> None:
    reference = ocr(number)
    # Of the number itself: the length digit then tells of one digit more.
    place = data.draw(st.integers(0, len(reference) - 3))
    assert number_of(reference[:place] + reference[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "7", "avgift", "١٢٣", "1004274" * 5])
def test_what_is_no_reference_names_nothing(text: str) -> None:
    assert number_of(text) is None
