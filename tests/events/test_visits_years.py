"""Year by year: the trend, the women among those who signed up, what visits led to and cost."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.models import AttendanceSheet, Event, VisitTally
from events.services import attendance, figures, visits, visits_table
from events.services.attendance_values import Filled, Tick
from tests.doors import log_in
from tests.events.desk import text_of
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
SMALL = "färre än 5"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    """In the middle of November 2026."""
    time_machine.move_to("2026-11-15T12:00:00+01:00", tick=False)


def at(year: int, month: int, day: int = 3) -> datetime:
    return timezone.make_aware(datetime(year, month, day, 13))


@pytest.fixture
def cafe() -> Event:
    event: Event = EventFactory(no_sign_up=True, starts_at=at(2026, 1))
    return event


def tally(event: Event, year: int, month: int, total: int, **parts: int) -> VisitTally:
    begun = at(year, month)
    return VisitTally.objects.create(
        event=event, occasion_uid=uuid.uuid4(), opened_at=begun, changed_at=begun,
        closed_at=begun + timedelta(hours=3), total=total, **parts,
    )  # fmt: skip


def months(year: int, what: str) -> dict[str, str]:
    headings, rows = visits_table.table(year)
    return {row[0]: row[headings.index(what)] for row in rows}


def by_year(last: int = 2026) -> dict[str, dict[str, str]]:
    """Each line by its name, each cell by its year."""
    headings, lines = visits_table.years_table(last)
    return {line[0]: dict(zip(headings[1:], line[1:], strict=True)) for line in lines}


def evening(*emails: str) -> AttendanceSheet:
    """Everybody came in March, and nobody was saved before."""
    event = EventFactory(starts_at=at(2026, 3), kind="lecture")
    rows = [
        RegistrationFactory(event=event, email=email, created_at=at(2026, 2)) for email in emails
    ]
    ticks = [Tick(f"r{row.pk}", None, here=True) for row in rows]
    return attendance.save(event, event.schedule[0], Filled(ticks=ticks), actor=UserFactory())


# --- the trend ------------------------------------------------------------------------------------


def test_a_month_and_a_year_are_set_against_those_a_year_ago(cafe):
    for year, number in ((2024, 20), (2025, 25)):
        tally(cafe, year, 3, number)
    tally(cafe, 2026, 3, 20)
    assert months(2025, "Mot året före") == {"Mars": "+25 %", "Hela året": "+25 %"}
    # This year is not over, so only its months are compared.
    assert months(2026, "Mot året före") == {"Mars": "−20 %", "Hela året": "–"}
    assert by_year()["Mot året före"] == {"2024": "–", "2025": "+25 %", "2026": "–"}


def test_a_month_that_goes_on_is_not_compared(cafe):
    tally(cafe, 2025, 11, 10)
    tally(cafe, 2026, 11, 5)
    assert months(2026, "Mot året före")["November"] == "–"


def test_a_trend_never_tells_a_number_that_is_hidden(cafe):
    for month, number in ((1, 3), (2, 9), (3, 40)):
        tally(cafe, 2024, month, number)
        tally(cafe, 2025, month, 20)
    trend = months(2025, "Mot året före")
    # January was three, and February is hidden so that nobody can work that out.
    assert (trend["Januari"], trend["Februari"], trend["Mars"]) == ("–", "–", "−50 %")
    assert visits.change(20, 4) == visits.change(4, 20) == visits.change(None, 20) == "–"
    assert visits.change(20, 20) == "±0 %"


def test_years_without_a_visit_and_more_than_five_are_left_out(cafe):
    for year in (2018, 2020, 2021, 2022, 2023, 2025):
        tally(cafe, year, 3, 10)
    assert list(by_year()["Besök"]) == ["2021", "2022", "2023", "2025", "2026"]
    # Nothing was counted in 2024.
    assert by_year()["Mot året före"]["2025"] == "–"
    assert list(by_year(2022)["Besök"]) == ["2018", "2020", "2021", "2022"]


# --- who they were --------------------------------------------------------------------------------


def test_the_share_of_women_is_told_of_those_who_signed_up_too():
    names = [f"kim{number}@exempel.se" for number in range(12)]
    for number, email in enumerate(names):
        # Of the last two nobody knows.
        sex = "woman" if number < 5 else "man" if number < 10 else "unsaid"
        PersonFactory(email=email, gender=sex)
    sheet = evening(*names, "okand@exempel.se")
    assert (sheet.women, sheet.sex_known) == (5, 10)
    assert months(2026, "Andel kvinnor") == {"Mars": "50 %", "Hela året": "50 %"}


def test_of_two_who_share_a_mailbox_nobody_knows_who_came():
    for sex in ("woman", "man"):
        PersonFactory(email="kim@exempel.se", gender=sex)
    sheet = evening("kim@exempel.se")
    assert (sheet.women, sheet.sex_known) == (0, 0)


def test_the_number_stays_when_the_names_are_forgotten():
    PersonFactory(email="kim@exempel.se", gender="woman")
    sheet = evening("kim@exempel.se")
    event = Event.objects.get(pk=sheet.event_id)
    event.registrations.update(name="", email="", person_key="forgotten:1")
    sheet = attendance.save(event, event.schedule[0], Filled(note="Hej"), actor=UserFactory())
    assert (sheet.women, sheet.sex_known) == (1, 1)


# --- what it led to and cost ----------------------------------------------------------------------


def test_what_visits_led_to_is_summed_and_small_numbers_are_hidden(cafe):
    tally(cafe, 2026, 1, 10, to_group=4, to_care=2)
    tally(cafe, 2026, 2, 10, to_group=3, became_volunteer=0)
    found = by_year()
    assert found["Vidare till en grupp"] == {"2026": "7"}
    assert found["Vidare till vården"] == {"2026": SMALL}
    assert found["Blev volontär"] == {"2026": "0"}


def test_the_cost_of_a_visit_is_of_what_has_a_cost(cafe):
    walk = EventFactory(no_sign_up=True, starts_at=at(2026, 2))
    tally(cafe, 2026, 1, 40)
    tally(walk, 2026, 2, 60)
    figures.set_budget(cafe, budget=None, cost=100_000)
    found = by_year()
    assert found["Kostnad i kronor"] == {"2026": "1000"}
    assert found["Kostnad per besök i kronor"] == {"2026": "25"}


def test_a_cost_is_divided_over_the_years_by_the_occasions(cafe):
    tally(cafe, 2025, 11, 10)
    for month in (1, 2, 3):
        tally(cafe, 2026, month, 10)
    figures.set_budget(cafe, budget=None, cost=400_000)
    assert by_year()["Kostnad i kronor"] == {"2025": "1000", "2026": "3000"}
    assert by_year()["Kostnad per besök i kronor"] == {"2025": "100", "2026": "100"}


def test_a_cost_that_would_tell_a_small_number_is_hidden(cafe):
    walk = EventFactory(no_sign_up=True, starts_at=at(2026, 2))
    tally(cafe, 2026, 1, 40)
    tally(walk, 2026, 2, 3)
    figures.set_budget(cafe, budget=None, cost=100_000)
    assert by_year()["Kostnad per besök i kronor"] == {"2026": "visas inte"}


# --- where it is read -----------------------------------------------------------------------------


def test_the_office_reads_it_on_the_page_and_in_the_files(client, cafe):
    log_in(client, UserFactory(role="styrelse"))
    tally(cafe, 2025, 3, 40)
    tally(cafe, 2026, 3, 50, to_group=6)
    page = text_of(client.get("/admin/narvaro/besok/?ar=2026"))
    assert "År för år" in page
    assert '<th scope="row">Vidare till en grupp</th><td>0</td><td>6</td>' in page
    csv = client.get("/admin/narvaro/besok/hamta/ar-for-ar/?ar=2026")
    assert csv["Content-Disposition"] == 'attachment; filename="besok-ar-for-ar-2026.csv"'
    headings, lines = visits_table.years_table(2026)
    written = csv.content.decode("utf-8-sig").splitlines()
    assert [line.split(";") for line in written] == [headings, *lines]
