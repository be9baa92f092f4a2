"""The price of a page that is not kept, in SQL statements: the same with one row and with fifty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pages.models import StartPage
from tests.factories import (
    ContentPageFactory,
    EventFactory,
    NewsPageFactory,
    RegistrationFactory,
    days_away,
)
from tests.kept import forget_kept_pages


def uncached(url: str) -> int:
    """A visit to a server that has run for a while, where nobody has kept the page."""
    Client().get(url)
    forget_kept_pages()
    with CaptureQueriesContext(connection) as asked:
        response = Client().get(url)
    assert response.status_code == 200
    return len(asked)


def fill(number: int) -> None:
    for count in range(number):
        event = EventFactory(
            slug=f"traff-{count}", starts_at=days_away(count + 1), times=1 + count % 3
        )
        RegistrationFactory(event=event)
        NewsPageFactory(slug=f"nyhet-{count}")
        ContentPageFactory(slug=f"sida-{count}")


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        ("/", 7),
        ("/aktiviteter/", 8),
        ("/aktiviteter/?visa=platsen&tid=kvall", 8),
        ("/aktiviteter/traff-0/", 2),
        ("/stod/", 6),
        ("/stod/sida-0/", 6),
        ("/nyheter/", 7),
        ("/akut-hjalp/", 6),
    ],
)
@pytest.mark.parametrize("rows", [1, 50])
def test_a_page_asks_the_database_as_often_with_one_row_as_with_fifty(
    start: StartPage, rows: int, url: str, statements: int
) -> None:
    fill(rows)
    assert uncached(url) == statements
