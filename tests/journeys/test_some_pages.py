"""What is asked of one page and not of another: paper, forced colours, the way back, few choices."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from events.models import Event
from pages.services.crisis import write_copy
from tests.journeys import looking
from tests.journeys.conftest import DESK, OpenContext
from tests.journeys.world import World

pytestmark = pytest.mark.journey

# Choices in the body of a page that is a crossroads (COGA o5p03).
MOST_CHOICES = 5
# A number to call in need, in px (ux.md E2).
NUMBER_HIGH = 48


@pytest.fixture
def page(open_context: OpenContext) -> Page:
    return open_context().new_page()


@pytest.mark.parametrize("path", ["/aktiviteter/somn/", "/akut-hjalp/"])
def test_it_is_one_sheet_of_paper(page: Page, path: str) -> None:
    page.goto(path)
    assert looking.printed_pages(page) == 1
    page.emulate_media(media="print")
    assert [link for link in page.locator("nav a, .tools a").all() if link.is_visible()] == []


def test_paper_says_where_links_lead(page: Page) -> None:
    page.goto("/akut-hjalp/")
    page.emulate_media(media="print")
    link = page.get_by_role("link", name="mind.se")
    after = link.evaluate("it => getComputedStyle(it, '::after').content")
    assert "https://mind.se" in after


def test_forced_colours_leave_the_words_of_every_state(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/aktiviteter/")
    words = {status.inner_text().strip() for status in page.locator(".status").all()}
    assert words >= {"Det finns plats", "Fullt – du kan ställa dig i kö", "Ingen anmälan behövs"}
    page.goto("/aktiviteter/somn/")
    button = page.get_by_role("link", name="Anmäl dig")
    border = button.evaluate("it => getComputedStyle(it).borderTopWidth")
    assert float(border.removesuffix("px")) >= 1


def test_the_first_number_to_call_is_seen_at_once_and_large(page: Page) -> None:
    page.goto("/akut-hjalp/")
    numbers = page.locator("main a[href^='tel:']")
    goals = [link.get_attribute("href") for link in numbers.all()]
    assert {"tel:112", "tel:1177", "tel:90101"} <= set(goals)
    assert goals[0] == "tel:112"
    boxes = [link.bounding_box() for link in numbers.all()]
    assert all(box and box["height"] >= NUMBER_HIGH for box in boxes)
    assert boxes[0]
    assert boxes[0]["y"] + boxes[0]["height"] <= looking.PHONE["height"]


def test_the_copy_that_needs_no_server_is_as_good(page: Page, tmp_path: Path) -> None:
    copy = write_copy(tmp_path / "akut-hjalp.html")
    assert copy.stat().st_size <= 20 * 1024
    page.goto(copy.as_uri())
    assert looking.axe_faults_by_theme(page) == {}
    assert looking.cut_off_somewhere(page) == {}


@pytest.mark.parametrize("path", ["/", "/stod/", "/aktiviteter/somn/", "/anpassa/", "/logga-in/"])
def test_there_are_few_things_to_choose_among(page: Page, path: str) -> None:
    page.goto(path)
    assert page.locator("main .button:visible, main .door:visible").count() <= MOST_CHOICES


@pytest.mark.parametrize(
    "path",
    [
        "/stod/alla-block/",
        "/nyheter/flytt-12/",
        "/aktiviteter/somn/",
        "/aktiviteter/somn/anmalan/",
        "/aktiviteter/utflykt/ko/",
    ],
)
def test_one_link_leads_up(page: Page, path: str) -> None:
    page.goto(path)
    above = path.rsplit("/", 2)[0] + "/"
    expect(page.locator(f"main :is(.back, .crumbs) a[href='{above}']")).to_be_visible()


def test_the_skip_link_leads_past_the_menu(page: Page) -> None:
    page.goto("/aktiviteter/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#innehall")).to_be_focused()
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main') !== null")
    assert inside


def test_the_menu_opens_without_scripts(open_context: OpenContext) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/akut-hjalp/")
    page.get_by_text("Meny").click()
    page.get_by_role("link", name="Aktiviteter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aktiviteter")
    current = page.locator("[aria-current=page]:visible")
    page.get_by_text("Meny").click()
    expect(current.first).to_have_text("Aktiviteter")


def test_header_menu_and_help_are_the_same_everywhere(page: Page) -> None:
    seen = set()
    for path in ["/", "/aktiviteter/", "/aktiviteter/somn/", "/akut-hjalp/", "/sok/", "/borta/"]:
        page.goto(path)
        around = page.locator("body > header, body > footer")
        seen.add(tuple(part.inner_text().split("\n")[0] for part in around.all()))
    assert len(seen) == 1


def test_no_link_leads_nowhere(page: Page, world: World) -> None:
    """From the start page to everything that can be reached by links of our own."""
    seen, ahead, dead = {"/"}, ["/"], []
    while ahead:
        path = ahead.pop()
        answer = page.request.get(path)
        if answer.status != 200:
            dead.append((path, answer.status))
        if "text/html" not in answer.headers["content-type"]:
            continue
        for found in re.findall(r'<a[^>]* href="(/[^"#]*)', answer.text()):
            link = unescape(found)
            if link not in seen:
                seen.add(link)
                ahead.append(link)
    assert dead == []
    assert len(seen) > 50


def test_the_demo_association_reads_well(page: Page) -> None:
    """What an editor writes must not break what the page types promise."""
    faults = {}
    written = [link.url for link in WagtailPage.objects.live().filter(depth__gt=1).order_by("path")]
    written += [event.url for event in Event.objects.public().order_by("pk")]
    for path in written:
        page.goto(path)
        found = looking.axe_faults(page) + looking.shape_faults(page)
        with looking.sized(page, looking.SMALLEST):
            found += looking.cut_off(page)
        if found:
            faults[path] = found
    assert faults == {}
    assert len(written) > 60


def test_what_a_form_asks_for_is_what_was_promised(page: Page) -> None:
    """Two fields and a yes (ux.md 2n), on the second of two pages."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # the same two words
    page.goto("/aktiviteter/somn/")
    expect(page.locator("main")).to_contain_text("Tar ungefär 1 minut. Du behöver inget konto.")
    page.get_by_role("link", name="Anmäl dig").click()
    asked = [field.get_attribute("name") for field in page.locator("main .field input").all()]
    assert asked == ["name", "email", "consent"]
