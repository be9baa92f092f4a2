"""The same time on the wall, week after week, also when the clocks are changed."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.forms.times import WallTimeField
from events.models import Event
from events.services import series
from events.services.wall_time import NoSuchTime, comes_twice, wall_time
from tests.events.conftest import make_event
from tests.events.desk import LIST, send, text_of
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

JANUARY = datetime.fromisoformat("2027-01-04T12:00:00+01:00")
SIX, EIGHT = time(18), time(20)


def on_the_wall(event: Event) -> list[str]:
    rows = event.occasions.order_by("starts_at")
    return [f"{timezone.localtime(row.starts_at):%m-%d %H:%M}" for row in rows]


def lay_out(event: Event, actor: Any, first: date, times: int, starts: time = SIX) -> None:
    ends = time((starts.hour + 2) % 24, starts.minute)
    found = series.propose(event, first=first, starts=starts, ends=ends, every=1, times=times)
    series.lay_out(event, found, actor=actor)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2027, 3, 16), ["03-16", "03-23", "03-30", "04-06"]),
        (date(2027, 10, 19), ["10-19", "10-26", "11-02", "11-09"]),
    ],
)
def test_a_weekly_series_keeps_its_wall_time_when_the_clocks_change(
    anna: Any, first: date, days: list[str]
) -> None:
    with time_machine.travel(JANUARY, tick=False):
        event = EventFactory(times=0)
        lay_out(event, anna, first, 4)
        assert on_the_wall(event) == [f"{day} 18:00" for day in days]
        lengths = {row.ends_at - row.starts_at for row in event.occasions.all()}
        assert lengths == {timedelta(hours=2)}


def test_the_hour_that_the_clock_jumps_over_does_not_exist() -> None:
    with pytest.raises(NoSuchTime):
        wall_time(date(2027, 3, 28), time(2, 30))
    assert wall_time(date(2027, 3, 28), time(3)).isoformat() == "2027-03-28T01:00:00+00:00"


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    moment = wall_time(date(2027, 10, 31), time(2, 30))
    assert moment.isoformat() == "2027-10-31T00:30:00+00:00"
    assert comes_twice(moment)
    assert not comes_twice(wall_time(date(2027, 10, 31), time(3)))


def test_in_the_editor_too_the_first_of_two_equal_times_is_meant() -> None:
    found = WallTimeField().clean("2027-10-31 02:30")
    assert found == datetime.fromisoformat("2027-10-31T02:30:00+02:00")


def typed(**more: Any) -> dict[str, Any]:
    facts = {"first": "2027-03-21", "starts": "02:30", "ends": "04:00", "every": "1", "times": "3"}
    return facts | more


def test_the_office_sees_the_times_before_they_are_written(office: Client) -> None:
    event = EventFactory(times=0)
    page = send(office, f"{LIST}{event.pk}/tider/serie/", typed())
    text = text_of(page)
    assert "Söndag 21 mars 2027, kl. 2.30–4.00" in text
    assert "den tiden finns inte, för klockan ställs fram då" in text
    assert event.occasions.count() == 0


def test_an_hour_that_comes_twice_is_said_to_be_the_first(office: Client) -> None:
    event = EventFactory(times=0)
    page = send(office, f"{LIST}{event.pk}/tider/serie/", typed(first="2027-10-31", times="1"))
    assert "Den tiden kommer två gånger den natten. Vi menar den första." in text_of(page)


def test_what_is_still_ticked_is_written_once(office: Client) -> None:
    event = EventFactory(times=0)
    chosen = typed(starts="18:00", ends="20:00", day=["2027-03-21", "2027-04-04"], add="1")
    for _ in range(2):
        answer = send(office, f"{LIST}{event.pk}/tider/serie/", chosen)
        assert answer.status_code == 303
    assert on_the_wall(event) == ["03-21 18:00", "04-04 18:00"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": "2020-01-01"}, "Den dagen har varit."),
        ({"times": "400"}, "Högst 60 gånger åt gången"),
        ({"starts": "kväll"}, "Skriv tiden så här: 17:00"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(
    office: Client, wrong: dict[str, str], said: str
) -> None:
    event = EventFactory(times=0)
    answer = send(office, f"{LIST}{event.pk}/tider/serie/", typed(**wrong))
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_draft_that_somebody_writes_on_gets_the_new_times_too(anna: Any) -> None:
    event = make_event()
    draft = Event.objects.get(pk=event.pk)
    draft.summary = "Nya ord."
    draft.save_revision(user=anna)
    lay_out(event, anna, timezone.localdate() + timedelta(days=30), 2)
    Event.objects.get(pk=event.pk).get_latest_revision().publish(user=anna)
    event = Event.objects.get(pk=event.pk)
    assert (event.summary, event.occasions.count()) == ("Nya ord.", 3)
