"""The ledger: the same sums after any order, repetition and loss; it only grows; closed books."""

import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import Error, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments.models import BooksClosed, Charge, Flag, Payment
from payments.services import charges, ledger
from payments.services.ledger import NothingToUndo, record, undo
from payments.services.webhooks import process_waiting, receive
from tests.factories import ChargeFactory, UserFactory
from tests.payments.test_webhooks import a_whole_story, ledger_of
from tests.stripe import Stripe

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SIGNS = {"paid": 1, "waived": 1, "refunded": -1, "disputed": -1, "dispute_won": 1}
FACTS = st.builds(
    lambda kind, amount, name: (kind, SIGNS[kind] * amount, f"fact:{kind}:{name}:{amount}"),
    st.sampled_from(list(SIGNS)),
    st.integers(1, 30_000),
    st.integers(0, 3),
)


def write(charge: Charge, fact: tuple[str, int, str]) -> Payment | None:
    kind, amount, source = fact
    return record(charge, kind=kind, method="card", amount=amount, source=source, happened_at=NOON)


def paid(charge: Charge, amount: int = 20_000, source: str = "bank:1") -> Payment:
    line = write(charge, ("paid", amount, source))
    assert line
    return line


def sums(charge: Charge) -> tuple[int, int, str]:
    charge.refresh_from_db()
    return charge.received, charge.returned, charge.state


@FEW
@given(st.lists(FACTS, max_size=6), st.data())
def test_any_order_and_repetition_of_facts_gives_the_same_sums(
    facts: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    told = data.draw(
        st.permutations([*facts, *data.draw(st.lists(st.sampled_from(facts)))])
        if facts
        else st.just([])
    )
    with transaction.atomic():
        first, second = ChargeFactory(), ChargeFactory()
        for fact in facts:
            write(first, fact)
        for kind, amount, source in told:
            write(second, (kind, amount, f"other:{source}"))
        once = {source: (kind, amount) for kind, amount, source in facts}
        came = sum(amount for kind, amount in once.values() if kind in ("paid", "waived"))
        net = sum(amount for _kind, amount in once.values())
        assert sums(first) == sums(second)
        assert sums(first)[:2] == (came, came - net)
        transaction.set_rollback(True)


@FEW
@given(st.data())
def test_any_order_repetition_and_loss_of_stripes_messages_gives_the_same_ledger(
    stripe: Stripe, data: st.DataObject
) -> None:
    """What is lost is told in the end, as Stripe and the nightly question do."""
    with transaction.atomic():
        stripe.waiting.clear()
        charge = ChargeFactory()
        events = a_whole_story(stripe, charge)
        for event in events:
            receive(event)
        process_waiting()
        expected = json.dumps(ledger_of(charge))
        transaction.set_rollback(True)
    with transaction.atomic():
        # The page of the story, as it was before anything was told.
        again = ChargeFactory(pk=charge.pk, number=charge.number, reference=charge.reference)
        session = events[0]["data"]["object"]
        again.checkouts.create(
            method="card",
            amount=20_000,
            session_id=session["id"],
            created_at=NOON,
            expires_at=NOON,
        )
        told = data.draw(st.lists(st.sampled_from(events), max_size=9))
        for event in told:
            receive(event)
        missed = [event for event in events if event not in told]
        for event in data.draw(st.permutations(missed)):
            receive(event)
        process_waiting()
        assert json.dumps(ledger_of(again)) == expected
        transaction.set_rollback(True)


def test_the_sums_of_all_charges_are_the_sum_of_the_ledger(charge: Charge) -> None:
    other = ChargeFactory()
    for target, fact in (
        (charge, ("paid", 20_000, "a")),
        (charge, ("refunded", -5_000, "b")),
        (other, ("paid", 7_000, "c")),
        (other, ("disputed", -7_000, "d")),
    ):
        write(target, fact)
    undo(paid(other, 1_000, "e"), by=None)

    whole = Payment.objects.aggregate(sum=Sum("amount"))["sum"]
    rows = Charge.objects.aggregate(came=Sum("received"), back=Sum("returned"))
    assert rows["came"] - rows["back"] == whole == 15_000


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE payments_payment SET amount = 1",
        "DELETE FROM payments_payment",
        "TRUNCATE payments_payment CASCADE",
    ],
)
def test_the_database_itself_refuses_to_change_a_line(words: str, charge: Charge) -> None:
    paid(charge)
    refused = pytest.raises(Error, match="the ledger only grows")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(words)
    assert Payment.objects.get().amount == 20_000


def test_a_wrong_line_is_answered_once_by_one_the_other_way(charge: Charge) -> None:
    line = paid(charge)
    answer = undo(line, by=UserFactory())
    assert (answer.amount, sums(charge)) == (-20_000, (0, 0, Charge.State.OPEN))
    for wrong in (line, answer):
        with pytest.raises(NothingToUndo):
            undo(wrong, by=None)


def test_a_refund_that_is_undone_is_no_refund(charge: Charge) -> None:
    paid(charge)
    back = write(charge, ("refunded", -20_000, "back"))
    assert back
    undo(back, by=None)
    assert sums(charge) == (20_000, 0, Charge.State.PAID)


def test_money_for_what_is_paid_is_received_and_flagged(charge: Charge) -> None:
    paid(charge)
    paid(charge, source="bank:2")
    assert (sums(charge)[0], Flag.objects.get().kind) == (40_000, Flag.Kind.PAID_TWICE)


def test_what_has_been_paid_cannot_be_made_void(charge: Charge) -> None:
    paid(charge)
    with pytest.raises(charges.AlreadyPaid):
        charges.make_void(charge)


def close(to_day: date | None) -> None:
    BooksClosed.objects.create(to_day=to_day, closed_at=NOON, closed_by=UserFactory())


@time_machine.travel(datetime(2026, 12, 3, 12, tzinfo=UTC), tick=False)
def test_what_comes_late_is_booked_on_the_first_open_day(charge: Charge) -> None:
    close(date(2026, 11, 30))
    line = paid(charge)
    assert (line.happened_at, line.booked_on) == (NOON, date(2026, 12, 3))


@time_machine.travel(datetime(2026, 12, 3, 12, tzinfo=UTC), tick=False)
def test_a_day_that_is_open_is_its_own(charge: Charge) -> None:
    close(date(2026, 11, 19))
    assert paid(charge).booked_on == date(2026, 11, 20)


@time_machine.travel(datetime(2026, 12, 3, 12, tzinfo=UTC), tick=False)
def test_books_that_are_opened_again_are_open(charge: Charge) -> None:
    close(date(2026, 11, 30))
    close(None)
    assert paid(charge).booked_on == date(2026, 11, 20)


@time_machine.travel(datetime(2026, 12, 3, 12, tzinfo=UTC), tick=False)
def test_nothing_is_booked_in_books_that_are_closed_to_a_day_to_come(charge: Charge) -> None:
    close(date(2026, 12, 31))
    assert paid(charge).booked_on > date(2026, 12, 31)


def test_the_day_of_the_books_is_the_swedish_one(charge: Charge) -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    line = record(charge, kind="paid", method="cash", amount=1, source="x", happened_at=late)
    assert line
    assert line.booked_on == date(2026, 11, 21)


def test_the_same_fact_is_one_line_also_for_another_charge(charge: Charge) -> None:
    paid(charge)
    assert write(ChargeFactory(), ("paid", 1, "bank:1")) is None


def test_the_open_day_follows_the_close(charge: Charge) -> None:
    assert ledger.closed_to() is None
    close(date(2026, 11, 30))
    assert ledger.closed_to() == date(2026, 11, 30)
