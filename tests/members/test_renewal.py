"""The ladder of reminders: each step once, the latest only, and silence when somebody has answered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import Membership, Person, Reminder, ReminderRule
from members.services.membership import leave
from members.services.renewal import AlreadyRenewed, ask_for_year, for_paper, note_sent, remind_due
from tests.members.fees import member, pay, set_prices

pytestmark = pytest.mark.django_db


def at(day: str, hour: int = 11) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+01:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(at("2026-11-01"), tick=False) as traveller:
        set_prices()
        yield traveller


@pytest.fixture
def kim() -> Person:
    return member(2026)


def asked() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def pass_days(clock: Any, first: str, last: str, *, without: tuple[str, ...] = ()) -> list[str]:
    """Every hour of these days, but for those on which the clock stands still. Returns the letters
    in the order that they were written."""
    written: list[str] = []
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        if day.isoformat() not in without:
            for hour in (3, 9, 22):
                clock.move_to(at(day.isoformat(), hour))
                seen = set(Letter.objects.values_list("pk", flat=True))
                remind_due()
                written += [f"{one.kind} {day}" for one in Letter.objects.exclude(pk__in=seen)]
        day += timedelta(days=1)
    return written


def test_the_ladder_asks_in_november_january_and_february_and_says_farewell(
    kim: Person, clock: Any
) -> None:
    assert pass_days(clock, "2026-11-10", "2027-04-20") == [
        "renew_1 2026-11-15", "renew_2 2027-01-15", "renew_2 2027-02-15", "renew_3 2027-03-31",
    ]  # fmt: skip


def test_a_clock_that_stood_for_three_days_sends_each_due_reminder_once(
    kim: Person, clock: Any
) -> None:
    stood = ("2026-11-15", "2026-11-16", "2026-11-17")
    assert pass_days(clock, "2026-11-13", "2026-11-30", without=stood) == ["renew_1 2026-11-18"]


def test_of_several_missed_steps_only_the_latest_is_sent_and_never_the_others(
    kim: Person, clock: Any
) -> None:
    ReminderRule.objects.create(letter="renew_2", days=-45)
    ReminderRule.objects.create(letter="renew_2", days=-44)
    stood = ("2026-11-15", "2026-11-16", "2026-11-17")
    assert pass_days(clock, "2026-11-13", "2026-12-20", without=stood) == ["renew_2 2026-11-18"]
    notes = Reminder.objects.order_by("rule__days").values_list("rule__days", "superseded")
    assert list(notes) == [(-46, True), (-45, True), (-44, False)]


def test_nobody_is_woken_and_nobody_is_asked_twice(kim: Person, clock: Any) -> None:
    clock.move_to(at("2026-11-15", 22))
    assert remind_due() == 0
    clock.move_to(at("2026-11-16", 9))
    assert [remind_due(), remind_due()] == [1, 0]


def test_who_has_paid_is_not_asked(kim: Person, clock: Any) -> None:
    clock.move_to(at("2026-11-15"))
    remind_due()
    pay(ask_for_year(kim, 2027))
    letters = pass_days(clock, "2026-11-16", "2027-04-20")
    assert letters == []
    # And starts anew the year after.
    assert pass_days(clock, "2027-11-14", "2027-11-16") == ["renew_1 2027-11-15"]


def test_who_does_not_want_to_go_on_is_not_asked(kim: Person, clock: Any) -> None:
    clock.move_to(at("2026-11-15"))
    remind_due()
    leave(kim)
    assert pass_days(clock, "2026-11-16", "2027-04-20") == []


def test_a_letter_that_waits_is_not_sent_when_they_pay_before_it_leaves(
    kim: Person, clock: Any
) -> None:
    clock.move_to(at("2026-11-15"))
    remind_due()
    pay(ask_for_year(kim, 2027))
    deliver_due()
    states = dict(Letter.objects.values_list("kind", "state"))
    assert states == {"renew_1": "skipped", "member_welcome": "sent"}


@pytest.mark.parametrize(
    "facts", [{"email": ""}, {"is_protected": True}, {"hidden_at": at("2026-11-02")}]
)
def test_who_cannot_or_must_not_be_mailed_is_not(facts: dict[str, Any], clock: Any) -> None:
    kim = member(2026, **facts)
    assert pass_days(clock, "2026-11-14", "2026-11-17") == []
    on_paper = [person for person, _, _ in for_paper(date(2026, 11, 17))]
    assert on_paper == ([] if "hidden_at" in facts else [kim])


def test_a_letter_on_paper_is_noted_and_not_asked_for_again(clock: Any) -> None:
    kim = member(2026, email="")
    clock.move_to(at("2026-11-20"))
    note_sent(kim, date(2026, 12, 31))
    assert for_paper() == []


def test_who_came_into_the_register_long_afterwards_gets_no_farewell(clock: Any) -> None:
    member(2024)
    assert pass_days(clock, "2026-11-14", "2026-11-16") == []


def test_a_step_that_is_switched_off_is_not_taken(kim: Person, clock: Any) -> None:
    ReminderRule.objects.filter(letter="renew_1").update(is_on=False)
    assert pass_days(clock, "2026-11-14", "2026-11-20") == []


def test_nobody_is_asked_for_a_fee_that_has_no_price(kim: Person, clock: Any) -> None:
    kim.memberships.get().type.fees.all().delete()
    assert pass_days(clock, "2026-11-14", "2026-11-20") == []


def test_the_fee_is_asked_for_once_and_anew_with_another_price(kim: Person) -> None:
    first = ask_for_year(kim, 2027)
    assert ask_for_year(kim, 2027) == first
    second = ask_for_year(kim, 2027, is_reduced=True)
    first.refresh_from_db()
    assert (first.state, second.amount) == ("void", 10000)
    pay(second)
    with pytest.raises(AlreadyRenewed):
        ask_for_year(kim, 2027)
    # Money for the void one all the same: one membership, and the treasurer knows.
    pay(first)
    assert Membership.objects.ever_in_force(kim).filter(ended_on=None, year=2027).count() == 1
    assert first.flags.get().kind == "paid_twice"
