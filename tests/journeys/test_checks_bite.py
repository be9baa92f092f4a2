"""Each check of looking.py meets a fault that was put there, and says so."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys import looking
from tests.journeys.conftest import OpenContext

pytestmark = pytest.mark.journey

FORM = "/aktiviteter/somn/anmalan/"


@pytest.fixture(scope="module")
def form(open_context: OpenContext) -> Page:
    page = open_context().new_page()
    page.goto(FORM)
    return page


def faults(page: Page, check: Callable[[Page], Any], css: str) -> str:
    with looking.wearing(page, css):
        return str(check(page))


@pytest.mark.parametrize(
    ("check", "css", "word"),
    [
        (looking.keyboard_faults, "* { outline: 0 !important }", "nothing shows the focus"),
        (
            looking.keyboard_faults,
            "footer { position: fixed !important; bottom: 0; height: 60vh; width: 100% }",
            "focus hidden under",
        ),
        (looking.keyboard_faults, ".akut { visibility: hidden }", "Akut hjälp is not among"),
        (looking.small_targets, ".button { min-height: 30px; padding: 0 }", "px: Anmäl mig"),
        (looking.small_targets, "footer * { line-height: 1.1 }", "line of"),
        (looking.cut_off, "main { width: 420px; min-width: 420px }", "scrolls sideways"),
        (
            looking.cut_off,
            ".hint { height: 10px; overflow: hidden }",
            "hint hides some of: Förnamn räcker",
        ),
        (looking.axe_faults, ".hint { color: #8A9396 !important }", "color-contrast:"),
        (looking.axe_faults, ".hint { color: #6A6D70 !important }", "color-contrast-enhanced:"),
        (looking.shape_faults, "label { display: none }", "no label: name"),
        (looking.shape_faults, "h1 { display: none }", "0 × h1"),
        (
            looking.moving,
            "@keyframes blink { to { opacity: .5 } } h1 { animation: blink 1s infinite }",
            "blink",
        ),
    ],
)
def test_a_fault_of_style_is_found(
    form: Page, check: Callable[[Page], Any], css: str, word: str
) -> None:
    assert word not in str(check(form))
    assert word in faults(form, check, css)


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        ("document.querySelector('#id_name').required = true", "required"),
        ("document.querySelector('#id_name').placeholder = 'Kim'", "placeholder"),
        ("document.querySelector('#id_email').autocomplete = 'off'", "autocomplete of email"),
        ("document.querySelector('.back a').textContent = 'Läs mer'", "says nothing: läs mer"),
        ("document.querySelector('footer li a').textContent = 'Sök'", "two goals for sök"),
        ("document.querySelector('footer p a').style.textDecoration = 'none'", "without a line"),
        ("document.querySelector('main form').noValidate = false", "the browser judges"),
        ("document.documentElement.lang = 'en'", "not in Swedish"),
        ("document.querySelector('label').append(' *')", "asterisk"),
    ],
)
def test_a_fault_of_markup_is_found(open_context: OpenContext, spoil: str, word: str) -> None:
    page = open_context().new_page()
    page.goto(FORM)
    assert looking.shape_faults(page) == []
    page.evaluate(spoil)
    assert word in str(looking.shape_faults(page))
    page.context.close()


def test_a_control_that_tab_does_not_reach_is_found(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(FORM)
    page.evaluate(
        """() => { document.querySelector('#id_email').onkeydown = pressed => {
          pressed.preventDefault()
          document.querySelector('.brand').focus()
        } }"""
    )
    assert "Tab does not reach" in str(looking.keyboard_faults(page))
