"""The list of one activity as the office reads it."""

from typing import Any

import pytest

from events.models import Event, Registration
from events.services import participants
from members.models import User
from tests.factories import EventFactory, RegistrationFactory, days_away

pytestmark = pytest.mark.django_db


def test_the_first_sentence_tells_how_it_stands() -> None:
    event = EventFactory(capacity=10)
    RegistrationFactory.create_batch(7, event=event)
    RegistrationFactory(event=event, offered=True)
    RegistrationFactory(event=event, resting=True)
    read = participants.read(event)
    assert read.sentence == "7 har plats, 2 står i kö, 2 platser lediga."
    assert (read.awaiting, read.kept) == (1, 0)


@pytest.mark.parametrize(
    ("capacity", "placed", "sentence"),
    [
        (None, 0, "Ingen är anmäld än, alla får plats."),
        (None, 3, "3 har plats, alla får plats."),
        (1, 0, "Ingen är anmäld än, 1 plats ledig."),
        (3, 3, "3 har plats, ingen plats ledig."),
        (2, 6, "6 har plats, 4 fler än platserna."),
    ],
)
def test_the_first_sentence_is_right_also_when_it_is_empty_full_or_too_full(
    capacity: int | None, placed: int, sentence: str
) -> None:
    event = EventFactory(capacity=capacity)
    RegistrationFactory.create_batch(placed, event=event)
    assert participants.read(event).sentence == sentence


def test_a_place_that_may_be_regretted_is_told_of() -> None:
    event = EventFactory(capacity=2)
    RegistrationFactory(event=event, cancelled=True, undo_until=days_away(0.005))
    read = participants.read(event)
    assert (read.sentence, read.kept) == ("Ingen är anmäld än, 1 plats ledig.", 1)


def test_everyone_in_the_queue_has_a_number_and_a_reason(time_machine: Any) -> None:
    time_machine.move_to("2026-12-02T09:00:00Z", tick=False)
    event = EventFactory(capacity=2)
    RegistrationFactory(event=event, name="A", offered=True)
    RegistrationFactory(event=event, name="B", offered=True, offer_expires_at=None)
    RegistrationFactory(event=event, name="C", offered=True, by_phone=True)
    RegistrationFactory(event=event, name="D", offered=True, offer_expires_at=days_away(-1))
    RegistrationFactory(event=event, name="E", resting=True)
    RegistrationFactory(event=event, name="F", waiting=True, offers_unanswered=1)
    RegistrationFactory(event=event, name="G", waiting=True)
    RegistrationFactory(event=event, name="H", waiting=True)
    assert [(row.number, row.name, row.because) for row in participants.read(event).queue] == [
        (1, "A", "Erbjuden 2/12 kl. 10, svar senast 4/12 kl. 10"),
        (2, "B", "Erbjuden 2/12 kl. 10, brevet är på väg"),
        (3, "C", "Ring! Erbjuden 2/12 kl. 10, svar senast 4/12 kl. 10"),
        (4, "D", "Svarade inte i tid, 1/12 kl. 10. Platsen går vidare"),
        (5, "E", "Vilar: två obesvarade"),
        (6, "F", "Svarade inte förra gången, frågas efter de andra"),
        (7, "G", "Nästa på tur"),
        (8, "H", "Väntar på sin tur"),
    ]


def test_who_never_signed_up_to_anything_before_is_new() -> None:
    event = EventFactory()
    RegistrationFactory(name="Återkommande", email="bo@exempel.se", cancelled=True)
    RegistrationFactory(event=event, name="Återkommande", email="bo@exempel.se")
    RegistrationFactory(event=event, name="Ny")
    RegistrationFactory(event=event, name="Ringde", by_phone=True)
    new = {row.name: row.is_new for row in participants.read(event).placed}
    assert new == {"Återkommande": False, "Ny": True, "Ringde": False}


def test_the_list_asks_as_much_for_one_as_for_fifty(
    django_assert_num_queries: Any, anna: User
) -> None:
    for number in (1, 50):
        event = EventFactory(unlimited=True)
        RegistrationFactory.create_batch(number, event=event)
        # In the transaction: the line in the log, the rows, the counts, the times, who is away.
        with django_assert_num_queries(7):
            participants.open_list(event, actor=anna)


def test_the_home_panel_finds_who_is_new_and_where_a_queue_stands() -> None:
    event = EventFactory(capacity=1, with_queue=1)
    EventFactory()
    RegistrationFactory(event=event, created_at=days_away(-8))
    RegistrationFactory(event=event, cancelled=True)
    assert list(Event.objects.with_queue()) == [event]
    assert Registration.objects.new_since(days_away(-7)).count() == 2
