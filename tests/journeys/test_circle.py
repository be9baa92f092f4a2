"""A study circle from an empty term to handed over: the office at its desk, Kim on a phone."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from events import emails
from events.models import Circle, CircleRules, Event
from tests.doors import log_in
from tests.events.circle_people import number
from tests.factories import (
    EventFactory,
    OccasionFactory,
    RegistrationFactory,
    UserFactory,
    days_away,
    tick,
)
from tests.journeys.conftest import DESK, OpenContext
from tests.journeys.steps import presses, sees_heading
from tests.servers import Site

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(open_context: OpenContext, site: Site) -> Iterator[Page]:
    """The coordinator's computer, just through the door."""
    context = open_context(viewport=DESK)
    session = log_in(Client(), UserFactory(role="samordnare")).cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": site.url}])
    yield context.new_page()
    context.close()


@pytest.fixture
def event() -> Event:
    """An activity of autumn, with nobody in it and no times."""
    CircleRules.objects.update(within_a_year=False)
    return EventFactory(kind=Event.Kind.GROUP, title="Torsdagsgruppen", times=0)


def comes_with_a_leader(event: Event, starts: int) -> None:
    """Three evenings are laid out, and somebody leads them."""
    event.leaders.create(user=UserFactory(role="ledare"))
    for week in range(3):
        start = days_away(starts + 7 * week)
        OccasionFactory(event=event, starts_at=start, ends_at=start + timedelta(minutes=135))


def kim_reads_and_tells(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Läs det vi lovar varandra").click()
    sees_heading(page, "Det vi lovar varandra")
    page.get_by_label("Jag har läst och håller med").check()
    presses(page, "Spara")
    sees_heading(page, "Uppgifter till studieförbundet")
    for label, typed in {
        "Förnamn": "Kim", "Efternamn": "Berg", "Ditt nummer": number(), "Gata": "Stigen 1",
        "Postnummer": "126 53", "Ort": "Hägersten",
    }.items():  # fmt: skip
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_label("Ja, Balans Stockholm får lämna").check()
    presses(page, "Spara")
    expect(page.get_by_role("status")).to_contain_text("Nu har vi det vi behöver.")


def test_from_an_empty_term_to_handed_over(desk: Page, page: Page, event: Event) -> None:
    desk.goto(f"/admin/cirklar/ny/?aktivitet={event.pk}")
    presses(desk, "Lägg upp cirkeln")
    expect(desk.locator("main")).to_contain_text("Planera tre möten till")
    desk.get_by_role("link", name="Ändra", exact=True).click()
    desk.get_by_label("Godkänd den").fill(f"{timezone.localdate() - timedelta(days=60)}")
    desk.get_by_label("Nummer hos studieförbundet").fill("SV-12")
    presses(desk, "Spara")
    circle = Circle.objects.get(event=event)

    comes_with_a_leader(event, starts=-20)
    row = RegistrationFactory(event=event, name="Kim", email=f"kim.{event.slug}@exempel.se")
    RegistrationFactory(event=event, name="Bo")
    kim_reads_and_tells(page, emails.booking_url(row))
    for occasion in event.occasions.all():
        tick(circle, occasion)

    desk.goto(f"/admin/cirklar/{circle.pk}/")
    expect(desk.locator(".office-sentence")).to_have_text("Cirkeln räknas.")
    expect(desk.locator("main")).not_to_contain_text(number())
    with desk.expect_download() as coming:
        presses(desk, "Hämta underlaget som Excel-fil")
    people = load_workbook(io.BytesIO(coming.value.path().read_bytes()))["Deltagare"]
    assert [cell.value for cell in people["E"][3:]] == [number(), None]
    desk.get_by_role("link", name="Den är överlämnad").click()
    presses(desk, "Ja, den är överlämnad")
    expect(desk.locator(".office-sentence")).to_contain_text("Överlämnad")
    page.reload()
    expect(page.locator("main")).to_contain_text("Vi behöver inget mer.")
