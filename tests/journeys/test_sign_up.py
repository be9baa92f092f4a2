"""From the start page to a place, and the letter about it."""

import pytest
from playwright.sync_api import Page, expect

from events.models import Event
from mail.templatetags.dates import when
from tests.factories import EventFactory, RegistrationFactory
from tests.journeys.letters import last_letter, letters_to
from tests.journeys.steps import (
    address_for,
    booked,
    fills_in,
    follows,
    joins_queue,
    presses,
    sees_heading,
    signs_up,
)
from tests.journeys.world import day
from tests.servers import Site

pytestmark = pytest.mark.journey


@pytest.fixture
def event() -> Event:
    """Early enough to be on the first page of the list."""
    event: Event = EventFactory(starts_at=day(1, 10), capacity=2)
    return event


def test_a_newcomer_finds_an_activity_and_signs_up(page: Page, site: Site, event: Event) -> None:
    page.goto("/")
    page.get_by_role("link", name="Hitta en aktivitet").click()
    sees_heading(page, "Aktiviteter")
    found = page.get_by_role("link", name=event.title, exact=True)
    if not found.count():  # what other tests have laid out comes first
        page.goto("/aktiviteter/?sida=2")
    found.click()
    page.get_by_role("link", name="Anmäl dig").click()
    sees_heading(page, f"Anmäl dig till {event.title}")
    address = fills_in(page, event)
    presses(page, "Anmäl mig")

    sees_heading(page, "Klart. Vi ses!")
    expect(page.locator("main")).to_contain_text(f"Ett mejl är på väg till {address}")
    assert page.title() == "Klart – Balans Stockholm"
    assert booked(event) == [(address, "confirmed")]

    letter = last_letter(site, address)
    assert letter.subject.startswith("Du är anmäld, ")
    assert when(event.held[0]) in " ".join(letter.text.split())
    follows(page, letter, "/bokning/")
    sees_heading(page, "Du har en plats")


def test_sign_up_works_with_the_keyboard_alone(page: Page, event: Event) -> None:
    page.goto(f"/aktiviteter/{event.slug}/anmalan/")
    for sign in ["Namn", "E-post"]:
        tab_to(page, page.get_by_label(sign, exact=True))
        page.keyboard.type("Kim" if sign == "Namn" else address_for(event))
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Anmäl mig"))
    page.keyboard.press("Enter")
    sees_heading(page, "Klart. Vi ses!")
    assert booked(event) == [(address_for(event), "confirmed")]


def tab_to(page: Page, goal: object) -> None:
    """Press Tab until this has the focus; a few presses more than it could ever take."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if goal.evaluate("it => it === document.activeElement"):  # type: ignore[attr-defined]
            return
    raise AssertionError(f"Tab never comes to {goal}")


def test_what_is_missing_is_said_and_what_was_typed_is_kept(page: Page, event: Event) -> None:
    page.goto(f"/aktiviteter/{event.slug}/anmalan/")
    page.get_by_label("Namn", exact=True).fill("Kim Ö")
    page.get_by_label("E-post", exact=True).fill("kim@")
    with page.expect_navigation() as answered:
        presses(page, "Anmäl mig")
    assert answered.value.status == 422
    assert page.title() == "Fel: Anmälan – Balans Stockholm"

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("Något saknas")
    faults = [
        "Skriv din e-post så här: namn@exempel.se",
        "Kryssa i rutan om vi får spara dina uppgifter",
    ]
    expect(summary.get_by_role("link")).to_have_text(faults)
    expect(page.get_by_label("Namn", exact=True)).to_have_value("Kim Ö")
    address = page.get_by_label("E-post", exact=True)
    expect(address).to_have_value("kim@")
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(address).to_have_accessible_description(f"Hit skickar vi din bekräftelse {faults[0]}")

    summary.get_by_role("link", name=faults[0]).click()
    expect(address).to_be_focused()
    fills_in(page, event)
    presses(page, "Anmäl mig")
    sees_heading(page, "Klart. Vi ses!")


def test_two_quick_presses_are_one_place_and_one_letter(
    page: Page, site: Site, event: Event
) -> None:
    page.goto(f"/aktiviteter/{event.slug}/anmalan/")
    address = fills_in(page, event)
    page.get_by_role("button", name="Anmäl mig").dblclick()
    sees_heading(page, "Klart. Vi ses!")
    assert booked(event) == [(address, "confirmed")]
    last_letter(site, address)


def test_going_back_and_pressing_again_changes_nothing(
    page: Page, site: Site, event: Event
) -> None:
    address = signs_up(page, event)
    page.go_back()
    sees_heading(page, f"Anmäl dig till {event.title}")
    fills_in(page, event)
    presses(page, "Anmäl mig")
    sees_heading(page, "Klart. Vi ses!")
    assert booked(event) == [(address, "confirmed")]
    assert letters_to(site, address, 1)[0].subject.startswith("Du är anmäld, ")


def test_full_since_the_page_was_shown_is_one_press_from_the_queue(
    page: Page, site: Site, event: Event
) -> None:
    RegistrationFactory(event=event)
    page.goto(f"/aktiviteter/{event.slug}/anmalan/")
    address = fills_in(page, event)
    RegistrationFactory(event=event)  # somebody else was faster
    presses(page, "Anmäl mig")
    sees_heading(page, f"Ställ dig i kö till {event.title}")
    expect(page.locator("main")).to_contain_text("Platsen hann ta slut. Vill du stå i kö?")
    expect(page.get_by_label("E-post", exact=True)).to_have_value(address)
    presses(page, "Ställ mig i kö")
    sees_heading(page, "Du står i kö")
    assert booked(event)[2:] == [(address, "waiting")]
    assert last_letter(site, address).subject == "Du står i kö"


def test_the_queue_says_the_number_and_is_left_by_one_press(
    page: Page, site: Site, event: Event
) -> None:
    RegistrationFactory.create_batch(2, event=event)
    RegistrationFactory(event=event, waiting=True)
    address = joins_queue(page, event)
    letter = last_letter(site, address)
    assert "Du är nummer 2." in " ".join(letter.text.split())
    follows(page, letter, "/bokning/")
    sees_heading(page, "Du står i kö")
    expect(page.locator("main")).to_contain_text("Du är nummer 2.")
    presses(page, "Lämna kön")
    sees_heading(page, "Du har lämnat kön")
    assert booked(event)[3:] == [(address, "cancelled")]
