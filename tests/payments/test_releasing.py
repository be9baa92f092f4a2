"""What was paid before its year becomes income on the first day of it, once and to the öre."""

from datetime import date

import pytest

from members.models import User
from payments.services.books import NothingToBook
from tests.factories import ChargeFactory, UserFactory
from tests.payments.test_books import a_line, batch, totals, transactions

pytestmark = pytest.mark.django_db


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor")


def test_at_new_year_what_was_paid_in_advance_becomes_income_once(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=5_000, year=2027), 20_000)
    a_line(ChargeFactory(kind="support", amount=60_000, union_share=0, year=2027), 60_000)
    assert totals(batch(susi, last=date(2026, 12, 31)))["2970"] == -75_000
    found = batch(susi, first=date(2027, 1, 1), last=date(2027, 1, 31))
    assert [(day, text) for _number, day, text, _lines in found.vouchers] == [
        ("20270101", "Förutbetalda avgifter 2027")
    ]
    assert transactions(found) == [[("2970", 75_000), ("3010", -15_000), ("3020", -60_000)]]
    with pytest.raises(NothingToBook):
        batch(susi, first=date(2027, 1, 1))


def test_a_late_file_of_the_year_before_is_made_up_for(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=0, year=2027), 20_000)
    with pytest.raises(NothingToBook):
        batch(susi, first=date(2027, 1, 1), last=date(2027, 1, 31))
    batch(susi, last=date(2026, 12, 31))
    found = batch(susi, first=date(2027, 2, 1), last=date(2027, 2, 28))
    assert totals(found) == {"2970": 20_000, "3010": -20_000}


def test_in_one_file_over_new_year_nothing_is_left_in_advance(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=5_000, year=2027), 20_000)
    assert totals(batch(susi)) == {"1930": 20_000, "2890": -5_000, "3010": -15_000}


def test_what_was_given_back_before_its_year_is_no_income_of_it(susi: User) -> None:
    charge = ChargeFactory(amount=20_000, union_share=0, year=2027)
    a_line(charge, 20_000)
    a_line(charge, -20_000)
    assert totals(batch(susi)) == {}


def test_given_back_in_its_year_it_comes_to_nothing(susi: User) -> None:
    charge = ChargeFactory(amount=20_000, union_share=0, year=2027)
    a_line(charge, 20_000)
    a_line(charge, -20_000, day=date(2027, 3, 1))
    assert totals(batch(susi)) == {}


def test_too_much_in_advance_stays_where_it_is(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=0, year=2027), 25_000)
    assert totals(batch(susi)) == {"1930": 25_000, "3010": -20_000, "2970": -5_000}
