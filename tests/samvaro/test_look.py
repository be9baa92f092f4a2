"""The stylesheet keeps its promises: contrast in three themes, its size, nobody else's files."""

import re

import pytest

from samvaro.environment import ROOT

STATIC = ROOT / "site" / "samvaro" / "static" / "samvaro"
CSS = (STATIC / "samvaro.css").read_text(encoding="utf-8")
# The start of the block where each look has its colours.
BLOCKS = {
    "ljus": ":root{",
    "mörk telefon": "@media (prefers-color-scheme:dark){:root:not([data-tema]){",
    "mork": "[data-tema=mork]{",
    "lugn": "[data-tema=lugn]{",
}
# Which colour stands on which, and the least contrast that is enough (WCAG 1.4.6 and 1.4.11).
TEXT, SHAPE = 7.0, 3.0
PAIRS = [
    *[(ink, paper, TEXT) for ink in ("text", "muted") for paper in ("bg", "surface", "soft")],
    *[(ink, paper, TEXT) for ink in ("link", "visited") for paper in ("bg", "surface", "soft")],
    ("text", "sky", TEXT),
    ("onprimary", "primary", TEXT),
    ("onprimary", "primaryhover", TEXT),
    ("primary", "bg", SHAPE),
    ("field", "surface", SHAPE),
    ("field", "bg", SHAPE),
    *[("focusring", paper, SHAPE) for paper in ("bg", "surface", "soft")],
    *[(f"{kind}text", f"{kind}bg", TEXT) for kind in ("info", "ok", "warn", "err")],
    *[(f"{kind}line", f"{kind}bg", SHAPE) for kind in ("info", "ok", "warn", "err")],
    ("errtext", "surface", TEXT),
    ("errtext", "bg", TEXT),
    ("errline", "surface", SHAPE),
    ("onakut", "akut", TEXT),
    ("akut", "bg", SHAPE),
]


def colours(look: str) -> dict[str, str]:
    start = CSS.index(BLOCKS[look]) + len(BLOCKS[look])
    block = CSS[start : CSS.index("}", start)]
    return {name: value.upper() for name, value in re.findall(r"--(\w+):(#\w+);", block)}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert round(contrast("#FFF", "#000000"), 2) == 21.0
    assert round(contrast("#435055", "#F0EDE4"), 2) == 7.13


@pytest.mark.parametrize("look", BLOCKS)
@pytest.mark.parametrize(("ink", "paper", "enough"), PAIRS)
def test_everything_can_be_read_in_every_theme(
    look: str, ink: str, paper: str, enough: float
) -> None:
    token = colours(look)
    assert contrast(token[ink], token[paper]) >= enough


def test_a_dark_phone_sees_the_same_colours_as_somebody_who_chose_dark() -> None:
    assert colours("mörk telefon") == colours("mork")


def test_every_theme_gives_every_colour_a_value() -> None:
    names = set(colours("ljus"))
    assert {look: set(colours(look)) for look in BLOCKS} == dict.fromkeys(BLOCKS, names)


def test_every_colour_that_is_used_has_a_value() -> None:
    used = set(re.findall(r"var\(--(\w+)", CSS))
    given = set(re.findall(r"--(\w+):", CSS))
    assert used - given == set()


def test_the_stylesheet_fetches_nothing() -> None:
    assert re.findall(r"url\(|@import|@font-face|//", CSS) == []


def test_nothing_moves() -> None:
    assert re.findall(r"animation|transition|@keyframes|scroll-behavior", CSS) == []


def test_style_and_script_weigh_little() -> None:
    weight = {path.suffix: path.stat().st_size for path in STATIC.iterdir()}
    assert weight[".css"] <= 24_000
    assert weight.get(".js", 0) <= 2_000


def test_no_page_has_a_style_or_a_script_in_it() -> None:
    """The content security policy would stop them."""
    templates = (ROOT / "site" / "samvaro" / "templates").rglob("*.html")
    inline = re.compile(r"<style|<script(?![^>]* src=)| style=| on\w+=")
    assert [path.name for path in templates if inline.search(path.read_text("utf-8"))] == []
