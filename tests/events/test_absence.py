"""One press, no reason: in a series about one time, of what happens once the place goes on."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from events.models import Absence, Event, Occasion, Registration
from events.services.reminders import remind_due
from mail.services.outbox import deliver_due
from tests.events.conftest import make_event, stand_in_queue, take_place
from tests.events.desk import people, text_of

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2026-12-10T17:00:00+01:00")
NOON_BEFORE = START - timedelta(days=1, hours=5)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START - timedelta(days=5), tick=False) as traveller:
        yield traveller


def links_in(body: str) -> list[str]:
    return re.findall(r"https?://\S+", body)


def series(kim: Registration) -> Event:
    for week in (1, 2):
        start = START + timedelta(weeks=week)
        Occasion.objects.create(
            event=kim.event, starts_at=start, ends_at=start + timedelta(hours=2)
        )
    return kim.event


def link(clock: Any) -> str:
    """From the reminder, as its reader finds it."""
    clock.move_to(NOON_BEFORE)
    remind_due()
    deliver_due()
    reminder = next(one for one in mail.outbox if "Vi ses i morgon" in one.subject)
    return next(url for url in links_in(reminder.body) if "/orkar-inte/" in url)


def test_in_a_series_it_is_about_one_time_and_the_place_is_kept(clock: Any, client: Client) -> None:
    kim = take_place(make_event(starts_at=START))
    series(kim)
    url = link(clock)
    page = client.get(url)
    assert "Det gäller bara den här gången." in text_of(page)
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 303
    kim.refresh_from_db()
    assert (kim.state, Absence.objects.count()) == ("confirmed", 1)
    assert "Tack för att du sa till" in text_of(client.get(url))


def test_what_happens_once_goes_on_to_the_queue_within_the_minute(
    clock: Any, client: Client
) -> None:
    event = make_event(starts_at=START, capacity=1)
    kim = take_place(event)
    bo = stand_in_queue(event)
    url = link(clock)
    assert client.post(url).status_code == 303
    kim.refresh_from_db()
    bo.refresh_from_db()
    # It is soon: everyone in the queue is told at once, and whoever answers first has it.
    assert (kim.state, bo.is_told_of_a_place) == ("cancelled", True)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_page_changes_nothing(clock: Any, client: Client, method: str) -> None:
    kim = take_place(make_event(starts_at=START))
    url = link(clock)
    getattr(client, method)(url)
    kim.refresh_from_db()
    assert (kim.state, Absence.objects.count()) == ("confirmed", 0)


def test_it_can_be_undone(clock: Any, client: Client) -> None:
    series(take_place(make_event(starts_at=START)))
    url = link(clock)
    client.post(url)
    client.post(url, {"do": "undo"})
    assert Absence.objects.count() == 0


def test_after_the_start_nothing_is_noted(clock: Any, client: Client) -> None:
    series(take_place(make_event(starts_at=START)))
    url = link(clock)
    clock.move_to(START)
    client.post(url)
    assert Absence.objects.count() == 0
    assert "Kom du inte i väg är det okej." in text_of(client.get(url))


def test_no_reason_has_a_column() -> None:
    assert [field.name for field in Absence._meta.fields] == [
        "id", "registration", "occasion_uid", "noted_at",
    ]  # fmt: skip


def test_nobody_is_reminded_of_a_time_they_have_said_no_to(clock: Any) -> None:
    kim = take_place(make_event(starts_at=START))
    event = series(kim)
    uid = event.occasions.order_by("starts_at")[0].uid
    Absence.objects.create(registration=kim, occasion_uid=uid, noted_at=START)
    clock.move_to(NOON_BEFORE)
    remind_due()
    deliver_due()
    assert [one.subject for one in mail.outbox if "Vi ses" in one.subject] == []


def test_the_office_sees_who_is_away_and_when(office: Client) -> None:
    kim = take_place(make_event(starts_at=START))
    event = series(kim)
    uid = event.occasions.order_by("starts_at")[1].uid
    Absence.objects.create(registration=kim, occasion_uid=uid, noted_at=START)
    assert "Kommer inte 17/12 kl. 17" in text_of(office.get(people(event)))


def test_the_page_of_a_booking_lists_the_times_of_a_series(client: Client) -> None:
    kim = take_place(make_event(starts_at=START))
    series(kim)
    deliver_due()
    url = next(one for one in links_in(mail.outbox[0].body) if "/bokning/" in one)
    text = text_of(client.get(url))
    assert "Kan du inte komma någon gång?" in text
    assert text.count("/orkar-inte/") == 3
