"""The queue: who is asked, in which order, and what silence means."""

import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from events.models import Event, Occasion, Registration
from events.services import registration as registrations
from events.services import waiting_list
from mail.models import Letter
from mail.services.outbox import deliver_due

pytestmark = pytest.mark.django_db
State = Registration.State

# A Tuesday at eleven in Stockholm: offers may leave.
NOON = datetime.fromisoformat("2026-12-01T11:00:00+01:00")


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def event() -> Event:
    event = Event.objects.create(
        title="Yoga",
        neutral_title="Träff",
        slug="yoga",
        summary="Lugn yoga.",
        place="Hägersten",
        capacity=1,
        live=True,
    )
    start = NOON + timedelta(days=20)
    Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=1))
    return event


def has_place(event: Event, email: str = "first@exempel.se") -> Registration:
    row = registrations.sign_up(event, key=uuid.uuid4(), name="A", email=email).registration
    assert row is not None
    return row


def waits(event: Event, name: str) -> Registration:
    row = registrations.join_queue(
        event, key=uuid.uuid4(), name=name, email=f"{name}@exempel.se"
    ).registration
    assert row is not None
    return row


def states(event: Event) -> dict[str, str]:
    return dict(event.registrations.order_by("id").values_list("name", "state"))


def free_a_place(event: Event, registration: Registration) -> None:
    """Cancelled, and the ten minutes of regret are over."""
    registrations.cancel(registration)
    Registration.objects.filter(pk=registration.pk).update(undo_until=timezone.now())
    waiting_list.release_due()


def test_a_cancelled_place_goes_to_the_first_in_the_queue(event: Event) -> None:
    first = has_place(event)
    waits(event, "bo")
    waits(event, "cy")
    free_a_place(event, first)
    assert states(event) == {"A": "cancelled", "bo": "offered", "cy": "waiting"}


def test_a_place_is_offered_to_one_person_at_a_time(event: Event) -> None:
    first = has_place(event)
    waits(event, "bo")
    waits(event, "cy")
    free_a_place(event, first)
    waiting_list.release_due()
    assert states(event) == {"A": "cancelled", "bo": "offered", "cy": "waiting"}


def test_the_time_to_answer_begins_when_the_letter_has_left(event: Event, clock) -> None:  # type: ignore[no-untyped-def]
    first = has_place(event)
    bo = waits(event, "bo")
    free_a_place(event, first)
    clock.shift(timedelta(hours=5))
    bo.refresh_from_db()
    assert bo.offer_expires_at is None
    deliver_due()
    bo.refresh_from_db()
    assert bo.offer_expires_at == NOON + timedelta(hours=5 + 48)


def test_an_offer_whose_worker_died_with_the_letter_sent_still_runs_out(
    event: Event,
    clock,  # type: ignore[no-untyped-def]
) -> None:
    first = has_place(event)
    bo = waits(event, "bo")
    waits(event, "cy")
    free_a_place(event, first)
    # Killed between the ledger and the news of it.
    Letter.objects.filter(kind="queue_offer").update(state="sent", sent_at=NOON)
    clock.shift(timedelta(hours=5))
    waiting_list.release_due()
    bo.refresh_from_db()
    assert bo.offer_expires_at == NOON + timedelta(hours=48)
    clock.shift(timedelta(hours=44))
    waiting_list.release_due()
    assert states(event) == {"A": "cancelled", "bo": "waiting", "cy": "offered"}


def test_a_late_evening_offer_leaves_the_next_morning(event: Event, clock) -> None:  # type: ignore[no-untyped-def]
    first = has_place(event)
    waits(event, "bo")
    clock.move_to(NOON.replace(hour=21))
    free_a_place(event, first)
    letter = Letter.objects.get(kind="queue_offer")
    assert timezone.localtime(letter.due_at).isoformat() == "2026-12-02T09:00:00+01:00"


