"""A place that is given back, regretted, offered and answered: all of it from letters."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Event, Registration
from tests.factories import EventFactory, RegistrationFactory
from tests.journeys.letters import last_letter, the_clock_passes, the_night_passes
from tests.journeys.steps import booked, follows, joins_queue, presses, sees_heading, signs_up
from tests.servers import Site
from tests.sink import Received
from tests.waiting import until

pytestmark = pytest.mark.journey


@pytest.fixture
def event() -> Event:
    event: Event = EventFactory(capacity=1)
    return event


def ten_minutes_pass(event: Event) -> None:
    """The time to regret is over."""
    Registration.objects.filter(event=event, undo_until__isnull=False).update(
        undo_until=timezone.now()
    )


def is_offered(site: Site, event: Event, address: str) -> Received:
    """The place is free and somebody has asked for it: the letter that comes."""
    the_clock_passes(site)
    until(lambda: (address, "offered") in booked(event), what=f"an offer to {address}")
    the_night_passes(site, "queue_offer", address)
    letter = last_letter(site, address, 2)
    assert letter.subject == "Det finns en plats till dig"
    return letter


def test_a_place_that_is_given_back_goes_to_the_one_who_waits(
    page: Page, site: Site, event: Event
) -> None:
    first = signs_up(page, event, "Alva")
    second = joins_queue(page, event, "Bo")

    follows(page, last_letter(site, first), "/bokning/")
    page.get_by_role("link", name="Jag kan inte komma").click()
    sees_heading(page, "Avboka din plats?")
    presses(page, "Avboka")
    sees_heading(page, "Din plats är avbokad")
    assert booked(event) == [(first, "cancelled"), (second, "waiting")]

    last_letter(site, second)
    ten_minutes_pass(event)
    follows(page, is_offered(site, event, second), "/plats/")
    sees_heading(page, "Du har fått en plats")
    expect(page.locator("main")).to_contain_text("Svara gärna senast")
    presses(page, "Ja, jag tar platsen")
    sees_heading(page, "Bra, platsen är din")
    assert booked(event) == [(first, "cancelled"), (second, "confirmed")]
    assert last_letter(site, second, 3).subject.startswith("Du är anmäld, ")


def test_no_to_an_offer_keeps_the_number_for_the_one_who_wants(
    page: Page, site: Site, event: Event
) -> None:
    Registration.objects.filter(pk=RegistrationFactory(event=event).pk).update(name="Alva")
    second = joins_queue(page, event, "Bo")
    third = joins_queue(page, event, "Cleo")
    last_letter(site, second)
    last_letter(site, third)
    Registration.objects.filter(event=event, name="Alva").update(state="cancelled")

    follows(page, is_offered(site, event, second), "/plats/")
    presses(page, "Nej, ge den till nästa")
    sees_heading(page, "Tack för att du sa till")
    presses(page, "Ja, stå kvar")
    assert booked(event)[1:] == [(second, "waiting"), (third, "offered")]
    expect(page.locator("main")).to_contain_text("Du står kvar i kön som nummer 1")


def test_a_cancelled_place_can_be_taken_back(page: Page, site: Site, event: Event) -> None:
    address = signs_up(page, event)
    follows(page, last_letter(site, address), "/bokning/")
    page.get_by_role("link", name="Jag kan inte komma").click()
    presses(page, "Avboka")
    follows(page, last_letter(site, address, 2), "/bokning/")
    sees_heading(page, "Din plats är avbokad")
    presses(page, "Ångra")
    sees_heading(page, "Du har en plats")
    assert booked(event) == [(address, "confirmed")]


def test_back_after_a_cancellation_cancels_nothing_more(
    page: Page, site: Site, event: Event
) -> None:
    address = signs_up(page, event)
    follows(page, last_letter(site, address), "/bokning/")
    page.get_by_role("link", name="Jag kan inte komma").click()
    presses(page, "Avboka")
    sees_heading(page, "Din plats är avbokad")
    page.go_back()
    page.reload()
    sees_heading(page, "Din plats är avbokad")
    assert booked(event) == [(address, "cancelled")]
    assert last_letter(site, address, 2).subject == "Din plats är avbokad"


def test_the_reminder_is_turned_off_and_on(page: Page, site: Site, event: Event) -> None:
    address = signs_up(page, event)
    follows(page, last_letter(site, address), "/bokning/")
    presses(page, "Stäng av påminnelsen")
    expect(page.locator("main")).to_contain_text("Du får ingen påminnelse.")
    row = Registration.objects.get(event=event)
    assert row.reminder_off
    presses(page, "Påminn mig dagen innan")
    expect(page.locator("main")).to_contain_text("Vi påminner dig dagen innan.")
    row.refresh_from_db()
    assert not row.reminder_off
