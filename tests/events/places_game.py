"""A game that Hypothesis plays with places: every move somebody can make, and what must hold after."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
)

from events.models import RESTS_AFTER, Event, Occasion, PlaceLine, Registration
from events.services import history, office, paying, places, waiting_list
from events.services import registration as registrations
from payments.models import Charge, Flag, Payment
from payments.services import ledger, refunds
from tests.factories import UserFactory

State, Why = Registration.State, Registration.Why
BEGIN = datetime.fromisoformat("2026-12-01T11:00:00+01:00")
# How somebody may be asked before one who came earlier: by a rule that stands in their own line.
PASSED_BY_RULE = {Why.TOO_MANY, Why.SKIPPED, Why.SOON}


def is_before(one: history.Seat, key: int, other: history.Seat, other_key: int) -> bool:
    """Waits for an offer and comes before the other in turn."""
    waits = one.state == State.WAITING and one.offers_unanswered < RESTS_AFTER
    if not waits or one.queued_at is None or other.queued_at is None:
        return False
    turn = (one.offers_unanswered, one.queued_at, key)
    return turn < (other.offers_unanswered, other.queued_at, other_key)


class Places(RuleBasedStateMachine):
    # In kronor; paid ahead when there is one.
    price = 0

    def __init__(self) -> None:
        super().__init__()
        self.undo_all = transaction.atomic()
        # As Django marks its own: a `durable` transaction may stand inside it.
        self.undo_all._from_testcase = True  # type: ignore[attr-defined]
        self.undo_all.__enter__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.now = self.clock.start()
        self.event = Event.objects.create(
            title="Yoga",
            neutral_title="Träff",
            slug=f"yoga-{uuid.uuid4()}",
            summary="Lugn yoga.",
            place="Hägersten",
            capacity=2,
            most_together=3,
            price=self.price,
            pays_ahead=self.price > 0,
            live=True,
        )
        start = BEGIN + timedelta(days=9)
        Occasion.objects.create(
            event=self.event, starts_at=start, ends_at=start + timedelta(hours=2)
        )
        self.other = Event.objects.create(
            title="Promenad",
            neutral_title="Träff",
            slug=f"promenad-{uuid.uuid4()}",
            summary="Lugn promenad.",
            place="Tanto",
            capacity=50,
            live=True,
        )
        Occasion.objects.create(
            event=self.other, starts_at=start, ends_at=start + timedelta(hours=2)
        )
        self.actor = UserFactory()
        # The office may give a place too many, and may lower the number of places under those who
        # have one. So many are allowed.
        self.allowed = 2
        self.people = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo_all.__exit__(None, None, None)
        self.clock.stop()

    def someone(self, data: Any, *states: str) -> Registration | None:
        rows = list(self.event.registrations.filter(state__in=states).order_by("pk"))
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule(party=st.sampled_from([1, 1, 1, 2, 3]))
    def somebody_wants_a_place(self, party: int) -> None:
        self.people += 1
        event = Event.objects.get(pk=self.event.pk)
        who: dict[str, Any] = {
            "key": uuid.uuid4(),
            "name": "Kim",
            "email": f"kim{self.people}@exempel.se",
            "party": party,
        }
        try:
            self.sign_up(event, who)
        except registrations.SignUpClosed:
            assert self.has_begun(event)

    def sign_up(self, event: Event, who: dict[str, Any]) -> None:
        for deed in (registrations.sign_up, registrations.join_queue):
            try:
                deed(event, **who)
            except registrations.NoPlaceLeft:
                continue
            return

    @rule(data=st.data())
    def somebody_cancels(self, data: Any) -> None:
        if row := self.someone(data, *Registration.ACTIVE):
            registrations.cancel(row)

    @rule(data=st.data())
    def somebody_regrets(self, data: Any) -> None:
        if row := self.someone(data, State.CANCELLED):
            try:
                registrations.undo_cancel(row)
            except registrations.NoPlaceLeft:
                assert not places.count(self.fresh(), timezone.now()).has_room_for(row.party)

    @rule(data=st.data(), answer=st.sampled_from(["accept", "decline", "one_more_day", "stay"]))
    def somebody_answers(self, data: Any, answer: str) -> None:
        if row := self.someone(data, State.OFFERED, State.WAITING, State.DECLINED):
            try:
                getattr(waiting_list, answer)(row)
            except waiting_list.PlaceWentOn:
                assert not row.offer_stands(timezone.now())

    @rule(data=st.data())
    def the_letter_with_the_offer_leaves(self, data: Any) -> None:
        if row := self.someone(data, State.OFFERED):
            waiting_list.start_clock(row.pk, sent_at=timezone.now())

    @rule(data=st.data(), deed=st.sampled_from([office.offer_now, office.skip, office.cancel_for]))
    def the_office_does_something(self, data: Any, deed: Any) -> None:
        if row := self.someone(data, State.WAITING, State.OFFERED):
            try:
                deed(row, actor=self.actor)
            except (registrations.NoPlaceLeft, office.ActivityIsOff):
                pass

    @rule(data=st.data())
    def the_office_moves_somebody_away(self, data: Any) -> None:
        if row := self.someone(data, State.CONFIRMED, State.WAITING):
            try:
                office.move(row, to=self.other, actor=self.actor)
            except office.ActivityIsOff:
                pass

    @rule(more=st.sampled_from([-1, 1, 1, 2]))
    def the_office_changes_the_number_of_places(self, more: int) -> None:
        event = self.fresh()
        event.capacity = max(1, (event.capacity or 0) + more)
        event.save(update_fields=["capacity"])
        held = places.count(event, timezone.now()).held
        self.allowed = max(event.capacity, held)
        waiting_list.release_places(event.pk)

    @rule(hours=st.sampled_from([1, 1, 8, 24, 60]))
    def time_goes(self, hours: int) -> None:
        self.now.shift(timedelta(hours=hours))

    @rule()
    def the_clock_strikes(self) -> None:
        waiting_list.release_due()

    def has_begun(self, event: Event) -> bool:
        return event.starts_at is not None and event.starts_at <= timezone.now()

    def fresh(self) -> Event:
        return Event.objects.get(pk=self.event.pk)

    @invariant()
    def nobody_has_a_place_too_many(self) -> None:
        event = self.fresh()
        held = places.count(event, timezone.now()).held
        # What was too many can only become fewer.
        self.allowed = max(event.capacity or 0, min(self.allowed, held))
        assert held <= self.allowed

    @invariant()
    def the_lines_replay_to_the_same_state(self) -> None:
        standing = history.replay(PlaceLine.objects.filter(event=self.event))
        event, now = self.fresh(), timezone.now()
        assert standing.capacity == event.capacity
        assert standing.held(now) == places.count(event, now).held
        assert {pk: vars(seat) for pk, seat in standing.seats.items()} == {
            row.pk: {name: getattr(row, name) for name in history.Seat.__dataclass_fields__}
            for row in event.registrations.all()
        }

    @invariant()
    def nobody_is_overtaken_without_a_rule(self) -> None:
        """By the lines alone: at each question, whoever stood before in turn has a reason."""
        standing = history.Standing()
        reasons: dict[int, str] = {}
        for line in PlaceLine.objects.filter(event=self.event):
            asked = line.registration_id
            if line.state == State.OFFERED and line.was == State.WAITING and line.why == Why.TURN:
                assert asked is not None
                mine = standing.seats[asked]
                for other, seat in standing.seats.items():
                    if is_before(seat, other, mine, asked):
                        assert reasons.get(other) in PASSED_BY_RULE
            standing.take(line)
            if asked is not None and line.why:
                reasons[asked] = line.why

    @invariant()
    def it_can_be_told_without_names(self) -> None:
        told = " ".join(happening.text for happening in history.told(self.event))
        assert "Kim" not in told
        assert "exempel.se" not in told


class PaidPlaces(Places):
    """The same where a place is held while somebody pays."""

    price = 120

    @rule(data=st.data())
    def somebody_pays(self, data: Any) -> None:
        if row := self.someone(data, State.PAYING):
            try:
                charge = paying.ask(row, member=False)
            except paying.NothingToPay:
                assert not row.is_held(timezone.now())
                return
            assert charge.amount == row.party * self.price * 100
            self.money_comes(charge)

    @rule(data=st.data())
    def somebody_pays_too_late(self, data: Any) -> None:
        row = self.someone(data, State.CANCELLED)
        if row and row.charge and row.charge.received == 0:
            self.money_comes(row.charge)

    def money_comes(self, charge: Charge) -> None:
        ledger.record(
            charge,
            kind=Payment.Kind.PAID,
            method=Payment.Method.BANK,
            amount=charge.amount,
            source=f"test:{uuid.uuid4()}",
            happened_at=timezone.now(),
        )

    @rule(data=st.data())
    def the_treasurer_gives_back(self, data: Any) -> None:
        flags = list(Flag.objects.filter(kind=Flag.Kind.GIVE_BACK).order_by("pk"))
        if flags:
            charge = data.draw(st.sampled_from(flags)).charge
            if charge and (left := refunds.can_give_back(charge)):
                refunds.give_back(charge, left, by=self.actor)

    @rule()
    def the_clock_looks_at_the_money(self) -> None:
        paying.settle_due()

    @invariant()
    def whose_place_is_theirs_has_paid_and_who_waits_to_pay_has_not(self) -> None:
        rows = self.event.registrations.select_related("charge")
        for row in rows.filter(state=State.PAYING):
            assert row.charge is None or not row.charge.is_settled
        for row in rows.filter(state=State.CONFIRMED):
            assert row.charge is not None
            assert row.charge.received >= row.charge.amount
