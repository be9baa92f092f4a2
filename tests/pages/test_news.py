from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from pages.models import StartPage
from pages.models.news import in_six_months
from tests.factories import NewsPageFactory


@pytest.mark.parametrize(
    ("today", "last_day"),
    [
        (date(2026, 11, 21), date(2027, 5, 21)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 12, 1), date(2027, 6, 1)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_news_are_shown_for_half_a_year_unless_the_editor_says_otherwise(
    today: date, last_day: date
) -> None:
    with time_machine.travel(f"{today}T12:00:00+00:00", tick=False):
        assert in_six_months() == last_day


def test_the_list_has_the_newest_first_and_leaves_out_what_is_old(
    client: Client, start: StartPage
) -> None:
    for days in (2, 1, 3):
        NewsPageFactory(
            title=f"För {days} dagar sedan",
            first_published_at=timezone.now() - timedelta(days=days),
        )
    NewsPageFactory(title="Gammal", expired=True)
    NewsPageFactory(title="Utkast", live=False)
    assert [page.title for page in client.get("/nyheter/").context["news"]] == [
        "För 1 dagar sedan",
        "För 2 dagar sedan",
        "För 3 dagar sedan",
    ]


def test_old_news_can_still_be_read_by_whoever_has_the_address(
    client: Client, start: StartPage
) -> None:
    page = NewsPageFactory(expired=True)
    assert client.get(page.url).status_code == 200


def test_ten_news_make_a_page(client: Client, start: StartPage) -> None:
    NewsPageFactory.create_batch(11)
    first, second = (client.get(f"/nyheter/?sida={number}") for number in (1, 2))
    assert [len(page.context["news"]) for page in (first, second)] == [10, 1]
    assert "Sida 2 av 2" in second.content.decode()


def test_a_headline_has_at_most_sixty_characters(start: StartPage) -> None:
    assert NewsPageFactory(title="x" * 60).pk
    with pytest.raises(ValidationError, match="Högst 60 tecken"):
        NewsPageFactory(title="x" * 61)
