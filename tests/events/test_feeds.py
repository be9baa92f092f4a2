"""Calendars: of one activity, of all, and a private one behind a secret address."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from events.models import Absence, Event, Occasion, PrivateFeed, Registration
from events.services import feeds
from members.models import User
from privacy.services import erase_person
from tests.doors import log_in
from tests.events.conftest import make_event, take_place
from tests.events.desk import text_of
from tests.factories import EventFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db

KIM = "kim@exempel.se"
PAGE = "/mina-sidor/kalender/"


def read(client: Client, url: str) -> list[Any]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def titles(entries: list[Any]) -> list[str]:
    return [str(entry["summary"]) for entry in entries]


@pytest.fixture
def member(client: Client) -> Client:
    user: User = UserFactory(email=KIM)
    return log_in(client, user, factor=False)


def address(member: Client) -> str:
    member.post(PAGE, {"do": "new"})
    feed = PrivateFeed.objects.get()
    url = feeds.address(feed)
    assert url in text_of(member.get(PAGE))
    return url


def test_a_member_makes_an_address_and_a_phone_reads_it(member: Client) -> None:
    take_place(make_event(), KIM)
    take_place(make_event("annan"), "bo@exempel.se")
    RegistrationFactory(event=EventFactory(), email=KIM, waiting=True)
    url = address(member)
    entries = read(Client(), url)
    assert titles(entries) == ["Promenad"]
    assert "anhöriga" not in Client().get(url).content.decode()


def test_looking_makes_no_address(member: Client) -> None:
    member.get(PAGE)
    assert PrivateFeed.objects.count() == 0


def test_a_new_address_makes_the_old_one_dead(member: Client) -> None:
    old = address(member)
    new = address(member)
    assert old != new
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    member.post(PAGE, {"do": "close"})
    assert Client().get(new).status_code == 404


@pytest.mark.parametrize("guess", ["x", "0" * 32 + ":x"])
def test_nobody_guesses_an_address(client: Client, guess: str) -> None:
    assert client.get(f"/aktiviteter/min-kalender/{guess}/traffar.ics").status_code == 404


def test_the_private_calendar_is_kept_nowhere(member: Client) -> None:
    answer = Client().get(address(member))
    assert answer["Cache-Control"] == "no-store, private"
    assert "noindex" in answer["X-Robots-Tag"]


def test_what_they_said_no_to_is_not_in_it_and_what_is_cancelled_says_so(member: Client) -> None:
    event = EventFactory(times=3)
    row: Registration = RegistrationFactory(event=event, email=KIM)
    first, second, _ = event.occasions.order_by("starts_at")
    Absence.objects.create(registration=row, occasion_uid=first.uid, noted_at=timezone.now())
    Occasion.objects.filter(pk=second.pk).update(cancelled_at=timezone.now())
    entries = read(Client(), address(member))
    assert [str(entry.get("status", "")) for entry in entries] == ["CANCELLED", ""]


@pytest.mark.parametrize("which", ["one", "all", "mine"])
def test_no_calendar_tells_what_it_is_about_or_where_the_digital_door_is(
    member: Client, which: str
) -> None:
    event: Event = EventFactory(
        title="Samtalsgrupp bipolär", neutral_title="Träff", where="online",
        digital_link="https://mote.exempel.se/hemlig",
    )  # fmt: skip
    RegistrationFactory(event=event, email=KIM)
    url = {
        "one": f"{event.url}kalender.ics",
        "all": "/aktiviteter/kalender.ics",
        "mine": address(member),
    }[which]
    text = Client().get(url).content.decode()
    assert titles(read(Client(), url)) == ["Träff"]
    assert [word for word in ("bipolär", "mote.exempel.se", "Samtal") if word in text] == []


def test_a_series_is_at_the_same_time_on_the_wall_on_both_sides_of_the_change(
    client: Client,
) -> None:
    from datetime import UTC, date, time

    from events.services.wall_time import wall_time

    event = EventFactory(times=0)
    for day in (date(2027, 3, 23), date(2027, 3, 30)):
        start = wall_time(day, time(18))
        Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=2))
    starts = [entry["dtstart"].dt for entry in read(client, f"{event.url}kalender.ics")]
    assert [start.astimezone(UTC).hour for start in starts] == [17, 16]
    assert [timezone.localtime(start).hour for start in starts] == [18, 18]


def test_who_is_forgotten_takes_the_calendar_along(member: Client) -> None:
    url = address(member)
    erase_person(KIM)
    assert Client().get(url).status_code == 404


def test_the_digital_link_is_for_those_with_a_place(client: Client) -> None:
    event = EventFactory(where="online", digital_link="https://mote.exempel.se/hemlig")
    assert "mote.exempel.se" not in text_of(client.get(event.url))
