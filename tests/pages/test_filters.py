"""The list of activities, and the choices above it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from pages import filters
from pages.models import StartPage
from tests.factories import EventFactory, RegistrationFactory


def at(hour: int, days: int = 5) -> datetime:
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def shown(client: Client, query: str = "") -> list[str]:
    activities = client.get(f"/aktiviteter/{query}").context["activities"]
    return [event.title for event in activities]


@pytest.fixture
def programme(start: StartPage) -> None:
    EventFactory(title="Café", starts_at=at(13, 1), for_newcomers=True)
    EventFactory(title="Yoga", starts_at=at(18, 2), where=Event.Where.ONLINE, place="")
    EventFactory(title="Föreläsning", starts_at=at(17, 3), where=Event.Where.BOTH)
    EventFactory(title="Anhöriggrupp", starts_at=at(16, 4), for_relatives=True)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Café", "Yoga", "Föreläsning", "Anhöriggrupp"]),
        ("?visa=platsen", ["Café", "Föreläsning", "Anhöriggrupp"]),
        ("?visa=digitalt", ["Yoga", "Föreläsning"]),
        ("?tid=dag", ["Café", "Anhöriggrupp"]),
        ("?tid=kvall", ["Yoga", "Föreläsning"]),
        ("?for=anhoriga", ["Anhöriggrupp"]),
        ("?for=nya", ["Café"]),
        ("?visa=digitalt&tid=kvall", ["Yoga", "Föreläsning"]),
        ("?visa=digitalt&tid=dag", []),
        ("?visa=allt&tid=natt&okant=1", ["Café", "Yoga", "Föreläsning", "Anhöriggrupp"]),
    ],
)
def test_a_filter_leaves_what_fits(
    client: Client, programme: None, query: str, titles: list[str]
) -> None:
    assert shown(client, query) == titles


def test_every_filter_is_a_link_that_keeps_the_others_and_can_be_taken_away() -> None:
    links = {str(link.label): link for link in filters.links({"visa": "digitalt"})}
    assert {label: link.url for label, link in links.items()} == {
        "Alla": "./",
        "På plats": "./?visa=platsen",
        "Digitalt": "./",
        "Dagtid": "./?visa=digitalt&tid=dag",
        "Kväll": "./?visa=digitalt&tid=kvall",
        "För anhöriga": "./?visa=digitalt&for=anhoriga",
        "För nya": "./?visa=digitalt&for=nya",
    }
    assert [label for label, link in links.items() if link.current] == ["Digitalt"]


def test_nothing_that_fits_is_said_with_a_way_back(client: Client, start: StartPage) -> None:
    html = client.get("/aktiviteter/?for=nya").content.decode()
    assert 'Inget just nu med de valen. <a href="./">Visa alla</a>' in html


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Det finns plats"),
        ({"full": True}, "Fullt – du kan ställa dig i kö"),
        ({"full": True, "waiting_list": False}, "Fullt"),
        ({"no_sign_up": True}, "Ingen anmälan behövs"),
        ({"closes_at": timezone.now() - timedelta(hours=1)}, "Anmälan har stängt"),
        ({"opens_at": datetime(2099, 1, 11, 12, tzinfo=timezone.get_default_timezone())},
         "Anmälan öppnar söndag 11 januari 2099"),
    ],
)  # fmt: skip
def test_a_card_says_what_a_visitor_can_do_and_never_counts_places(
    client: Client, start: StartPage, facts: dict[str, Any], words: str
) -> None:
    EventFactory(title="Yoga", capacity=facts.pop("capacity", 4711), **facts)
    html = client.get("/aktiviteter/").content.decode()
    card = html[html.index("<article") : html.index("</article>")]
    assert f"{words}</span>" in card
    assert "4711" not in card


def test_a_card_has_the_day_the_hours_and_the_place(client: Client, start: StartPage) -> None:
    begins = datetime(2099, 12, 10, 17, tzinfo=timezone.get_default_timezone())
    EventFactory(starts_at=begins, place="Instrumentvägen 10")
    html = client.get("/aktiviteter/").content.decode()
    html = html.replace("\u00a0", " ").replace("\u2060", "")
    assert re.findall('class="when">(.*?)<', html) == ["Torsdag 10 december 2099, kl. 17–19"]
    assert '<p class="place">Instrumentvägen 10</p>' in html


def test_an_activity_of_many_times_says_how_many_are_left(client: Client, start: StartPage) -> None:
    EventFactory(times=3, starts_at=timezone.now() - timedelta(days=3))
    assert "och 1 gång till" in client.get("/aktiviteter/").content.decode()


def test_what_is_over_cancelled_draft_or_in_the_past_is_not_listed(
    client: Client, start: StartPage
) -> None:
    EventFactory(over=True)
    EventFactory(draft=True)
    assert shown(client) == []


def test_twenty_activities_make_a_page_and_the_filter_follows(
    client: Client, start: StartPage
) -> None:
    EventFactory.create_batch(21, for_newcomers=True)
    first, second = (client.get(f"/aktiviteter/?for=nya&sida={n}") for n in (1, 2))
    assert [len(page.context["activities"]) for page in (first, second)] == [20, 1]
    assert 'href="?for=nya&amp;sida=2"' in first.content.decode()


def test_a_place_that_is_taken_shows_at_once(client: Client, start: StartPage) -> None:
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    assert "du kan ställa dig i kö" in client.get("/aktiviteter/").content.decode()
