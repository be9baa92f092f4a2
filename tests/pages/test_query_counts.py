"""The price of a page that is not kept, in SQL statements: the same with one row and with fifty.

Which page it is and what stands around it is known by then: each process asks once an edition.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

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
        evening = timezone.localtime(days_away(count + 1)).replace(hour=18)
        event = EventFactory(slug=f"traff-{count}", starts_at=evening, times=1 + count % 3)
        RegistrationFactory(event=event)
        NewsPageFactory(slug=f"nyhet-{count}")
        ContentPageFactory(slug=f"sida-{count}")


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        ("/", 3),
        ("/aktiviteter/", 4),
        ("/aktiviteter/?visa=platsen&tid=kvall", 4),
        ("/aktiviteter/traff-0/", 3),
        ("/stod/", 1),
        ("/stod/sida-0/", 0),
        ("/nyheter/", 2),
        ("/akut-hjalp/", 1),
    ],
)
@pytest.mark.parametrize("rows", [1, 50])
def test_a_page_asks_the_database_as_often_with_one_row_as_with_fifty(
    start: StartPage, rows: int, url: str, statements: int
) -> None:
    fill(rows)
    assert uncached(url) == statements
