"""Statistics of visits: sums that are right, and no small number that could point at somebody."""

import uuid
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from events.models import Event, UniqueEstimate, VisitTally
from events.services import attendance, visits, visits_table
from events.services.attendance_values import Filled, Tick
from tests.doors import log_in
from tests.events.desk import send, text_of
from tests.factories import EventFactory, RegistrationFactory, UserFactory

YEAR = 2026
SMALL = "färre än 5"
_numbers = count(1000)


def at(month: int, day: int = 1) -> datetime:
    return datetime.fromisoformat(f"{YEAR}-{month:02}-{day:02}T13:00:00+01:00")


@pytest.fixture
def cafe(db: None) -> Event:
    event: Event = EventFactory(no_sign_up=True, starts_at=at(1))
    return event


def tally(event: Event, month: int, total: int, **parts: int) -> VisitTally:
    begun = at(month, next(_numbers) % 27 + 1)
    return VisitTally.objects.create(
        event=event, occasion_uid=uuid.uuid4(), opened_at=begun, changed_at=begun,
        closed_at=begun + timedelta(hours=3), total=total, **parts,
    )  # fmt: skip


def rows(year: int = YEAR) -> dict[str, dict[str, str]]:
    headings, found = visits_table.table(year)
    return {row[0]: dict(zip(headings[1:], row[1:], strict=True)) for row in found}


def test_a_month_and_the_year_add_up(cafe):
    tally(cafe, 1, 10, women=6, men=6 - 2, from_here=0, from_elsewhere=10)
    tally(cafe, 1, 25, women=10, men=10, unknown=5, from_here=10, from_elsewhere=10, first_timers=5)
    tally(cafe, 2, 7)
    january = rows()["Januari"]
    assert january == {
        "Träffar": "2", "Besök": "35", "Mot året före": "–", "Medel": "17,5", "Median": "17,5", "Minst": "10",
        "Mest": "25", "Första gången": "5", "Andel kvinnor": "53 %",
        "Andel från andra områden (uppskattat)": "67 %", "Olika personer": "–", "Så vet vi det": "",
    }  # fmt: skip
    year = rows()["Hela året"]
    assert (year["Träffar"], year["Besök"], year["Medel"]) == ("3", "42", "14,0")


def test_a_month_is_a_month_of_swedish_time(cafe):
    """Half past midnight on the first of June is still May in London."""
    begun = datetime.fromisoformat(f"{YEAR}-06-01T00:30:00+02:00")
    VisitTally.objects.create(
        event=cafe, occasion_uid=uuid.uuid4(), total=8, opened_at=begun, changed_at=begun,
        closed_at=begun + timedelta(hours=1),
    )  # fmt: skip
    assert list(rows()) == ["Juni", "Hela året"]


def test_sign_ups_are_visits_too_and_leaders_are_not(db):
    event = EventFactory(starts_at=at(3), kind="circle")
    people = RegistrationFactory.create_batch(6, event=event, created_at=at(2))
    ticks = [Tick(f"r{row.pk}", None, here=True) for row in people]
    attendance.save(event, event.schedule[0], Filled(ticks=ticks), actor=UserFactory())
    assert (rows()["Mars"]["Besök"], rows()["Mars"]["Första gången"]) == ("6", "6")
    assert visits.counted_uniques(YEAR) == 6


def test_people_whose_names_are_forgotten_cannot_be_counted_any_more(db):
    event = EventFactory(starts_at=at(3))
    row = RegistrationFactory(event=event, created_at=at(2), name="")
    filled = Filled(ticks=[Tick(f"r{row.pk}", None, here=True)])
    attendance.save(event, event.schedule[0], filled, actor=UserFactory())
    assert visits.counted_uniques(YEAR) is None


def test_small_numbers_are_hidden_and_never_one_alone(cafe):
    tally(cafe, 1, 3)
    tally(cafe, 2, 9)
    tally(cafe, 3, 40)
    found = rows()
    assert found["Januari"]["Besök"] == SMALL
    assert [found["Januari"][name] for name in ("Medel", "Median", "Minst", "Mest")] == [SMALL] * 4
    # Otherwise 52 less 9 and 40 would be three.
    assert found["Februari"]["Besök"] == "visas inte"
    assert (found["Mars"]["Besök"], found["Hela året"]["Besök"]) == ("40", "52")


def test_a_share_does_not_tell_a_small_number_on_either_side():
    assert visits.share(10, 30) == "33 %"
    assert visits.share(4, 30) == visits.share(27, 30) == SMALL
    assert (visits.share(0, 30), visits.share(30, 30), visits.share(0, 0)) == ("0 %", "100 %", "–")


# A machine that does other things is slow at making numbers too.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_nothing_small_can_be_worked_out_from_the_sum(numbers):
    hidden = visits.hidden(numbers)
    secret = [number for number, is_hidden in zip(numbers, hidden, strict=True) if is_hidden]
    assert all(
        is_hidden for number, is_hidden in zip(numbers, hidden, strict=True) if 0 < number < 5
    )
    others = [number for number in numbers if number >= 5]
    assert len(secret) != 1 or not others


def test_how_many_different_persons_is_kept_with_how_we_know(client, db):
    log_in(client, UserFactory(role="samordnare"))
    typed = {"ar": YEAR, "month": "", "value": "100", "method": "estimated"}
    url = "/admin/narvaro/besok/antal/"
    assert send(client, url, typed | {"basis": "personalens personkännedom"}).status_code == 303
    assert send(client, url, typed | {"value": "101"}).status_code == 303
    one = UniqueEstimate.objects.get()
    assert (one.value, one.method, one.month) == (101, "estimated", None)
    assert (rows()["Hela året"]["Olika personer"], rows()["Hela året"]["Så vet vi det"]) == (
        "101", "uppskattat",
    )  # fmt: skip
    assert send(client, url, {"ar": YEAR, "value": "många"}).status_code == 422


def test_the_files_say_the_same_as_the_page(client, cafe):
    log_in(client, UserFactory(role="styrelse"))
    tally(cafe, 1, 3)
    tally(cafe, 2, 9)
    url = "/admin/narvaro/besok/"
    page = text_of(client.get(f"{url}?ar={YEAR}"))
    csv = client.get(f"{url}hamta/csv/?ar={YEAR}").content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(client.get(f"{url}hamta/xlsx/?ar={YEAR}").content)).active
    assert sheet
    in_sheet = [
        [cell or "" for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert [line.split(";") for line in csv.splitlines()] == in_sheet
    for row in in_sheet[1:]:
        assert all(str(cell) in page for cell in row)


@pytest.mark.parametrize(("role", "code"), [("redaktor", 404), ("kassor", 404), ("styrelse", 200)])
def test_who_reads_the_statistics(client: Any, db: None, role: str, code: int) -> None:
    log_in(client, UserFactory(role=role))
    assert client.get("/admin/narvaro/besok/").status_code == code


def test_a_year_that_is_none_is_not_there(client, db):
    log_in(client, UserFactory(role="styrelse"))
    assert client.get("/admin/narvaro/besok/?ar=nu").status_code == 404
