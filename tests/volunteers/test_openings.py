"""A chair is empty if and only if an opening is published, whatever has happened to it."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import UserFactory
from tests.volunteers.rooms import council, day, seat, sits
from volunteers.models import Mandate, Seat
from volunteers.services import councils, coverage

pytestmark = pytest.mark.django_db

ADDRESS = "/engagera-dig/patientrad/"
DAYS = st.integers(-40, 40)


@dataclass(frozen=True)
class Term:
    """Days from today. `left`: the last day of who left early."""

    first: int
    length: int
    left: int | None

    @property
    def last(self) -> int:
        whole = self.first + self.length
        return whole if self.left is None else min(max(self.left, self.first), whole)


@dataclass(frozen=True)
class Chair:
    terms: list[Term]
    closed: int | None

    def is_empty(self, today: int) -> bool:
        """Judged by hand, without the database."""
        return (self.closed is None or self.closed > today) and not any(
            term.last >= today for term in self.terms
        )


TERMS = st.builds(Term, first=DAYS, length=st.integers(0, 30), left=st.none() | DAYS)
CHAIRS = st.builds(Chair, terms=st.lists(TERMS, max_size=2), closed=st.none() | DAYS)


def lay(chair: Chair, row: Seat) -> Chair:
    """The chair as it could be laid: what the house refuses is left out."""
    laid = []
    for term in chair.terms:
        try:
            mandate = sits(row, term.first, term.first + term.length)
        except councils.ChairTaken:
            continue
        if term.left is not None:
            councils.end(mandate, last_on=day(term.left), actor=mandate_keeper())
        laid.append(term)
    if chair.closed is not None:
        Seat.objects.filter(pk=row.pk).update(closed_on=day(chair.closed))
    return Chair(laid, chair.closed)


def mandate_keeper() -> object:
    return UserFactory()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chairs=st.lists(CHAIRS, min_size=1, max_size=4), today=DAYS)
def test_a_chair_is_empty_if_and_only_if_it_is_published(chairs: list[Chair], today: int) -> None:
    rows = [seat() for _ in chairs]
    laid = [lay(chair, row) for chair, row in zip(chairs, rows, strict=True)]
    on = timezone.localdate() + timedelta(days=today)
    mine = {row.council.slug for row in rows}
    published = {one.council.slug for one in coverage.openings(on)} & mine
    assert published == {
        row.council.slug for row, chair in zip(rows, laid, strict=True) if chair.is_empty(today)
    }


def shown(client: Client) -> list[str]:
    return re.findall(r'<article class="card" id="([\w-]+)"', client.get(ADDRESS).content.decode())


def test_the_page_shows_every_empty_chair_and_no_other(client: Client, start: object) -> None:
    empty, taken = seat(), seat()
    sits(taken)
    assert shown(client) == [empty.council.slug]
    mandate = sits(empty)
    assert shown(client) == []
    councils.end(mandate, last_on=day(-1), actor=mandate_keeper())
    assert shown(client) == [empty.council.slug]


def test_the_page_changes_by_itself_when_a_term_is_over(
    client: Client, start: object, time_machine: object
) -> None:
    row = seat()
    sits(row, -10, 5)
    assert shown(client) == []
    time_machine.move_to(timezone.now() + timedelta(days=6))  # type: ignore[attr-defined]
    assert shown(client) == [row.council.slug]


def test_the_page_names_those_who_said_yes_and_nobody_else(client: Client, start: object) -> None:
    room = council("Rådet vid sjön")
    named, unnamed = sits(seat(room)), sits(seat(room), name="Hemlig Hök")
    councils.name_on_site(named, name="Kim", actor=mandate_keeper())
    page = client.get(ADDRESS).content.decode()
    assert ("Kim, Rådet vid sjön" in page, "Hemlig" in page) == (True, False)
    assert unnamed.public_consent is None


def test_the_page_asks_the_database_as_often_with_one_chair_as_with_fifty(
    client: Client, start: object
) -> None:
    seat()
    client.get(ADDRESS)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(ADDRESS)
        numbers.append(len(asked))
        for chair in [seat() for _ in range(20)][::2]:
            sits(chair)
    assert numbers[0] == numbers[1]
    assert Mandate.objects.exists()
