"""The ledger as vouchers: each line once, by the right accounts, and nothing lost on the way."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import User
from payments.models import Account, BooksClosed, Charge, Payment, Payout, PayoutLine, SieBatch
from payments.services import books, explaining, ledger
from payments.services.books import NothingToBook
from privacy.models import AccessLog
from tests.factories import ChargeFactory, UserFactory
from tests.payments import sie_reader

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor", first_name="Susi")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def a_line(charge: Charge, amount: int, **facts: Any) -> Payment:
    day = facts.pop("day", date(2026, 11, 16))
    kind = facts.pop("kind", "paid" if amount > 0 else "refunded")
    source = f"test:{Payment.objects.count()}"
    facts.setdefault("method", "bankgiro")
    line = ledger.record(
        charge, kind=kind, amount=amount, source=source, happened_at=at(day), **facts
    )
    assert line is not None
    return line


def batch(by: User, first: date = FIRST, last: date = LAST) -> sie_reader.Read:
    made = books.make_batch(from_day=first, to_day=last, by=by)
    return sie_reader.read(bytes(SieBatch.objects.get(pk=made.pk).content))


def transactions(found: sie_reader.Read) -> list[list[tuple[str, int]]]:
    return [
        [(account, int(amount * 100)) for account, amount in lines]
        for _number, _day, _text, lines in found.vouchers
    ]


def totals(found: sie_reader.Read) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for lines in transactions(found):
        for account, ore in lines:
            sums[account] += ore
    return {account: ore for account, ore in sums.items() if ore}


# --- which accounts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "account"),
    [("fee", "3010"), ("support", "3020"), ("taking_part", "3110"), ("gift", "3993")],
)
def test_each_kind_of_money_has_its_income(susi: User, kind: str, account: str) -> None:
    a_line(ChargeFactory(kind=kind, amount=20_000, union_share=0, year=2026), 20_000)
    assert transactions(batch(susi)) == [[("1930", 20_000), (account, -20_000)]]


@pytest.mark.parametrize(
    ("method", "account"),
    [
        ("card", "1580"), ("swish_stripe", "1580"), ("bankgiro", "1930"), ("swish", "1930"),
        ("bank", "1930"), ("cash", "1910"),
    ],
)  # fmt: skip
def test_each_way_has_its_account(susi: User, method: str, account: str) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=0, year=2026), 20_000, method=method)
    assert transactions(batch(susi)) == [[(account, 20_000), ("3010", -20_000)]]


def test_the_share_of_the_union_is_a_debt(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=5_000, year=2026), 20_000)
    assert transactions(batch(susi)) == [[("1930", 20_000), ("2890", -5_000), ("3010", -15_000)]]


def test_the_fee_of_next_year_is_paid_in_advance(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=5_000, year=2027), 20_000)
    found = batch(susi, last=date(2026, 12, 31))
    assert transactions(found) == [[("1930", 20_000), ("2890", -5_000), ("2970", -15_000)]]


def test_a_refund_goes_the_other_way(susi: User) -> None:
    charge = ChargeFactory(amount=20_000, union_share=5_000, year=2026)
    a_line(charge, 20_000)
    a_line(charge, -20_000)
    assert transactions(batch(susi))[1] == [("1930", -20_000), ("2890", 5_000), ("3010", 15_000)]


def test_in_parts_it_comes_to_the_same_to_the_ore(susi: User) -> None:
    charge = ChargeFactory(amount=10_000, union_share=3_333, year=2026)
    for amount in (3_333, 3_333, 3_334):
        a_line(charge, amount)
    assert totals(batch(susi)) == {"1930": 10_000, "2890": -3_333, "3010": -6_667}


def test_too_much_is_nobodys_income_yet(susi: User) -> None:
    charge = ChargeFactory(amount=20_000, union_share=5_000, year=2026)
    a_line(charge, 25_000)
    found = batch(susi)
    assert totals(found) == {"1930": 25_000, "2890": -5_000, "3010": -15_000, "2970": -5_000}


def test_what_was_let_go_is_no_money_and_in_no_file(susi: User) -> None:
    charge = ChargeFactory(amount=20_000, year=2026)
    line = a_line(charge, 20_000, kind="waived", method="none")
    ledger.undo(line, by=susi)
    with pytest.raises(NothingToBook):
        batch(susi)


def test_an_undone_line_and_its_answer_are_nothing_together(susi: User, time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    ledger.undo(a_line(ChargeFactory(amount=20_000, year=2026), 20_000), by=susi)
    found = batch(susi)
    assert (len(found.vouchers), totals(found)) == (2, {})


# --- the file -----------------------------------------------------------------------------------


def test_the_text_is_the_number_and_nobodys_name(susi: User) -> None:
    charge = ChargeFactory(amount=20_000, payer_name="Åsa Öberg", year=2026)
    a_line(charge, 20_000, day=date(2026, 11, 16))
    made = books.make_batch(from_day=FIRST, to_day=LAST, by=susi)
    (number, day, text, _lines) = sie_reader.read(bytes(made.content)).vouchers[0]
    assert (number, day, text) == (1, "20261116", charge.title)
    assert "berg" not in bytes(made.content).decode("cp437")


def test_each_line_is_in_one_file_and_the_numbers_go_on(susi: User) -> None:
    a_line(ChargeFactory(year=2026), 20_000)
    first = batch(susi)
    a_line(ChargeFactory(year=2026), 20_000)
    second = batch(susi)
    assert [[one[0] for one in found.vouchers] for found in (first, second)] == [[1], [2]]
    with pytest.raises(NothingToBook):
        batch(susi)


def test_a_line_outside_the_period_waits_for_its_own(susi: User) -> None:
    a_line(ChargeFactory(year=2026), 20_000, day=date(2026, 11, 30))
    a_line(ChargeFactory(year=2026), 20_000, day=date(2026, 12, 1))
    assert len(batch(susi, date(2026, 11, 1), date(2026, 11, 30)).vouchers) == 1
    assert len(batch(susi).vouchers) == 1


def test_a_file_is_the_same_when_it_is_fetched_again(susi: User) -> None:
    a_line(ChargeFactory(year=2026), 20_000)
    made = books.make_batch(from_day=FIRST, to_day=LAST, by=susi)
    before = bytes(made.content)
    Account.objects.filter(use="bank").update(number="1940")
    assert bytes(SieBatch.objects.get().content) == before


def test_an_account_that_was_changed_is_used_in_the_next_file(susi: User) -> None:
    Account.objects.filter(use="fee").update(number="3890", name="Avgifter från medlemmar")
    a_line(ChargeFactory(amount=20_000, union_share=0, year=2026), 20_000)
    found = batch(susi)
    assert found.accounts == {"1930": "Bankkonto", "3890": "Avgifter från medlemmar"}


def test_taking_a_file_is_noted(susi: User) -> None:
    a_line(ChargeFactory(year=2026), 20_000)
    books.make_batch(from_day=FIRST, to_day=LAST, by=susi)
    noted = AccessLog.objects.values_list("actor", "action", "about", "reference", "reason")
    row = (susi.pk, "export", "payments.SieBatch", "2026-01-01–2027-12-31", "1 rader")
    assert list(noted) == [row]


# --- Stripe -------------------------------------------------------------------------------------


def a_payout(amount: int, lines: list[tuple[str, int, int]]) -> Payout:
    payout = Payout.objects.create(
        payout_id=f"po_{Payout.objects.count()}",
        arrives_on=date(2026, 11, 16),
        amount=amount,
        noted_at=at(date(2026, 11, 16)),
    )
    for number, (kind, sum_, fee) in enumerate(lines):
        PayoutLine.objects.create(
            payout=payout,
            transaction_id=f"{payout.payout_id}/{number}",
            kind=kind,
            amount=sum_,
            fee=fee,
        )
    return payout


def words(payout: Payout) -> str:
    return explaining.in_words(payout).replace("\xa0", " ")


def test_a_payout_is_explained_to_the_ore() -> None:
    payout = a_payout(341_200, [("charge", 20_000, 1_044)] * 17 + [("charge", 20_000, 1_052)])
    assert words(payout) == "16 november: 3 412 kr = 18 betalningar 3 600 kr − avgifter 188 kr"


def test_refunds_and_other_things_are_told_apart() -> None:
    payout = a_payout(
        27_500,
        [
            ("payment", 40_000, 500), ("payment_refund", -10_000, 0),
            ("stripe_fee", -1_500, 0), ("adjustment", -500, 0),
        ],
    )  # fmt: skip
    assert words(payout) == (
        "16 november: 275 kr = 1 betalning 400 kr − återbetalt 100 kr − avgifter 20 kr − annat 5 kr"
    )


def test_lines_that_do_not_add_up_say_so() -> None:
    assert words(a_payout(100, [("charge", 20_000, 0)])).endswith(
        "Raderna stämmer inte: −199 kr skiljer."
    )


def test_a_payout_is_booked_once_and_empties_the_account_at_stripe(susi: User) -> None:
    a_line(ChargeFactory(amount=20_000, union_share=0, year=2026), 20_000, method="card")
    a_payout(18_500, [("charge", 20_000, 500), ("stripe_fee", -1_000, 0)])
    found = batch(susi)
    assert totals(found) == {"1930": 18_500, "6570": 1_500, "3010": -20_000}
    assert found.vouchers[1][2] == "Utbetalning Stripe"
    with pytest.raises(NothingToBook):
        batch(susi)


# --- closing ------------------------------------------------------------------------------------


def test_closing_and_opening_are_noted_and_the_last_counts(susi: User) -> None:
    books.close(date(2026, 12, 31), by=susi)
    assert ledger.closed_to() == date(2026, 12, 31)
    books.close(None, by=susi)
    assert ledger.closed_to() is None
    assert BooksClosed.objects.count() == 2
    reasons = AccessLog.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["låste till och med 2026-12-31", "låste upp"]


# --- whatever happens ---------------------------------------------------------------------------

charges = st.tuples(
    st.sampled_from(["fee", "support", "taking_part", "gift"]),
    st.integers(1, 50_000),
    st.floats(0, 1),
    st.sampled_from([2026, 2027]),
)
deeds = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["paid", "refunded", "disputed", "dispute_won", "waived", "undo"]),
    st.sampled_from(["card", "swish_stripe", "bankgiro", "swish", "bank", "cash"]),
    st.integers(1, 60_000),
    st.integers(0, 600),
)
OUT = ("refunded", "disputed")
ACCOUNT_OF = {
    "card": "1580", "swish_stripe": "1580", "cash": "1910",
    "bankgiro": "1930", "swish": "1930", "bank": "1930",
}  # fmt: skip


def do(deed: Any, there: list[Charge], susi: User) -> None:
    place, kind, method, amount, days = deed
    charge = there[place % len(there)]
    if kind == "undo":
        lines = Payment.objects.filter(charge=charge, undone_by=None).exclude(kind="undone")
        if line := lines.first():
            ledger.undo(line, by=susi)
        return
    a_line(
        charge,
        -amount if kind in OUT else amount,
        kind=kind,
        method="none" if kind == "waived" else method,
        day=FIRST + timedelta(days=days),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(charges, min_size=1, max_size=3), st.lists(deeds, max_size=14), st.integers(0, 600))
def test_the_files_read_back_are_the_ledger(
    susi: User, these: Any, happened: Any, cut: int
) -> None:
    """Of any ledger, cut into two periods anywhere: nothing lost, nothing twice, all sums right."""
    from django.db import transaction

    with transaction.atomic():
        there = [
            ChargeFactory(kind=kind, amount=amount, union_share=int(amount * part), year=year)
            for kind, amount, part, year in these
        ]
        for deed in happened:
            do(deed, there, susi)
        found = _both_files(susi, FIRST + timedelta(days=cut))
        _compare(found)
        transaction.set_rollback(True)


def _both_files(susi: User, middle: date) -> list[sie_reader.Read]:
    found = []
    for first, last in ((FIRST, middle), (middle + timedelta(days=1), date(2030, 1, 1))):
        try:
            found.append(batch(susi, first, last))
        except NothingToBook:
            pass
    return found


def _compare(found: list[sie_reader.Read]) -> None:
    vouchers = [one for file in found for one in file.vouchers]
    for _number, _day, _text, lines in vouchers:
        assert sum((amount for _account, amount in lines), Decimal(0)) == 0
    numbers = [one[0] for one in vouchers]
    assert numbers == list(range(1, len(numbers) + 1))
    money = [line for line in Payment.objects.select_related("charge") if line.method != "none"]
    released = [one for one in vouchers if one[2].startswith("Förutbetalda avgifter")]
    assert len({one[2] for one in released}) == len(released)
    told = Counter((one[1], one[2]) for one in vouchers if one not in released)
    assert told == Counter((f"{line.booked_on:%Y%m%d}", line.charge.title) for line in money)
    there: Counter[str] = Counter()
    for line in money:
        there[ACCOUNT_OF[line.method]] += line.amount
    sums: Counter[str] = Counter()
    for file in found:
        sums.update(totals(file))
    for account in ("1580", "1910", "1930"):
        assert sums[account] == there[account]
    assert sums["2890"] == -sum(_owed_to_the_union(charge) for charge in Charge.objects.all())
    # Every year has begun: what is still paid in advance is what nobody was asked for.
    assert sums["2970"] == -sum(_not_asked_for(charge) for charge in Charge.objects.all())


def _not_asked_for(charge: Charge) -> int:
    there = _there(charge)
    return there - max(0, min(there, charge.amount))


def _there(charge: Charge) -> int:
    lines = Payment.objects.filter(charge=charge).exclude(method="none")
    return sum(line.amount for line in lines)


def _owed_to_the_union(charge: Charge) -> int:
    """By itself: the share of what is there now, as much as was asked for at the most."""
    inside = max(0, min(_there(charge), charge.amount))
    return int(Decimal(charge.union_share) * inside / charge.amount)


# --- a payout that the bank sent back -------------------------------------------------------------


def test_a_payout_that_was_sent_back_is_taken_back_in_the_books(susi: User) -> None:
    payout = a_payout(19_000, [("charge", 20_000, 1_000)])
    assert totals(batch(susi)) == {"1930": 19_000, "6570": 1_000, "1580": -20_000}
    Payout.objects.filter(pk=payout.pk).update(failed_on=date(2026, 11, 19))
    found = batch(susi)
    assert totals(found) == {"1930": -19_000, "6570": -1_000, "1580": 20_000}
    assert [day for _number, day, _text, _lines in found.vouchers] == ["20261119"]
    with pytest.raises(NothingToBook):
        batch(susi)


def test_one_that_failed_before_it_was_booked_is_never_booked(susi: User) -> None:
    a_payout(19_000, [("charge", 20_000, 1_000)])
    Payout.objects.update(failed_on=date(2026, 11, 19))
    with pytest.raises(NothingToBook):
        batch(susi)
