"""The office's page about one activity's evenings: leaders, attendance, paper, figures."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Leader
from events.services import attendance, attendance_grid, figures, leading
from events.services.attendance_values import Extra, Filled, Tick
from privacy.models import AccessLog
from tests.doors import log_in
from tests.events.desk import LIST, send, text_of
from tests.factories import (
    EventFactory,
    PersonFactory,
    RegistrationFactory,
    UserFactory,
    days_away,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alex() -> Any:
    return UserFactory(role="ledare", first_name="Alex", last_name="Mossvilja")


@pytest.fixture
def circle(alex: Any) -> Event:
    """Two evenings last week and yesterday, two people; the first evening is saved."""
    event: Event = EventFactory(
        title="Skrivargrupp", kind="circle", starts_at=days_away(-8), times=2, capacity=4
    )
    for name in ("Kim Almljung", "Maja Ekhage"):
        RegistrationFactory(event=event, name=name, created_at=days_away(-20))
    Leader.objects.create(event=event, user=alex)
    ticks = [
        Tick(row.key, None, "Kim" in row.name) for row in attendance.read(event, event.schedule[0])
    ]
    filled = Filled(ticks=ticks, extras=[Extra(UUID(int=1), "Sam")], note="Vi saknade kaffe.")
    attendance.save(event, event.schedule[0], filled, actor=alex)
    return Event.objects.get(pk=event.pk)


def page(event: Event, more: str = "") -> str:
    return f"/admin/narvaro/{event.pk}/{more}"


def test_the_grid_tells_apart_not_here_and_unknown(office, circle):
    grid = attendance_grid.read(circle)
    assert {line.name: line.cells for line in grid.lines} == {
        "Kim Almljung": [True, None],
        "Maja Ekhage": [False, None],
        "Sam": [True, None],
        "Alex Mossvilja": [False, None],
    }
    assert [heading.here for heading in grid.headings] == [2, None]
    text = text_of(office.get(page(circle)))
    assert "Vi saknade kaffe." in text
    assert AccessLog.objects.latest("at").reason == "närvaro"


def test_the_office_lets_somebody_lead_and_takes_it_back(office, circle):
    robin = UserFactory(role="ledare", first_name="Robin")
    answer = send(office, page(circle, "ledare/"), {"user": robin.pk})
    assert answer.status_code == 303
    leader = Leader.objects.get(user=robin)
    assert leading.leads(robin, circle)
    send(office, page(circle, f"ledare/{leader.pk}/"))
    assert not leading.leads(robin, circle)
    deeds = AccessLog.objects.filter(about="events.Leader").values_list("reason", flat=True)
    assert sorted(deeds) == ["lade till som ledare", "tog bort som ledare"]


def test_who_does_not_work_here_cannot_lead(office, circle):
    stranger = UserFactory()
    assert send(office, page(circle, "ledare/"), {"user": stranger.pk}).status_code == 422
    with pytest.raises(leading.WorksNotHere):
        leading.appoint(circle, stranger, actor=UserFactory())


def test_the_paper_leaves_out_who_is_protected(circle, anna, monkeypatch):
    """Read before it is made into a PDF; that it becomes one is tried below."""
    PersonFactory(protected_identity=True, email="hemlig@exempel.se")
    RegistrationFactory(event=circle, name="Hemlig Hök", email="hemlig@exempel.se")
    printed: dict[str, Any] = {}
    monkeypatch.setattr(attendance_grid, "pdf", lambda source, facts: printed.update(facts) or b"")
    attendance_grid.sign_in_sheet(circle, circle.schedule[0], actor=anna)
    assert [name for name in printed["names"] if name] == ["Kim Almljung", "Maja Ekhage"]
    RegistrationFactory(event=circle, name="Rut Ekhage", party=2)
    attendance_grid.sign_in_sheet(circle, circle.schedule[0], actor=anna)
    assert printed["names"][2:4] == ["Rut Ekhage", "Med Rut Ekhage (1)"]
    assert "Med Rut Ekhage (1)" in [line.name for line in attendance_grid.read(circle).lines]
    assert printed["hidden"] == "1 person står inte på listan. Fråga samordnaren."


def test_the_sheet_to_sign_is_a_pdf_with_a_neutral_name(office, circle):
    day = leading.address_of(circle, circle.schedule[0])
    answer = send(office, page(circle, f"skriv-ut/{day}/"))
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="lista-{day}.pdf"'
    export = AccessLog.objects.get(action="export")
    assert export.reason == "närvarolista på papper, 2 rader"


def test_the_figures_of_an_activity_add_up(office, circle):
    send(office, page(circle, "budget/"), {"budget": "2000", "cost": "1500"})
    found = figures.of_event(circle)
    assert (found.seats, found.placed, found.saved, found.occasions) == (4, 2, 1, 2)
    assert (found.visits, found.first_timers, found.mean) == (2, 1, 2)
    # Kim came and Maja did not; who came without being on the list is a visit too.
    assert (found.came, found.expected, found.showed_up) == (1, 2, 50)
    assert (found.budget, found.cost, found.left, found.share) == (200_000, 150_000, 50_000, 75)
    assert found.per_visit == 75_000
    assert re.search(r"1.500.kr.*av.2.000.kr.*75 %", text_of(office.get(page(circle))))


def test_those_who_come_together_take_a_seat_each_in_the_figures(circle):
    RegistrationFactory(event=circle, party=2)
    assert figures.of_event(circle).placed == 4


def test_a_budget_that_is_no_number_is_told_kindly(office, circle):
    answer = send(office, page(circle, "budget/"), {"budget": "mycket"})
    assert answer.status_code == 422
    assert "Skriv hela kronor" in text_of(answer)


def test_the_board_reads_and_does_not_act(client, circle):
    log_in(client, UserFactory(role="styrelse"))
    assert client.get(page(circle)).status_code == 200
    assert send(client, page(circle, "ledare/"), {"user": 1}).status_code == 404
    day = leading.address_of(circle, circle.schedule[0])
    assert send(client, page(circle, f"skriv-ut/{day}/")).status_code == 404


def test_an_activity_with_attendance_is_hidden_and_not_deleted(office, alex):
    event = EventFactory(over=True)
    attendance.save(event, event.schedule[0], Filled(), actor=alex)
    send(office, f"{LIST}delete/{event.pk}/")
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_page_asks_the_same_number_of_questions_for_many(
    office: Client, circle: Event, django_assert_max_num_queries: Any
) -> None:
    office.get(page(circle))
    RegistrationFactory.create_batch(20, event=circle, created_at=timezone.now())
    with django_assert_max_num_queries(40):
        office.get(page(circle))


def test_the_figures_of_all_activities_ask_the_same_number_of_questions_for_many(
    circle: Event, django_assert_num_queries: Any
) -> None:
    EventFactory.create_batch(10, starts_at=days_away(-8))
    year = circle.schedule[0].starts_at.year
    with django_assert_num_queries(8):
        assert len(figures.of_year(year)) == 11
