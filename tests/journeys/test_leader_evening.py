"""A leader's evening on a small phone, with scripts and without, and with the net gone."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from events.models import Attendance, AttendanceSheet, Event, VisitTally
from tests.journeys.conftest import OpenContext
from tests.journeys.evenings import NAMES, address, lay_evening, let_in, link_to
from tests.journeys.steps import presses, sees_heading
from tests.journeys.world import World

pytestmark = pytest.mark.journey

SMALL = {"width": 320, "height": 640}
# Ten people are ticked and saved in at most so many presses (ux.md F1).
MOST_PRESSES = 12


class Thumb:
    """Presses, and counts how often."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, what: Locator) -> None:
        what.click()
        self.presses += 1


def row(page: Page, name: str) -> Locator:
    """The whole row is the label."""
    return page.locator("label.choice", has_text=name)


def here(event: Event) -> int:
    rows = Attendance.objects.filter(sheet__event=event, kind="listed", present=True)
    return rows.count()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_ten_people_are_saved_in_at_most_twelve_presses(
    open_context: OpenContext, scripts: bool
) -> None:
    event, _alex = lay_evening()
    page = open_context(viewport=SMALL, java_script_enabled=scripts).new_page()
    page.goto(link_to(event))
    sees_heading(page, "Kvällsträff")
    thumb = Thumb()
    for name in NAMES:
        thumb.press(row(page, name))
    thumb.press(page.get_by_role("button", name="Spara", exact=True))
    expect(page.get_by_role("status")).to_contain_text("10 av 10 var här.")
    expect(page.locator("main")).to_contain_text("Det blir 2 studietimmar")
    assert thumb.presses <= MOST_PRESSES
    assert here(event) == 10


def test_everyone_is_here_takes_two_presses_without_scripts(
    open_context: OpenContext, world: World
) -> None:
    event, alex = lay_evening()
    page = open_context(viewport=SMALL, java_script_enabled=False).new_page()
    let_in(page, alex, world)
    page.goto(address(event))
    presses(page, "Alla är här")
    assert AttendanceSheet.objects.filter(event=event).count() == 0
    page.get_by_label("En till kom").fill("Sam")
    presses(page, "Lägg till")
    expect(row(page, "Sam")).to_be_visible()
    presses(page, "Spara")
    expect(page.get_by_role("status")).to_contain_text("11 av 11 var här.")


def test_ticks_survive_a_lost_network_and_no_name_is_kept(open_context: OpenContext) -> None:
    event, _alex = lay_evening()
    context: BrowserContext = open_context(viewport=SMALL)
    page = context.new_page()
    page.goto(link_to(event))
    for name in NAMES[:3]:
        row(page, name).click()
    context.set_offline(True)
    presses(page, "Spara")
    expect(page.get_by_role("status").first).to_contain_text("Kryssen finns kvar i telefonen")
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert [name for name in NAMES if name in kept] == []
    context.set_offline(False)
    expect(page.locator(".saved")).to_contain_text("3 av 10 var här.")
    assert here(event) == 3


def test_a_page_that_is_loaded_anew_still_has_the_ticks(open_context: OpenContext) -> None:
    event, _alex = lay_evening()
    page = open_context(viewport=SMALL).new_page()
    page.goto(link_to(event))
    row(page, "Maja").click()
    page.goto(page.url)
    expect(row(page, "Maja").locator("input")).to_be_checked()
    expect(page.get_by_role("status").first).to_contain_text("Dina kryss från nyss finns kvar.")


def test_visits_are_counted_without_scripts(open_context: OpenContext, world: World) -> None:
    event, alex = lay_evening(people=0, title="Öppet hus", no_sign_up=True)
    page = open_context(viewport=SMALL, java_script_enabled=False).new_page()
    let_in(page, alex, world)
    page.goto(address(event, "/ledare/raknare/"))
    for button in ("+ 1 besök", "+ 1 besök", "+ 1 kvinna (0)", "Första gången (0)"):
        presses(page, button)
    expect(page.get_by_role("status")).to_have_text("3 besök")
    tally = VisitTally.objects.get(event=event)
    assert (tally.total, tally.women, tally.first_timers) == (3, 1, 1)
