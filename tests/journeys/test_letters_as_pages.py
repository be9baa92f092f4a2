"""Every letter we send, opened as the page that it is: contrast, width, size of what is pressed."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from mail.emails import build
from tests.journeys import looking
from tests.journeys.conftest import OpenContext
from tests.letters import LETTERS, written

pytestmark = pytest.mark.journey

# A letter has no landmarks: the mail program around it has.
OF_PAGES_ONLY = ("region", "landmark-one-main")
# A phone, the widest that a letter gets, and 400 %.
WIDTHS = (390, 600, 320)


def html_of(kind: str) -> str:
    body = build(written(kind)).alternatives[0]
    return str(body[0])


@pytest.fixture(scope="module", params=sorted(LETTERS))
def letter(request: pytest.FixtureRequest, open_context: OpenContext) -> Iterator[Page]:
    context = open_context()
    page = context.new_page()
    page.set_content(html_of(request.param))
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(letter: Page, scheme: Any) -> None:
    letter.emulate_media(color_scheme=scheme)
    assert looking.axe_faults(letter, without=OF_PAGES_ONLY) == []


def test_nothing_is_cut_off(letter: Page) -> None:
    faults = {}
    for width in WIDTHS:
        with looking.sized(letter, {"width": width, "height": 664}):
            faults[width] = looking.cut_off(letter)
    assert faults == {width: [] for width in WIDTHS}


def test_everything_can_be_pressed_with_a_thumb(letter: Page) -> None:
    assert looking.small_targets(letter) == []


def test_it_says_its_language_and_asks_nobody_for_anything(letter: Page) -> None:
    assert letter.evaluate("document.documentElement.lang") == "sv"
    assert letter.evaluate("document.querySelector('body > div').lang") == "sv"
    assert letter.locator("h1").count() == 1
    assert letter.locator("img, script, link, form").count() == 0
