"""Two of the office who do the same in the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from events.models import Registration
from events.services import office
from mail.models import Letter
from members.models import User
from privacy.models import AccessLog
from tests.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)
State = Registration.State


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What came of each, when all are done in the same moment: "done" or the exception's name."""
    barrier, results = Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        barrier.wait(timeout=10)
        try:
            deed()
            results.append("done")
        except Exception as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


def test_two_who_move_the_same_person_make_one_move(anna: User) -> None:
    kim = RegistrationFactory()
    first, second = EventFactory(), EventFactory()
    results = at_once(
        lambda: office.move(kim, to=first, actor=anna),
        lambda: office.move(kim, to=second, actor=anna),
    )
    assert results == ["NotThereAnyMore", "done"]
    assert list(Letter.objects.values_list("kind", flat=True)) == ["event_moved"]
    assert AccessLog.objects.count() == 1


def test_two_who_press_offer_now_ask_one_about_one_place(anna: User) -> None:
    event = EventFactory(capacity=1)
    bo, cy = RegistrationFactory.create_batch(2, event=event, resting=True)
    results = at_once(
        lambda: office.offer_now(bo, actor=anna), lambda: office.offer_now(cy, actor=anna)
    )
    assert results == ["NoPlaceLeft", "done"]
    assert event.registrations.filter(state=State.OFFERED).count() == 1


def test_moves_in_opposite_directions_do_not_wait_for_each_other(anna: User) -> None:
    one, other = EventFactory(), EventFactory()
    bo, cy = RegistrationFactory(event=one), RegistrationFactory(event=other)
    results = at_once(
        lambda: office.move(bo, to=other, actor=anna), lambda: office.move(cy, to=one, actor=anna)
    )
    assert results == ["done", "done"]


def test_two_who_take_the_last_place_for_somebody_give_it_once(anna: User) -> None:
    event = EventFactory(capacity=1)
    results = at_once(
        lambda: office.register_by_phone(event, actor=anna, name="Bo", phone="08-1"),
        lambda: office.register_by_phone(event, actor=anna, name="Cy", phone="08-2"),
    )
    assert results == ["NoPlaceLeft", "done"]
