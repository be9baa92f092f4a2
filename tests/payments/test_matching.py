"""Pairing deposits with charges: by a person, with three guesses and the reason in words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import User
from payments.models import BankFile, BankRow, Charge, Flag, Payment
from payments.ocr import ocr
from payments.services import bank, ledger, matching
from payments.services.guessing import guesses
from payments.services.matching import SomebodyWasFaster
from privacy.models import AccessLog
from tests.factories import ChargeFactory, UserFactory
from tests.payments import bankpapers
from tests.payments.bankpapers import camt, deposit

pytestmark = pytest.mark.django_db


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor", first_name="Susi")


@pytest.fixture
def file(susi: User) -> BankFile:
    return BankFile.objects.create(
        name="bank.xml", kind="camt.054", digest="x", read_at=timezone.now(), read_by=susi
    )


def row(file: BankFile, amount: int = 20_000, **facts: Any) -> BankRow:
    key = f"row:{BankRow.objects.count()}"
    return BankRow.objects.create(
        file=file, key=key, amount=amount, booked_on=date(2026, 11, 16), **facts
    )


def reasons(row: BankRow) -> list[tuple[int, str]]:
    found = guesses([row])[row.pk]
    return [(guess.charge.number, guess.why.replace("\xa0", " ")) for guess in found]


def flags() -> list[tuple[str, bool]]:
    return [(flag.kind, flag.settled_at is not None) for flag in Flag.objects.order_by("pk")]


# --- guesses ------------------------------------------------------------------------------------


def test_a_right_reference_with_too_little_says_by_how_much(file: BankFile) -> None:
    charge = ChargeFactory(amount=20_000)
    found = reasons(row(file, 15_000, reference=ocr(charge.number)))
    assert found == [(charge.number, "OCR stämmer, beloppet är 50 kr för lite")]


def test_a_right_reference_with_too_much_says_by_how_much(file: BankFile) -> None:
    charge = ChargeFactory(amount=20_000)
    found = reasons(row(file, 20_050, text=f"Betalning {ocr(charge.number)}, tack"))
    assert found == [(charge.number, "OCR stämmer, beloppet är 0,50 kr för mycket")]


def test_a_reference_in_groups_of_digits_is_read(file: BankFile) -> None:
    charge = ChargeFactory(amount=20_000)
    reference = ocr(charge.number)
    found = reasons(row(file, reference=f"{reference[:3]} {reference[3:]}"))
    assert found == [(charge.number, "OCR stämmer, beloppet stämmer")]


def test_what_is_paid_or_void_already_says_so(file: BankFile, susi: User) -> None:
    paid, void = ChargeFactory(amount=20_000), ChargeFactory(voided_at=timezone.now())
    matching.pair(row(file, reference=ocr(paid.number)), paid, by=susi)
    assert reasons(row(file, reference=ocr(paid.number))) == [
        (paid.number, "OCR stämmer, men avgiften är redan betald")
    ]
    assert reasons(row(file, 1, reference=ocr(void.number))) == [
        (void.number, "OCR stämmer, men avgiften är makulerad")
    ]


def test_the_words_of_our_own_swish_are_understood(file: BankFile) -> None:
    charge = ChargeFactory(amount=20_000, payer_name="")
    found = reasons(row(file, text=f"AVGIFT {charge.number}", is_swish=True))
    assert found == [(charge.number, f"Avgift {charge.number} stämmer, beloppet stämmer")]


def test_two_digits_that_changed_places_are_seen_through(file: BankFile) -> None:
    charge = ChargeFactory(amount=20_000, payer_name="Bo Ek")
    charge.number = 1234567
    charge.save()
    wrong = ocr(1234567).replace("34", "43")
    found = reasons(row(file, 15_000, reference=wrong, payer="Kim Lind"))
    assert found == [(1234567, "OCR är nästan rätt, beloppet är 50 kr för lite")]


def test_three_are_told_and_the_likeliest_first(file: BankFile) -> None:
    same = ChargeFactory(amount=20_000, payer_name="Åsa Maria Öberg")
    like = ChargeFactory(amount=20_000, payer_name="Åsa Öhman Ek")
    other_sum = ChargeFactory(amount=30_000, payer_name="Öberg, Åsa")
    for _ in range(3):
        ChargeFactory(amount=20_000, payer_name="Bo Ek")
    assert reasons(row(file, payer="ÖBERG ÅSA"))[:3] == [
        (same.number, "Namnet och beloppet stämmer"),
        (like.number, "Beloppet stämmer, namnet liknar"),
        *[(number, why) for number, why in reasons(row(file, payer="ÖBERG ÅSA"))[2:]],
    ]
    assert other_sum.number not in dict(reasons(row(file, payer="ÖBERG ÅSA")))


def test_a_row_like_nothing_has_no_guess(file: BankFile) -> None:
    ChargeFactory(amount=20_000, payer_name="Kim Lind")
    assert reasons(row(file, 77_700, payer="Solna stad", text="Bidrag 2026")) == []


def test_guessing_asks_the_same_for_one_row_and_for_fifty(file: BankFile) -> None:
    def questions(rows: list[BankRow]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            guesses(rows)
        return len(asked)

    charges = [ChargeFactory() for _ in range(50)]
    rows = [row(file, reference=ocr(charge.number)) for charge in charges]
    assert (questions(rows[:1]), questions(rows)) == (2, 2)


# --- deeds --------------------------------------------------------------------------------------


def test_pairing_books_the_row_and_is_noted(file: BankFile, susi: User) -> None:
    charge = ChargeFactory(amount=20_000)
    deposit = row(file)
    line = matching.pair(deposit, charge, by=susi)
    charge.refresh_from_db()
    deposit.refresh_from_db()
    assert (charge.state, deposit.payment, flags()) == (Charge.State.PAID, line, [])
    noted = AccessLog.objects.values_list("action", "about", "reference", "reason")
    assert list(noted) == [("change", "payments.BankRow", charge.title, "parade ihop")]


def test_too_much_and_too_little_are_put_before_the_treasurer(file: BankFile, susi: User) -> None:
    matching.pair(row(file, 25_000), ChargeFactory(amount=20_000), by=susi)
    matching.pair(row(file, 15_000), ChargeFactory(amount=20_000), by=susi)
    assert flags() == [("too_much", False), ("too_little", False)]


def test_paid_twice_is_told_once(file: BankFile, susi: User) -> None:
    charge = ChargeFactory(amount=20_000)
    matching.pair(row(file), charge, by=susi)
    matching.pair(row(file), charge, by=susi)
    assert flags() == [("paid_twice", False)]


def test_an_undone_pairing_waits_again_and_can_be_paired_again(file: BankFile, susi: User) -> None:
    wrong, right, deposit = ChargeFactory(amount=10_000), ChargeFactory(), row(file)
    matching.pair(deposit, wrong, by=susi)
    matching.unpair(deposit, by=susi)
    wrong.refresh_from_db()
    assert (wrong.received, flags()) == (0, [("too_much", True)])
    assert list(matching.to_pair()) == [deposit]
    matching.pair(deposit, right, by=susi)
    matching.unpair(deposit, by=susi)
    matching.pair(deposit, right, by=susi)
    right.refresh_from_db()
    assert right.received == 20_000
    assert sum(line.amount for line in Payment.objects.all()) == 20_000


def test_two_who_pair_the_same_row_pair_it_once(file: BankFile, susi: User) -> None:
    deposit = row(file)
    matching.pair(deposit, ChargeFactory(), by=susi)
    for late in (
        lambda: matching.pair(deposit, ChargeFactory(), by=susi),
        lambda: matching.put_aside(deposit, by=susi),
        lambda: matching.take_as_gift(deposit, by=susi),
    ):
        with pytest.raises(SomebodyWasFaster):
            late()
    matching.unpair(deposit, by=susi)
    with pytest.raises(SomebodyWasFaster):
        matching.unpair(deposit, by=susi)


def test_a_gift_becomes_a_charge_of_its_own_that_is_paid(file: BankFile, susi: User) -> None:
    charge = matching.take_as_gift(row(file, 50_000, payer="Bo Ek"), by=susi)
    charge.refresh_from_db()
    facts = (charge.kind, charge.amount, charge.union_share, charge.state, charge.payer_name)
    assert facts == ("gift", 50_000, 0, Charge.State.PAID, "Bo Ek")


def test_what_is_put_aside_can_be_taken_up_again(file: BankFile, susi: User) -> None:
    deposit = row(file)
    matching.put_aside(deposit, by=susi)
    assert (list(matching.to_pair()), list(matching.put_aside_rows())) == ([], [deposit])
    matching.take_up(deposit, by=susi)
    assert list(matching.to_pair()) == [deposit]
    with pytest.raises(SomebodyWasFaster):
        matching.take_up(deposit, by=susi)


def test_how_the_money_came_follows_the_row(file: BankFile, susi: User) -> None:
    table = BankFile.objects.create(
        name="b.csv", kind="csv", digest="y", read_at=timezone.now(), read_by=susi
    )
    rows = [row(file), row(table), row(table, is_swish=True)]
    found = [matching.pair(one, ChargeFactory(), by=susi).method for one in rows]
    assert found == ["bankgiro", "bank", "swish"]


def test_a_row_of_tomorrow_is_booked_on_its_own_day(file: BankFile, susi: User) -> None:
    deposit = row(file)
    deposit.booked_on = timezone.localdate() + timedelta(days=1)
    deposit.save()
    assert matching.pair(deposit, ChargeFactory(), by=susi).booked_on == deposit.booked_on
    assert ledger.closed_to() is None


def test_a_file_is_paired_with_few_questions_for_each_row(susi: User) -> None:
    asked = []
    for number in (2, 12):
        charges = [ChargeFactory() for _number in range(number)]
        rows = [deposit(ocr=ocr(one.number), id=f"{number}/{one.number}") for one in charges]
        content = bankpapers.file(camt(*rows))
        with CaptureQueriesContext(connection) as seen:
            report = bank.read_file(content, name="b.xml", by=susi)
        assert (report.new, report.paired) == (number, number)
        asked.append(len(seen))
    assert (asked[1] - asked[0]) / 10 <= 11
