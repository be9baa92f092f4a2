"""Reading a file from the bank: each row once, the whole or nothing."""

import time
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from members.models import User
from payments.deposits import FileRefused
from payments.models import BankFile, BankRow, Charge, Payment
from payments.ocr import ocr
from payments.services import bank, ledger
from privacy.models import AccessLog
from tests.factories import ChargeFactory, UserFactory
from tests.payments import bankpapers
from tests.payments.bankpapers import deposit

pytestmark = pytest.mark.django_db


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor", first_name="Susi")


def read(content: bytes, by: User, name: str = "bank.xml") -> bank.Report:
    return bank.read_file(BytesIO(content), name=name, by=by)


def counts(report: bank.Report) -> tuple[int, int, int, int]:
    return report.new, report.known, report.paired, report.to_pair


def refused(content: bytes, by: User) -> str:
    with pytest.raises(FileRefused) as error:
        read(content, by)
    return str(error.value)


def test_a_right_reference_with_the_right_amount_is_paired_at_once(susi: User) -> None:
    charge = ChargeFactory(amount=20_000)
    report = read(bankpapers.camt(deposit(ocr=ocr(charge.number)), deposit()), susi)
    assert counts(report) == (2, 0, 1, 1)
    charge.refresh_from_db()
    line = Payment.objects.get()
    assert charge.state == Charge.State.PAID
    assert (line.method, line.booked_on, line.noted_by) == (
        "bankgiro", date(2026, 11, 16), susi,
    )  # fmt: skip


@pytest.mark.parametrize("amount", ["150.00", "250.00"])
def test_another_amount_waits_for_a_person(susi: User, amount: str) -> None:
    charge = ChargeFactory(amount=20_000)
    report = read(bankpapers.camt(deposit(amount, ocr=ocr(charge.number))), susi)
    assert counts(report) == (1, 0, 0, 1)
    assert not Payment.objects.exists()


def test_the_second_of_two_payments_for_the_same_waits_for_a_person(susi: User) -> None:
    charge = ChargeFactory(amount=20_000)
    row = deposit(ocr=ocr(charge.number))
    assert counts(read(bankpapers.camt(row, row), susi)) == (2, 0, 1, 1)


def test_what_is_void_or_paid_is_not_paired_without_a_person(susi: User) -> None:
    void = ChargeFactory(amount=20_000, voided_at="2026-11-01T00:00:00Z")
    report = read(bankpapers.camt(deposit(ocr=ocr(void.number))), susi)
    assert counts(report) == (1, 0, 0, 1)


def test_the_same_file_again_is_refused_with_the_day_it_was_read(
    susi: User, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-21T09:00:00Z", tick=False)
    content = bankpapers.camt(deposit())
    read(content, susi)
    time_machine.move_to("2026-11-22T09:00:00Z", tick=False)
    assert refused(content, susi) == "Filen lästes in 2026-11-21. Den läses inte en gång till."
    assert (BankFile.objects.count(), BankRow.objects.count()) == (1, 1)


def test_the_same_rows_in_another_file_are_known(susi: User) -> None:
    old, new = deposit(id="A1"), deposit(id="A2")
    read(bankpapers.camt(old), susi)
    assert counts(read(bankpapers.camt(new, old), susi)) == (1, 1, 0, 1)


def test_rows_without_an_id_are_known_again_by_what_they_say(susi: User) -> None:
    text = "Datum;Belopp;Namn\n2026-11-15;100;Bo\n2026-11-16;200;Kim\n2026-11-16;200;Kim\n"
    longer = "Namn;Datum;Belopp\nKim;2026-11-16;200,00\nKim;2026-11-16;200\nCy;2026-11-17;300\n"
    assert counts(read(text.encode(), susi, "a.csv")) == (3, 0, 0, 3)
    assert counts(read(longer.encode(), susi, "b.csv")) == (1, 2, 0, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bankpapers.camt(deposit(), deposit(currency="EUR")),
        bankpapers.camt(deposit(), deposit())[:-40],
        "Datum;Belopp\n2026-11-16;200\n2026-11-17;två\n".encode(),
        bankpapers.camt(deposit(way="DBIT")),
    ],
)
def test_of_a_file_that_is_refused_nothing_is_left(susi: User, content: bytes) -> None:
    charge = ChargeFactory()
    refused(content.replace(b"<Ref></Ref>", ocr(charge.number).encode()), susi)
    kept = [BankFile.objects.count(), BankRow.objects.count(), AccessLog.objects.count()]
    assert kept == [0, 0, 0]


def test_too_many_rows_are_refused_soon_and_nothing_is_left(susi: User) -> None:
    line = b"2026-11-16;200;Kim Lind\n"
    content = b"Datum;Belopp;Namn\n" + line * 1_000_000
    started = time.monotonic()
    assert refused(content, susi).startswith("Filen är för stor. Vi läser högst")
    assert time.monotonic() - started < 60
    assert BankRow.objects.count() == 0


def test_a_file_too_large_is_refused_before_it_is_read(susi: User) -> None:
    started = time.monotonic()
    assert "för stor" in refused(b" " * (bank.MOST_BYTES + 1), susi)
    assert time.monotonic() - started < 30


def test_as_many_rows_as_are_read_are_read_in_bounded_time(susi: User) -> None:
    rows = "".join(f"2026-11-16;200;Person {number}\n" for number in range(bank.MOST_ROWS))
    started = time.monotonic()
    report = read(f"Datum;Belopp;Namn\n{rows}".encode(), susi)
    assert counts(report) == (bank.MOST_ROWS, 0, 0, bank.MOST_ROWS)
    assert time.monotonic() - started < 120


def test_reading_is_noted_without_names(susi: User) -> None:
    read(bankpapers.camt(deposit(payer="Kim Lind")), susi)
    noted = AccessLog.objects.values_list("actor", "action", "about", "reason")
    assert list(noted) == [(susi.pk, "change", "payments.BankFile", "läste in, 1 nya rader")]


def test_in_a_closed_period_a_row_is_booked_on_the_first_open_day(
    susi: User, time_machine: Any
) -> None:
    time_machine.move_to("2027-01-20T09:00:00Z", tick=False)
    from payments.models import BooksClosed

    BooksClosed.objects.create(
        to_day=date(2026, 12, 31), closed_at="2027-01-10T09:00:00Z", closed_by=susi
    )
    charge = ChargeFactory(amount=20_000)
    read(bankpapers.camt(deposit(ocr=ocr(charge.number), day="2026-12-30")), susi)
    assert Payment.objects.get().booked_on == date(2027, 1, 20)
    assert ledger.closed_to() == date(2026, 12, 31)
