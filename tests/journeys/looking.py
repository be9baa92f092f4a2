"""What can be wrong with a page that a browser shows. Each check returns its faults in words.

That they bite is shown in test_checks_bite.py, where each meets a fault that was put there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

THEMES = ("ljus", "mork", "lugn")
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
BROWSER_SIDE = (Path(__file__).parent / "looking.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 1.4.12: what a reader may set, and nothing may be lost.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
# Twice the size of text that the site begins with (112.5 %).
TEXT_TWICE = "html { font-size: 225% !important }"
# A phone in the hand; and 1280 px wide at 400 %.
PHONE = {"width": 390, "height": 664}
SMALLEST = {"width": 320, "height": 256}


def ask(page: Page, question: str, *more: Any) -> Any:
    """Call a function of looking.js."""
    if not page.evaluate("() => 'looking' in window"):
        page.evaluate(BROWSER_SIDE)
    return page.evaluate(f"more => window.looking.{question}(...more)", list(more))


@contextmanager
def wearing(page: Page, css: str) -> Iterator[None]:
    """Rules that a reader has brought along. Adopted sheets pass the security policy."""
    page.evaluate(
        """css => { window.worn = new CSSStyleSheet(); window.worn.replaceSync(css)
        document.adoptedStyleSheets = [window.worn] }""",
        css,
    )
    yield
    page.evaluate("() => { document.adoptedStyleSheets = [] }")


@contextmanager
def sized(page: Page, size: dict[str, int]) -> Iterator[None]:
    before = page.viewport_size
    page.set_viewport_size(size)  # type: ignore[arg-type]  # the same two words
    yield
    if before:
        page.set_viewport_size(before)


def axe_faults(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """WCAG 2.2 AA, axe's best practices, and contrast of 7:1."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    rules = {"color-contrast-enhanced": {"enabled": True}}
    rules |= {rule: {"enabled": False} for rule in without}
    violations = page.evaluate(
        "options => axe.run(document, options).then(answer => answer.violations)",
        {"runOnly": TAGS, "rules": rules, "resultTypes": ["violations"]},
    )
    return [
        f"{violation['id']}: {' '.join(node['target'])}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def axe_faults_by_theme(page: Page) -> dict[str, list[str]]:
    found = {}
    for theme in THEMES:
        page.evaluate("theme => { document.documentElement.dataset.tema = theme }", theme)
        if faults := axe_faults(page):
            found[theme] = faults
    page.evaluate("() => { delete document.documentElement.dataset.tema }")
    return found


def cut_off(page: Page) -> list[str]:
    """What does not fit: the page scrolls sideways, or something hides a part of itself."""
    return list(ask(page, "cutOff"))


def cut_off_somewhere(page: Page) -> dict[str, list[str]]:
    """At 400 %, with text twice as large, with more space, and on a phone that lies down."""
    found = {}
    with sized(page, SMALLEST):
        found["320 px"] = cut_off(page)
        with wearing(page, TEXT_TWICE):
            found["text 200 %"] = cut_off(page)
        with wearing(page, TEXT_SPACING):
            found["text spacing"] = cut_off(page)
    with sized(page, {"width": 844, "height": 390}):
        found["lying down"] = cut_off(page)
    return {where: faults for where, faults in found.items() if faults}


def small_targets(page: Page) -> list[str]:
    """Less than 44 × 44 px to press, or a line of less than 24 px for a link in running text."""
    return list(ask(page, "smallTargets"))


def moving(page: Page) -> list[str]:
    return list(ask(page, "moving"))


def tab_stops(page: Page) -> list[dict[str, Any]]:
    """Go through the page with Tab. What each stop is, and what is wrong with how it shows."""
    ask(page, "startAgain")
    stops: list[dict[str, Any]] = []
    while True:
        page.keyboard.press("Tab")
        stop = ask(page, "stop")
        if stop is None or stop["seen"]:
            return stops
        if not stop["within"]:
            stops.append(stop)


def keyboard_faults(page: Page) -> list[str]:
    stops = tab_stops(page)
    names = [stop["name"] for stop in stops]
    faults = [f"{stop['name']}: {fault}" for stop in stops for fault in stop["faults"]]
    if not stops or stops[0]["goal"] != "#innehall":
        faults.append(f"the first stop is not the skip link but {names[:1]}")
    if "Akut hjälp" not in names[:4]:
        faults.append(f"Akut hjälp is not among the first four: {names[:4]}")
    if missed := set(ask(page, "controls")) - {stop["number"] for stop in stops}:
        faults.append(f"Tab does not reach {[ask(page, 'nameOf', number) for number in missed]}")
    numbers = [stop["number"] for stop in stops]
    if numbers != sorted(numbers):
        faults.append(f"not in the order of the page: {names}")
    return faults


def shape_faults(page: Page) -> list[str]:
    """Landmarks, language, words of links, and what forms must and must not have."""
    return list(ask(page, "shape"))


def printed_pages(page: Page) -> int:
    """How many sheets of A4 it takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