def test_silence_costs_the_offer_and_never_the_number(event: Event, clock) -> None:  # type: ignore[no-untyped-def]
    first = has_place(event)
    bo, cy = waits(event, "bo"), waits(event, "cy")
    free_a_place(event, first)
    deliver_due()
    clock.shift(timedelta(hours=49))
    waiting_list.release_due()
    assert states(event) == {"A": "cancelled", "bo": "waiting", "cy": "offered"}
    bo.refresh_from_db()
    cy.refresh_from_db()
    assert (bo.queue_number(), cy.queue_number()) == (1, 2)


def test_after_two_silences_somebody_rests_and_is_asked_whether_to_stay(  # type: ignore[no-untyped-def]
    event: Event, clock
) -> None:
    first = has_place(event)
    bo = waits(event, "bo")
    free_a_place(event, first)
    for _ in range(2):
        deliver_due()
        clock.shift(timedelta(hours=49))
        waiting_list.release_due()
    bo.refresh_from_db()
    assert bo.rests
    assert Letter.objects.filter(kind="queue_rest").count() == 1
    waiting_list.stay(bo)
    bo.refresh_from_db()
    assert bo.state == State.OFFERED


def test_yes_gives_the_place_and_a_letter(event: Event) -> None:
    first = has_place(event)
    bo = waits(event, "bo")
    free_a_place(event, first)
    waiting_list.accept(bo)
    assert states(event)["bo"] == "confirmed"
    assert Letter.objects.filter(kind="event_confirmed").count() == 2


def test_no_sends_the_place_on_at_once(event: Event) -> None:
    first = has_place(event)
    bo = waits(event, "bo")
    waits(event, "cy")
    free_a_place(event, first)
    bo.refresh_from_db()
    waiting_list.decline(bo)
    assert states(event) == {"A": "cancelled", "bo": "declined", "cy": "offered"}


def test_a_late_yes_is_fine_while_nobody_else_wants_the_place(event: Event, clock) -> None:  # type: ignore[no-untyped-def]
    first = has_place(event)
    bo = waits(event, "bo")
    free_a_place(event, first)
    deliver_due()
    clock.shift(timedelta(hours=49))
    assert waiting_list.accept(bo).state == State.CONFIRMED


def test_a_late_yes_is_told_kindly_when_the_place_has_gone_on(event: Event, clock) -> None:  # type: ignore[no-untyped-def]
    first = has_place(event)
    bo = waits(event, "bo")
    waits(event, "cy")
    free_a_place(event, first)
    deliver_due()
    clock.shift(timedelta(hours=49))
    waiting_list.release_due()
    with pytest.raises(waiting_list.PlaceWentOn):
        waiting_list.accept(bo)
    bo.refresh_from_db()
    assert (bo.state, bo.queue_number()) == (State.WAITING, 1)


def test_a_newcomer_never_overtakes_the_queue(event: Event) -> None:
    first = has_place(event)
    waits(event, "bo")
    registrations.cancel(first)
    Registration.objects.filter(pk=first.pk).update(undo_until=timezone.now())
    with pytest.raises(registrations.NoPlaceLeft):
        has_place(event, "new@exempel.se")


def test_more_places_go_to_the_queue_when_they_are_published(event: Event) -> None:
    has_place(event)
    waits(event, "bo")
    waits(event, "cy")
    event.capacity = 2
    event.save_revision().publish()
    assert states(event) == {"A": "confirmed", "bo": "offered", "cy": "waiting"}


def test_leaving_the_queue_moves_the_others_up(event: Event) -> None:
    has_place(event)
    bo, cy = waits(event, "bo"), waits(event, "cy")
    registrations.cancel(bo)
    cy.refresh_from_db()
    assert cy.queue_number() == 1


def test_an_offer_to_a_mailbox_that_does_not_exist_goes_on(event: Event) -> None:
    first = has_place(event)
    bo = waits(event, "bo")
    waits(event, "cy")
    free_a_place(event, first)
    waiting_list.letter_was_refused(bo.pk)
    assert states(event) == {"A": "cancelled", "bo": "waiting", "cy": "offered"}
