"""The first page: three doors, what happens soon, nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from pages.models import Door, SectionPage, StartPage
from tests.factories import EventFactory, NewsPageFactory, days_away


def test_the_nearest_activities_come_first_and_only_so_many(
    client: Client, start: StartPage
) -> None:
    for number in (4, 1, 3, 2):
        EventFactory(title=f"Träff om {number} dagar", starts_at=days_away(number))
    shown = client.get("/").context["activities"]
    assert [event.title for event in shown] == [
        "Träff om 1 dagar",
        "Träff om 2 dagar",
        "Träff om 3 dagar",
    ]


def test_two_news_are_shown_and_never_an_expired_one(client: Client, start: StartPage) -> None:
    NewsPageFactory(title="Utgången", expired=True)
    for number in (1, 2, 3):
        NewsPageFactory(
            title=f"Nyhet {number}",
            first_published_at=timezone.now() - timedelta(days=number),
        )
    assert [page.title for page in client.get("/").context["news"]] == ["Nyhet 1", "Nyhet 2"]


def test_a_door_leads_to_a_page_or_an_address(client: Client, start: StartPage) -> None:
    section = SectionPage.objects.get(slug="stod")
    start.doors = [
        Door(text="Stöd", page=section),
        Door(text="Nya", address="/aktiviteter/?for=nya"),
        Door(text="Om oss", address="/om-oss/"),
    ]
    start.save()
    html = client.get("/").content.decode()
    assert all(f'href="{url}"' in html for url in ("/stod/", "/aktiviteter/?for=nya", "/om-oss/"))


@pytest.mark.django_db
@pytest.mark.parametrize("both", [True, False])
def test_a_door_with_two_goals_or_none_is_refused(start: StartPage, both: bool) -> None:
    goals = {"page": start, "address": "/"} if both else {}
    with pytest.raises(ValidationError):
        Door(start=start, text="Hit", **goals).full_clean()


def test_an_empty_programme_is_said_calmly(client: Client, start: StartPage) -> None:
    assert "Inget är planerat just nu." in client.get("/").content.decode()


def test_the_page_has_one_main_heading_and_is_named_after_the_association(
    client: Client, start: StartPage
) -> None:
    html = client.get("/").content.decode()
    assert html.count("<h1") == 1
    assert "<title>Föreningen</title>" in html
