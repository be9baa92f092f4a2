"""Logging in, the look of the pages, and search."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenContext
from tests.journeys.letters import last_letter
from tests.journeys.steps import follows, presses, sees_heading
from tests.journeys.world import SHORT_NAME, app_code, staff
from tests.servers import Site

pytestmark = pytest.mark.journey


def asks_for_code(page: Page, email: str) -> None:
    page.goto("/logga-in/")
    page.get_by_label("E-post", exact=True).fill(email)
    presses(page, "Skicka länk och kod")
    sees_heading(page, "Titta i din e-post")


def test_somebody_at_the_office_logs_in_with_two_codes(page: Page, site: Site) -> None:
    user, secret = staff()
    asks_for_code(page, user.email)
    letter = last_letter(site, user.email)
    code = re.search(r"skriv koden: (\d{3} \d{3})", letter.text)
    assert code
    page.get_by_label("Kod").fill(code.group(1))
    presses(page, "Logga in")
    sees_heading(page, "Steg två: visa att det är du")
    page.get_by_label("Kod").fill(app_code(secret))
    presses(page, "Logga in")
    page.wait_for_url("/admin/")
    expect(page.get_by_role("heading", name="Det här väntar")).to_be_visible()


def test_the_link_in_the_letter_fills_in_the_code(page: Page, site: Site) -> None:
    user, _ = staff()
    asks_for_code(page, user.email)
    follows(page, last_letter(site, user.email), "/logga-in/")
    expect(page.get_by_label("Kod")).to_have_value(re.compile(r"^\d{6}$"))
    presses(page, "Logga in")
    sees_heading(page, "Steg två: visa att det är du")


def test_an_unknown_address_sees_the_same_page_and_gets_a_kind_letter(
    page: Page, site: Site
) -> None:
    number = len(site.sink.letters)
    address = f"okand{number}@exempel.se"
    asks_for_code(page, address)
    assert "/aktiviteter/" in " ".join(last_letter(site, address).links)


def test_the_chosen_look_is_in_the_first_answer(page: Page) -> None:
    page.goto("/anpassa/")
    page.get_by_label("Lugnt", exact=True).check()
    page.get_by_label("Större", exact=True).check()
    presses(page, "Spara")
    expect(page.get_by_role("status")).to_contain_text("Sparat")
    answer = page.goto("/aktiviteter/")
    assert answer
    assert '<html lang="sv" data-tema="lugn" data-text="storre">' in answer.text()
    colour = page.locator("body").evaluate("it => getComputedStyle(it).backgroundColor")
    assert colour == "rgb(237, 232, 220)"


def test_dark_as_the_phone_has_it_is_the_dark_theme(open_context: OpenContext, site: Site) -> None:
    by_phone = open_context(color_scheme="dark")
    by_choice = open_context(color_scheme="light")
    by_choice.add_cookies([{"name": "tema", "value": "mork", "url": site.url}])
    colours = [colours_of(context.new_page()) for context in (by_phone, by_choice)]
    assert colours[0] == colours[1]
    assert colours[0]["--bg"] == "#14191B"


def colours_of(page: Page) -> dict[str, str]:
    """Every token of the style sheet and what it is on this page."""
    page.goto("/anpassa/")
    found: dict[str, str] = page.evaluate(
        """() => {
          const rules = list => [...list].flatMap(rule =>
            [...rule.style || [], ...rules(rule.cssRules || [])])
          const names = rules(document.styleSheets[0].cssRules).filter(name => name.startsWith("--"))
          const style = getComputedStyle(document.documentElement)
          return Object.fromEntries(names.map(name => [name, style.getPropertyValue(name)]))
        }"""
    )
    return found


def test_search_finds_what_is_there_and_is_kind_when_it_is_not(page: Page) -> None:
    page.goto("/sok/")
    page.get_by_label("Vad letar du efter?").fill("föreläsningar snarka")
    presses(page, "Sök")
    page.get_by_role("link", name="Föreläsning om att snarka och vila").click()
    assert page.title() == f"Föreläsning om att snarka och vila – {SHORT_NAME}"
    page.goto("/sok/?q=xylofonkvartett")
    expect(page.get_by_role("status")).to_contain_text("Vi hittade inget på xylofonkvartett.")
