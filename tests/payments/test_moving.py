"""What was paid too much: a gift or another fee, booked to the öre, and undone as one deed."""

import uuid
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from members.models import User
from payments.models import Charge, Flag, Payment, PaymentSettings
from payments.services import by_hand, moving, refunds
from tests.doors import CSRF_FREE, log_in
from tests.factories import ChargeFactory, UserFactory
from tests.payments.test_books import batch, totals

pytestmark = pytest.mark.django_db


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor")


def receives(charge: Charge, amount: int, by: User) -> Charge:
    day = timezone.localdate()
    by_hand.receive(charge, amount=amount, method="bank", day=day, note="", by=by, key=uuid.uuid4())
    charge.refresh_from_db()
    return charge


@pytest.fixture
def too_much(susi: User) -> Charge:
    """250 kronor came for a fee of 200."""
    charge = ChargeFactory(union_share=0, year=timezone.localdate().year, payer_name="Kim Lind")
    return receives(charge, 25_000, susi)


def everything(by: User) -> dict[str, int]:
    today = timezone.localdate()
    return totals(batch(by, date(today.year, 1, 1), date(today.year + 1, 12, 31)))


def flags() -> list[bool]:
    return [flag.settled_at is not None for flag in Flag.objects.filter(kind="too_much")]


def test_too_much_becomes_a_gift_and_is_booked_as_one(too_much: Charge, susi: User) -> None:
    assert (moving.over(too_much), flags()) == (5_000, [False])
    gift = by_hand.give_over(too_much, by=susi)
    gift.refresh_from_db()
    assert (gift.kind, gift.amount, gift.state, gift.payer_name) == (
        "gift", 5_000, "paid", "Kim Lind",
    )  # fmt: skip
    assert (moving.over(too_much), too_much.state, flags()) == (0, "paid", [True])
    assert everything(susi) == {"1930": 25_000, "3010": -20_000, "3993": -5_000}
    with pytest.raises(moving.NothingOver):
        by_hand.give_over(too_much, by=susi)


def test_it_pays_next_years_fee_and_becomes_income_with_it(too_much: Charge, susi: User) -> None:
    coming = ChargeFactory(amount=20_000, union_share=0, year=timezone.localdate().year + 1)
    assert by_hand.move_over(too_much, coming, by=susi) == 5_000
    coming.refresh_from_db()
    assert (coming.received, coming.left, coming.state) == (5_000, 15_000, "open")
    today = timezone.localdate()
    this_year = totals(batch(susi, date(today.year, 1, 1), date(today.year, 12, 31)))
    assert this_year == {"1930": 25_000, "3010": -20_000, "2970": -5_000}
    assert everything(susi) == {"2970": 5_000, "3010": -5_000}


def test_no_more_is_moved_than_the_other_waits_for(too_much: Charge, susi: User) -> None:
    other = ChargeFactory(amount=3_000, union_share=0)
    assert by_hand.move_over(too_much, other, by=susi) == 3_000
    other.refresh_from_db()
    assert (other.state, moving.over(too_much), flags()) == ("paid", 2_000, [False])
    with pytest.raises(moving.NothingOver):
        by_hand.move_over(too_much, other, by=susi)


def test_what_was_moved_is_not_given_back_too(too_much: Charge, susi: User) -> None:
    gift = by_hand.give_over(too_much, by=susi)
    assert (refunds.can_give_back(too_much), refunds.can_give_back(gift)) == (20_000, 0)


@pytest.mark.parametrize("half", [0, 1])
def test_undone_at_either_end_both_are_as_they_were(
    too_much: Charge, susi: User, half: int
) -> None:
    gift = by_hand.give_over(too_much, by=susi)
    lines = Payment.objects.filter(kind="moved").order_by("pk")
    by_hand.undo(lines[half], by=susi)
    gift.refresh_from_db()
    too_much.refresh_from_db()
    assert (gift.received, moving.over(too_much), too_much.state) == (0, 5_000, "paid")
    assert everything(susi) == {"1930": 25_000, "3010": -20_000, "2970": -5_000}


def test_paid_twice_in_parts_is_moved_from_the_latest(susi: User) -> None:
    charge = receives(ChargeFactory(union_share=0), 20_000, susi)
    receives(charge, 15_000, susi)
    receives(charge, 15_000, susi)
    by_hand.give_over(charge, by=susi)
    moved = Payment.objects.filter(kind="moved", charge=charge).order_by("pk")
    assert list(moved.values_list("amount", flat=True)) == [-15_000, -15_000]
    assert refunds.can_give_back(charge) == 20_000


def test_as_the_board_has_chosen_it_is_a_gift_at_once(susi: User) -> None:
    PaymentSettings.load()
    PaymentSettings.objects.update(surplus_is_gift=True)
    receives(ChargeFactory(union_share=0), 25_000, susi)
    assert (Charge.objects.get(kind="gift").amount, flags()) == (5_000, [])
    # A second payment of the whole fee is more likely a slip: a person looks.
    receives(Charge.objects.exclude(kind="gift").get(), 20_000, susi)
    assert Charge.objects.filter(kind="gift").count() == 1


def test_the_treasurer_presses_a_button(client: Client, too_much: Charge, susi: User) -> None:
    log_in(client, susi)
    page = f"/admin/avgifter/{too_much.number}/"
    assert "50\xa0kr för mycket" in client.get(page).content.decode()
    other = ChargeFactory(amount=3_000, union_share=0)
    typed = {"do": "move", "number": str(other.number)}
    assert client.post(page + "overskott/", typed, **CSRF_FREE)["Location"] == page
    client.post(page + "overskott/", {"do": "gift"}, **CSRF_FREE)
    client.post(page + "overskott/", {"do": "move", "number": "nonsens"}, **CSRF_FREE)
    assert "för mycket</h2>" not in client.get(page).content.decode()
    assert Charge.objects.get(kind="gift").amount == 2_000
