"""The calendar of a month, and what clashes in it."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from events.models import Leader
from events.services import calendar
from tests.doors import log_in
from tests.events.desk import text_of
from tests.factories import EventFactory, OccasionFactory, UserFactory

pytestmark = pytest.mark.django_db


def at(clock: str, day: int = 10) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}:00+01:00")


def entries() -> dict[str, list[str]]:
    days = calendar.of_month(2026, 11)
    return {entry.event.title: entry.clashes for _day, rows in days for entry in rows}


def test_the_same_room_at_the_same_time_is_a_clash_for_both():
    EventFactory(title="Yoga", place="Stora salen", starts_at=at("17:00"))
    EventFactory(title="Kör", place="stora  salen", starts_at=at("18:30"))
    EventFactory(title="Café", place="Lilla salen", starts_at=at("18:30"))
    assert entries() == {
        "Yoga": ["Samma lokal som ”Kör”"],
        "Kör": ["Samma lokal som ”Yoga”"],
        "Café": [],
    }


def test_one_after_the_other_is_no_clash_and_neither_is_what_is_cancelled():
    EventFactory(title="Yoga", place="Salen", starts_at=at("17:00"))
    EventFactory(title="Kör", place="Salen", starts_at=at("19:00"))
    EventFactory(title="Inställd", place="Salen", starts_at=at("17:00"), cancelled=True)
    off = EventFactory(title="En gång", place="Salen", starts_at=at("12:00"))
    OccasionFactory(event=off, starts_at=at("18:00"), cancelled_at=timezone.now())
    assert set(map(tuple, entries().values())) == {()}


def test_somebody_who_leads_two_at_once_is_named():
    alex = UserFactory(role="ledare", first_name="Alex", last_name="Mossvilja")
    for title, place in (("Yoga", "Salen"), ("Kör", "Kyrkan")):
        event = EventFactory(title=title, place=place, starts_at=at("17:00"))
        Leader.objects.create(event=event, user=alex)
    assert entries()["Yoga"] == ["Alex Mossvilja leder också ”Kör”"]


def test_what_goes_on_past_midnight_into_the_month_clashes_too():
    late = EventFactory(title="Nattvak", place="Salen", times=0)
    OccasionFactory(
        event=late,
        starts_at=datetime.fromisoformat("2026-10-31T22:00:00+01:00"),
        ends_at=at("09:00", day=1),
    )
    EventFactory(title="Frukost", place="Salen", starts_at=at("08:00", day=1))
    assert entries() == {"Frukost": ["Samma lokal som ”Nattvak”"]}


def test_the_page_shows_the_month_and_says_how_many_clash(client: Any) -> None:
    log_in(client, UserFactory(role="samordnare"))
    EventFactory(title="Yoga", place="Salen", starts_at=at("17:00"))
    EventFactory(title="Kör", place="Salen", starts_at=at("17:30"))
    page = text_of(client.get("/admin/narvaro/?manad=2026-11"))
    assert "November 2026" in page
    assert "2 träffar krockar." in page
    assert client.get("/admin/narvaro/?manad=snart").status_code == 404


def test_the_month_asks_the_same_number_of_questions_for_many(
    client: Any, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        EventFactory(place=f"Sal {number}", starts_at=at("17:00", day=number % 28 + 1))
    with django_assert_num_queries(2):
        calendar.of_month(2026, 11)
