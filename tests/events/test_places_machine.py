"""Whatever people, the office and the clock do in whatever order: places, turns and lines hold."""

from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from events.services import places, waiting_list
from tests.drill import FACTOR
from tests.events.places_game import PaidPlaces, Places, State

# `make drill` does more of them: DRILL times.
EXAMPLES = 20 * FACTOR


def play(machine: type[Places], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            # What fails is long, but making it shorter takes minutes with a real database.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Places, PaidPlaces])
def test_whatever_happens_in_whatever_order_the_places_and_the_lines_hold(
    machine: type[Places],
) -> None:
    play(machine, EXAMPLES)


@pytest.fixture
def game() -> Iterator[Places]:
    """A game in which one moves the pieces by hand."""
    machine = Places()
    yield machine
    machine.teardown()


@pytest.mark.django_db
def test_an_offer_past_somebody_without_a_reason_is_seen(
    game: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_list, "pass_over", lambda row, now, *, why: None)
    for party in (2, 2, 1):
        game.somebody_wants_a_place(party=party)
    game.nobody_is_overtaken_without_a_rule()

    game.the_office_changes_the_number_of_places(more=1)

    with pytest.raises(AssertionError):
        game.nobody_is_overtaken_without_a_rule()


@pytest.mark.django_db
def test_a_place_too_many_is_seen(game: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.Places, "has_room_for", lambda left, party: True)
    game.somebody_wants_a_place(party=2)
    game.nobody_has_a_place_too_many()

    game.somebody_wants_a_place(party=1)

    with pytest.raises(AssertionError):
        game.nobody_has_a_place_too_many()


@pytest.mark.django_db
def test_a_change_that_left_no_line_is_seen(game: Places) -> None:
    game.somebody_wants_a_place(party=1)
    game.the_lines_replay_to_the_same_state()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE events_registration DISABLE TRIGGER note_places")
    game.event.registrations.update(state=State.CANCELLED)

    with pytest.raises(AssertionError):
        game.the_lines_replay_to_the_same_state()
