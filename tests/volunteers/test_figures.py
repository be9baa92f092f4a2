"""The year of the volunteers in numbers: counted from the rows, taken out without a name."""

import io
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.doors import log_in
from tests.factories import LeadFactory, RoleFactory, ShiftFactory, UserFactory
from tests.volunteers.visits import held
from volunteers.models import PhoneCall, SupervisionMeeting
from volunteers.services import assignments, crews, figures, moves

pytestmark = pytest.mark.django_db

PAGE = "/admin/paverkan/siffror/"
# In the middle of a year, so that a week before and after belong to it.
JUNE = datetime.fromisoformat("2027-06-09T12:00:00+02:00")


@pytest.fixture(autouse=True)
def in_june():
    with time_machine.travel(JUNE, tick=False) as clock:
        yield clock


def told(year: int = 2027) -> dict[str, tuple[int, int]]:
    return {one.words: (one.now, one.before) for one in figures.of_year(year)}


def test_hours_on_shifts_and_hours_that_were_told_feed_the_figures() -> None:
    role = RoleFactory(needs_mentor=False)
    kim, bo = LeadFactory(stage="active"), LeadFactory(stage="active")
    for lead in (kim, bo):
        assignments.give_role(lead, role)
    soon = timezone.now() + timedelta(hours=1)
    shift = ShiftFactory(role=role, starts_at=soon, min_crew=1, max_crew=3)
    off = ShiftFactory(role=role, starts_at=soon + timedelta(days=1), max_crew=2)
    crews.take(shift, kim)
    crews.give_back(crews.take(shift, bo))
    crews.take(off, bo)
    crews.cancel(off)
    kim.hours.create(day=timezone.localdate(), minutes=200)
    kim.hours.create(day=timezone.localdate() - timedelta(days=365), minutes=60)
    assert told()["Timmar på pass"] == (0, 0)
    with time_machine.travel(JUNE + timedelta(days=3)):
        found = told()
    assert (found["Pass"], found["Timmar på pass"]) == ((1, 0), (2, 0))
    assert found["Timmar som volontärer har noterat"] == (3, 1)


def test_people_calls_visits_and_meetings_are_counted_in_their_year() -> None:
    anna, now = UserFactory(role="samordnare"), timezone.now()
    kim = LeadFactory(stage="onboarding", owner=anna)
    assignments.give_role(kim, RoleFactory(needs_mentor=False))
    assignments.agree(kim)
    moves.step(kim, to="active", on=None, actor=anna)
    LeadFactory(owner=anna, created_at=now - timedelta(days=300))
    PhoneCall.objects.create(on=now.date(), minutes=90, category="other")
    SupervisionMeeting.objects.create(starts_at=now, ends_at=now + timedelta(hours=1), noted_at=now)
    SupervisionMeeting.objects.create(starts_at=now, ends_at=now + timedelta(hours=1))
    held(12)
    found = told()
    assert {words: found[words] for words in (
        "Ville hjälpa till", "Blev aktiva", "Hade ett uppdrag", "Samtal till kansliet",
        "Timmar i telefon", "Handledarträffar", "Besök hos vården, skolor och arbetsplatser",
        "Personer som lyssnade",
    )} == {
        "Ville hjälpa till": (1, 1), "Blev aktiva": (1, 0), "Hade ett uppdrag": (1, 0),
        "Samtal till kansliet": (1, 0), "Timmar i telefon": (2, 0), "Handledarträffar": (1, 0),
        "Besök hos vården, skolor och arbetsplatser": (1, 0), "Personer som lyssnade": (12, 0),
    }  # fmt: skip


def test_who_rested_and_came_back_did_not_become_active_again() -> None:
    kim, anna = LeadFactory(stage="paused"), UserFactory(role="samordnare")
    assignments.give_role(kim, RoleFactory(needs_mentor=False))
    assignments.agree(kim)
    moves.step(kim, to="active", on=None, actor=anna)
    assert told()["Blev aktiva"] == (0, 0)


def test_the_office_sees_the_year_beside_the_one_before_and_takes_it_out(office: Client) -> None:
    LeadFactory(created_at=timezone.now() - timedelta(days=300), name="Hemlig")
    page = office.get(PAGE).content.decode()
    assert "Det här blev 2027" in page
    assert f"{PAGE}hamta/?ar=2027" in page
    assert '<a href="?ar=2026"' in page
    sheet = load_workbook(io.BytesIO(office.get(f"{PAGE}hamta/?ar=2026").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["Ville hjälpa till", "1", "0"] in rows
    assert "Hemlig" not in str(rows)


@pytest.mark.parametrize("year", ["1900", "x", "²⁰²⁷", "20277", ""])
def test_a_year_of_which_nothing_is_known_is_not_there(office: Client, year: str) -> None:
    assert office.get(f"{PAGE}?ar={year}").status_code == 404


def test_a_treasurer_does_not_know_that_the_page_exists(client: Client) -> None:
    browser = log_in(client, UserFactory(role="kassor"))
    assert {browser.get(path).status_code for path in (PAGE, f"{PAGE}hamta/")} == {404}
