"""A connection that is kept is asked whether it works only when there is a reason to."""

import pytest
from django.db import connection
from django.db.backends.postgresql import base

from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other():
    """A connection of its own to the same database."""
    found = connection.copy()
    found.connect()
    yield found
    found.close()


def end(one) -> None:
    pid = one.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


def latest_question(one) -> str:
    """As PostgreSQL heard it on that connection."""
    with connection.cursor() as cursor:
        pid = one.connection.info.backend_pid
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone()[0]


def test_a_connection_that_works_is_not_asked(other):
    with other.cursor() as cursor:
        cursor.execute("SELECT 'ours'")
    assert other.is_usable()
    assert latest_question(other) == "SELECT 'ours'"
    assert base.DatabaseWrapper.is_usable(other)
    assert latest_question(other) == "SELECT 1", "as Django would have asked"


def test_one_whose_server_went_away_is_found_out(other):
    end(other)
    until(lambda: not other.is_usable(), what="the end is seen")


def test_one_that_is_closed_is_not_usable(other):
    other.connection.close()
    assert not other.is_usable()


def test_one_that_was_only_told_something_is_asked_and_works(other):
    with other.cursor() as cursor:
        cursor.execute("LISTEN samvaro")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY samvaro")
    for _ in range(3):
        assert other.is_usable()
