"""The price of a page that is not kept, in SQL statements: the same with one row and with fifty.

What editors wrote, each process asks for once an edition; who has a place, every time.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import StartPage
from privacy.edition import new_edition
from tests.factories import (
    ContentPageFactory,
    EventFactory,
    NewsPageFactory,
    RegistrationFactory,
    days_away,
)
from tests.kept import forget_kept_pages


def asked(url: str) -> int:
    """A visit for which nobody has kept the page."""
    forget_kept_pages()
    with CaptureQueriesContext(connection) as questions:
        response = Client().get(url)
    assert response.status_code == 200
    return len(questions)


def fill(number: int) -> None:
    for count in range(number):
        evening = timezone.localtime(days_away(count + 1)).replace(hour=18)
        event = EventFactory(slug=f"traff-{count}", starts_at=evening, times=1 + count % 3)
        RegistrationFactory(event=event)
        NewsPageFactory(slug=f"nyhet-{count}")
        ContentPageFactory(slug=f"sida-{count}")


@pytest.mark.parametrize(
    ("url", "first", "later"),
    [
        ("/", 14, 1),
        ("/aktiviteter/", 14, 1),
        ("/aktiviteter/?visa=platsen&tid=kvall", 14, 1),
        ("/aktiviteter/traff-0/", 8, 3),
        ("/stod/", 12, 1),
        ("/stod/sida-0/", 12, 0),
        ("/nyheter/", 13, 2),
        ("/akut-hjalp/", 12, 1),
    ],
)
@pytest.mark.parametrize("rows", [1, 50])
def test_a_page_asks_the_database_as_often_with_one_row_as_with_fifty(
    start: StartPage, rows: int, url: str, first: int, later: int
) -> None:
    """`first` when editors have just changed something, `later` in a process that has read it."""
    fill(rows)
    new_edition()
    assert (asked(url), asked(url)) == (first, later)
