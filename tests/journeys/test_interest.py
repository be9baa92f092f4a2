"""From interest without a date to a place, and out of it again: all of it on a phone, from letters."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Event
from events.services import interest, series
from tests.factories import EventFactory, UserFactory
from tests.journeys.letters import last_letter, the_night_passes
from tests.journeys.steps import booked, fills_in, follows, presses, sees_heading
from tests.servers import Site

pytestmark = pytest.mark.journey


@pytest.fixture
def group() -> Event:
    """Four would be enough, and nobody knows yet when."""
    today = timezone.localdate()
    event: Event = EventFactory(
        title=f"Korta texter {uuid4().hex[:8]}", times=0, sign_up=Event.SignUp.INTEREST, wanted=4,
        promised_on=today + timedelta(days=30),
    )  # fmt: skip
    return event


def the_office_sets_the_times(group: Event) -> None:
    first = timezone.localdate() + timedelta(days=20)
    times = series.propose(group, first=first, starts=time(18), ends=time(20), every=1, times=3)
    interest.make_occasions(group, times, capacity=8, actor=UserFactory())


def test_a_visitor_goes_from_interest_to_a_place_to_cancelled(
    page: Page, site: Site, group: Event
) -> None:
    page.goto(f"/aktiviteter/{group.slug}/")
    page.get_by_role("link", name="Anmäl intresse").click()
    address = fills_in(page, group)
    page.get_by_label("Kväll").check()
    presses(page, "Anmäl intresse")
    sees_heading(page, "Tack. Vi hör av oss")
    assert last_letter(site, address).subject == "Tack för ditt intresse"

    the_office_sets_the_times(group)
    the_night_passes(site, "queue_offer", address)
    follows(page, last_letter(site, address, 2), "/plats/")
    sees_heading(page, "Du har fått en plats")
    presses(page, "Ja, jag tar platsen")
    sees_heading(page, "Bra, platsen är din")
    assert booked(group) == [(address, "confirmed")]

    follows(page, last_letter(site, address, 3), "/bokning/")
    page.get_by_role("link", name="Avboka hela min plats").click()
    sees_heading(page, "Avboka din plats?")
    presses(page, "Avboka")
    sees_heading(page, "Din plats är avbokad")
    assert booked(group) == [(address, "cancelled")]
    assert last_letter(site, address, 4).subject == "Din plats är avbokad"
    expect(page.locator("main")).to_contain_text("Du behöver inte förklara.")
