"""What leaders are written to about: an hour before, the morning after, when sign-up closes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from events.emails import evening as letters
from events.models import Event, Leader, Occasion
from events.services import attendance
from events.services.attendance_values import Filled
from events.services.leader_letters import write_due
from mail.models import Letter, Link
from mail.services.outbox import deliver_due
from privacy.words import health_word_in
from prose.lix import lix
from tests.factories import EventFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2026-11-30T18:00:00+01:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START - 5 * DAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def evening() -> Occasion:
    event = EventFactory(
        title="Samtalsgrupp bipolär", neutral_title="Kvällsträff", starts_at=START, kind="circle"
    )
    user = UserFactory(role="ledare", first_name="Alex", email="alex@exempel.se")
    Leader.objects.create(event=event, user=user)
    RegistrationFactory.create_batch(3, event=event, name="Kim Almljung")
    return event.schedule[0]


def kinds() -> list[str]:
    return list(Letter.objects.order_by("created_at").values_list("kind", flat=True))


def test_an_hour_before_the_leader_gets_the_list_once(evening, clock):
    clock.move_to(START - timedelta(minutes=61))
    assert write_due() == 0
    clock.move_to(START - timedelta(minutes=60))
    assert [write_due(), write_due()] == [1, 0]
    assert kinds() == [letters.TONIGHT]


def test_the_morning_after_at_ten_it_is_asked_for_only_what_nobody_saved(evening, clock):
    clock.move_to((START + DAY).replace(hour=9, minute=59))
    assert write_due() == 0
    clock.move_to((START + DAY).replace(hour=10))
    assert [write_due(), write_due()] == [1, 0]
    assert kinds() == [letters.UNSAVED]


def test_of_a_saved_evening_nobody_is_reminded(evening, clock):
    clock.move_to(START + 3 * HOUR)
    leader = Leader.objects.get()
    event = Event.objects.get()
    attendance.save(event, evening, Filled(), actor=leader.user)
    clock.move_to((START + DAY).replace(hour=10))
    assert write_due() == 0


def test_a_reminder_that_waited_is_not_sent_when_somebody_has_saved(evening, clock):
    clock.move_to((START + DAY).replace(hour=10))
    write_due()
    attendance.save(Event.objects.get(), evening, Filled(), actor=Leader.objects.get().user)
    deliver_due()
    assert Letter.objects.get().state == "skipped"


@pytest.mark.parametrize("what", ["occasion", "activity", "leader"])
def test_nothing_leaves_about_what_is_cancelled_or_to_one_who_leads_no_more(evening, clock, what):
    clock.move_to(START - HOUR)
    write_due()
    if what == "occasion":
        Occasion.objects.update(cancelled_at=START)
    elif what == "activity":
        Event.objects.update(cancelled_at=START)
    else:
        Leader.objects.all().delete()
    deliver_due()
    assert (Letter.objects.get().state, mail.outbox) == ("skipped", [])


def test_when_sign_up_closes_the_leader_is_told_how_many_once(evening, clock):
    Event.objects.update(closes_at=START - 3 * DAY)
    clock.move_to(START - 3 * DAY - HOUR)
    assert write_due() == 0
    clock.move_to(START - 3 * DAY)
    assert [write_due(), write_due()] == [1, 0]
    deliver_due()
    assert "3 av 5 platser är tagna." in mail.outbox[0].body


def test_the_letters_are_neutral_and_easy_to_read(evening, clock):
    Event.objects.update(closes_at=START - 3 * DAY)
    for moment in (START - 3 * DAY, START - HOUR, (START + DAY).replace(hour=10)):
        clock.move_to(moment)
        write_due()
        deliver_due()
    assert [one.subject for one in mail.outbox] == [
        "Anmälan till måndag 30 november har stängt",
        "Listan till i dag, kl. 18",
        "Närvaron från i går är inte sparad",
    ]
    for one in mail.outbox:
        html = one.alternatives[0][0]
        assert [word for word in ("Almljung", "bipolär") if word in one.body + html] == []
        assert health_word_in(one.subject) == ""
        assert lix(one.body) <= 30
    assert Link.objects.filter(purpose=letters.LEADER).count() == 2


@pytest.mark.parametrize("night", ["2027-03-28", "2027-10-31"])
def test_over_a_night_when_the_clock_is_changed_each_letter_is_written_once(clock, night):
    """Ten minutes at a time from the day before to the day after, at the right wall time."""
    clock.move_to(_wall(night, -3, 12))
    event = EventFactory(starts_at=_wall(night, -1, 18))
    Leader.objects.create(event=event, user=UserFactory(role="ledare"))
    written: dict[str, list[datetime]] = {}
    moment = _wall(night, -1, 0)
    while moment < _wall(night, 2, 0):
        clock.move_to(moment)
        if write_due():
            written.setdefault(kinds()[-1], []).append(moment)
        moment += timedelta(minutes=10)
    assert written == {
        letters.TONIGHT: [_wall(night, -1, 17)],
        letters.UNSAVED: [_wall(night, 0, 10)],
    }


def _wall(day: str, days: int, hour: int) -> datetime:
    wall = datetime.fromisoformat(f"{day}T00:00:00") + days * DAY
    return wall.replace(hour=hour, tzinfo=ZoneInfo("Europe/Stockholm"))
