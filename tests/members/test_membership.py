"""Becoming a member by paying, and ceasing to be one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Membership, MembershipType, Person
from members.services import joining
from members.services.fee_year import term_when_paid
from members.services.membership import leave, status_of, undo_leave
from members.services.renewal import ask_for_year
from payments.models import Charge, Flag, Payment
from payments.services import charges, ledger
from tests.members.fees import (
    apply,
    give_back,
    join,
    letters,
    member,
    pay,
    set_prices,
    told_already,
    years,
)

pytestmark = pytest.mark.django_db

NOVEMBER = datetime.fromisoformat("2026-11-22T12:00:00+01:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOVEMBER, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def ordinary() -> MembershipType:
    return set_prices()


def test_who_pays_late_in_the_year_is_a_member_at_once_and_all_of_the_next_year() -> None:
    person = join()
    mine = person.memberships.get()
    assert (mine.starts_on, mine.ends_on) == (date(2026, 11, 22), date(2027, 12, 31))
    assert Person.objects.members_on(date(2026, 11, 22)).get() == person
    assert letters() == ["member_welcome"]


def test_nobody_is_a_member_or_has_a_number_before_the_fee_is_paid() -> None:
    joining.ask_to_pay(apply())
    assert (Person.objects.count(), Membership.objects.count(), letters()) == (0, 0, [])


def test_the_same_payment_told_twice_is_one_member_and_one_letter() -> None:
    charge = joining.ask_to_pay(apply())
    pay(charge, source="stripe:1")
    pay(charge, source="stripe:1")
    assert (Person.objects.count(), Membership.objects.count()) == (1, 1)
    assert letters() == ["member_welcome"]


def test_money_that_comes_twice_for_one_fee_is_told_to_the_payer_and_the_treasurer() -> None:
    charge = joining.ask_to_pay(apply())
    pay(charge)
    pay(charge)
    assert Membership.objects.count() == 1
    assert letters() == ["member_paid_twice", "member_welcome"]
    assert [flag.kind for flag in Flag.objects.all()] == ["paid_twice"]


def test_two_fees_for_the_same_year_are_one_membership_and_a_flag() -> None:
    first, second = (joining.ask_to_pay(apply()) for _ in range(2))
    pay(first)
    pay(second)
    assert years(Person.objects.get()) == [2027]
    assert letters() == ["member_paid_twice", "member_welcome"]
    assert Flag.objects.get().charge == second


def test_two_persons_with_one_mailbox_are_two_members() -> None:
    join(first_name="Kim")
    join(first_name="Robin")
    assert list(Person.objects.order_by("pk").values_list("member_number", flat=True)) == [
        Person.objects.first().member_number,  # type: ignore[union-attr]
        Person.objects.first().member_number + 1,  # type: ignore[union-attr, operator]
    ]
    assert Membership.objects.count() == 2


def test_the_form_of_a_member_changes_nothing_in_the_register() -> None:
    join(street="Gatan 1")
    apply(street="Annan gata 2", first_name="KIM")
    join("kim@exempel.se", first_name="kim", street="Annan gata 2")
    assert Person.objects.get().street == "Gatan 1"


def test_a_member_who_joins_again_for_the_next_year_loses_no_day() -> None:
    person = member(2026, first_name="Kim", last_name="Lind", email="kim@exempel.se")
    join()
    assert years(person) == [2026, 2027]
    assert person.memberships.get(year=2027).starts_on == date(2027, 1, 1)


def test_a_fee_that_comes_after_its_year_buys_the_year_that_runs(clock: Any) -> None:
    clock.move_to(datetime.fromisoformat("2026-09-20T12:00:00+02:00"))
    charge = joining.ask_to_pay(apply())
    assert charge.year == 2026
    clock.move_to(datetime.fromisoformat("2027-01-10T12:00:00+01:00"))
    pay(charge)
    mine = Membership.objects.get()
    assert (mine.year, mine.starts_on, mine.ends_on) == (
        2027,
        date(2027, 1, 10),
        date(2027, 12, 31),
    )


def test_a_fee_that_is_given_back_ends_the_membership_today() -> None:
    charge = joining.ask_to_pay(apply())
    pay(charge)
    give_back(charge)
    assert Membership.objects.get().ended_on == NOVEMBER.date()
    assert years(Person.objects.get()) == []


def test_a_dispute_that_is_won_gives_the_same_days_back(clock: Any) -> None:
    charge = joining.ask_to_pay(apply())
    pay(charge)
    clock.shift(timedelta(days=30))
    for number, (kind, amount) in enumerate((("disputed", -20000), ("dispute_won", 20000))):
        ledger.record(
            charge, kind=kind, method="card", amount=amount, source=f"d{number}",
            happened_at=timezone.now(),
        )  # fmt: skip
    mine = Membership.objects.get()
    assert (mine.starts_on, mine.ended_on) == (NOVEMBER.date(), None)
    assert letters() == ["member_welcome"]


def test_a_pairing_that_is_undone_and_made_again_is_one_membership() -> None:
    charge = joining.ask_to_pay(apply())
    payment = pay(charge)
    assert payment
    ledger.undo(payment, by=None)
    assert years(Person.objects.get()) == []
    pay(charge)
    assert years(Person.objects.get()) == [2027]


def test_a_fee_that_the_board_lets_go_makes_a_member() -> None:
    charge = joining.ask_to_pay(apply())
    ledger.record(
        charge, kind=Payment.Kind.WAIVED, method=Payment.Method.NONE, amount=charge.amount,
        source="waived", happened_at=timezone.now(),
    )  # fmt: skip
    assert years(Person.objects.get()) == [2027]


def test_another_price_makes_the_first_fee_void_and_money_for_it_is_still_found() -> None:
    application = apply()
    key = application.key
    first = joining.ask_to_pay(application)
    second = joining.ask_to_pay(apply(key=key, is_reduced=True))
    first.refresh_from_db()
    assert (first.state, second.amount) == (Charge.State.VOID, 10000)
    pay(first)
    assert years(Person.objects.get()) == [2027]


def test_a_part_that_is_given_back_ends_nothing_and_all_of_it_does() -> None:
    person = join()
    charge = Charge.objects.get()
    give_back(charge, 5000)
    today = timezone.localdate()
    assert list(Person.objects.members_on(today)) == [person]
    give_back(charge, charge.amount - 5000)
    assert list(Person.objects.members_on(today)) == []


def test_who_has_the_year_already_hears_it_in_the_mailbox_alone() -> None:
    join()
    apply()
    assert told_already() == ["kim@exempel.se"]


@pytest.mark.parametrize("order", list(permutations(["paid", "again", "other"])))
def test_any_order_of_payments_gives_one_membership_for_the_year(order: tuple[str, ...]) -> None:
    one, two = (joining.ask_to_pay(apply()) for _ in range(2))
    for what in order:
        pay(two if what == "other" else one, source="x" if what == "paid" else what)
    assert years(Person.objects.get()) == [2027]


def test_whoever_leaves_is_no_member_from_today_and_can_undo_it() -> None:
    person = join()
    leave(person, words="Jag flyttar.")
    person.refresh_from_db()
    assert status_of(person).in_force is False
    assert person.note == "2026-11-22 Slutade: Jag flyttar."
    leave(person)
    assert letters() == ["member_left", "member_welcome"]
    undo_leave(person)
    person.refresh_from_db()
    assert (status_of(person).until, person.stop_asking_at) == (date(2027, 12, 31), None)


def test_whoever_leaves_is_not_asked_for_a_fee_that_waited() -> None:
    person = member(2026)
    charge = ask_for_year(person, 2027)
    leave(person)
    charge.refresh_from_db()
    assert charge.state == Charge.State.VOID


def test_status_tells_until_when_and_what_waits() -> None:
    person = member(2026)
    charge = ask_for_year(person, 2027)
    status = status_of(person)
    assert (status.in_force, status.until, status.renew_year) == (True, date(2026, 12, 31), 2027)
    assert (status.asked, status.renewable) == (charge, True)
    pay(charge)
    status = status_of(person)
    assert (status.until, status.asked, status.renewable) == (date(2027, 12, 31), None, False)


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MANY
@given(today=DAYS, paid_for=st.integers(2025, 2029))
def test_renewing_early_never_shortens(today: date, paid_for: int) -> None:
    """The paid days that are left, and a year on top: never less than paying on the last day."""
    person = member(paid_for)
    charge = charges.ask_for(Charge.Kind.FEE, amount=1, year=paid_for + 1, due_on=today)
    left = max((date(paid_for, 12, 31) - today).days + 1, 0)
    term = term_when_paid(person, charge, today)
    assert term is not None
    days = (term.ends_on - term.starts_on).days + 1
    if left:
        assert (term.starts_on, term.ends_on) == (
            date(paid_for + 1, 1, 1),
            date(paid_for + 1, 12, 31),
        )
        assert days >= 365
    else:
        assert term.starts_on == today
        assert term.ends_on >= date(today.year, 12, 31)


LINES = st.lists(st.sampled_from(["pay", "half", "back", "half back"]), max_size=4)


@MANY
@given(
    rows=st.lists(
        st.tuples(DAYS, st.integers(0, 500), st.none() | st.integers(-5, 500), st.none() | LINES),
        max_size=4,
    ),
    day=DAYS,
)
def test_membership_in_force_equals_a_reading_by_hand(rows: list[Any], day: date) -> None:
    Person.objects.all().update(search="")
    kind = MembershipType.objects.get(key="ordinary")
    expected = set()
    made = set()
    for starts, length, ended, lines in rows:
        person = Person.objects.create(first_name="Kim", created_at=timezone.now())
        made.add(person.pk)
        charge, has = None, lines is None
        if lines is not None:
            charge = charges.ask_for(Charge.Kind.FEE, amount=200, year=2027, due_on=day)
            steps = {"pay": 200, "half": 100, "back": -200, "half back": -100}
            came = sum(steps[line] for line in lines if steps[line] > 0)
            went = -sum(steps[line] for line in lines if steps[line] < 0)
            Charge.objects.filter(pk=charge.pk).update(received=came, returned=went)
            has = came >= 200 and went < came
        ends = starts + timedelta(days=length)
        over = None if ended is None else starts + timedelta(days=ended)
        Membership.objects.create(
            person=person, type=kind, year=starts.year, starts_on=starts, ends_on=ends,
            ended_on=over, charge=charge, created_at=timezone.now(),
        )  # fmt: skip
        held = [starts + timedelta(days=number) for number in range(length + 1)]
        if has and day in held and (over is None or day < over):
            expected.add(person.pk)
    found = set(Person.objects.members_on(day).values_list("pk", flat=True))
    assert found & made == expected
