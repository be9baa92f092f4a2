"""One layout for every letter (ux.md M1-M21): a letter made of the layout alone is read here."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from mail.emails import render
from mail.letters import Content
from mail.models import Association
from tests.samvaro.test_look import contrast

SUBJECT = "Du är anmäld, torsdag 10 december"
URL = "https://balans.example/bokning/" + "x7Yt-qqPz81ksLw0" * 4 + "/"
TEXT = """{% extends "mail/base.txt" %}{% load plain %}
{% block body %}Hej {{ name|greeting }}!


Du är anmäld. Du behöver inte förbereda något. Du får bara sitta med om du vill och orkar.
{% include "mail/_button.txt" with url=url text="Se din anmälan" %}
- En rad i en lista som är så lång att den inte får plats på en rad i ett mejl
{% endblock %}"""
HTML = """{% extends "mail/base.html" %}{% load plain %}
{% block preheader %}Kl. 17–19, Instrumentvägen 10. Här kan du också avboka.{% endblock %}
{% block body %}<p>Hej {{ name|greeting }}!</p>
{% include "mail/_button.html" with url=url text="Se din anmälan" %}
{% include "mail/_button.html" with url=url text="Jag kan inte komma" quiet=True %}
{% endblock %}"""

Letter = tuple[str, str, str]


@pytest.fixture
def write(tmp_path: Path, settings: LazySettings) -> Any:
    """Write a letter to somebody of this name."""
    parts = {"try-subject.txt": SUBJECT, "try.txt": TEXT, "try.html": HTML}
    for name, text in parts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    engine: dict[str, Any] = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]
    association = Association(
        short_name="Balans Stockholm",
        street="Instrumentvägen 10",
        postcode="126 53",
        town="Hägersten",
        email="info@balans.example",
    )

    def written(name: str = "Kim") -> Letter:
        because = "Du får det här mejlet för att du är anmäld till en träff hos oss."
        return render(Content("try", {"name": name, "url": URL}, because), association)

    return written


class Reader(HTMLParser):
    """Which tags there are, with what they carry."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.depth = self.deepest = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.depth -= 1

    def all(self, wanted: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == wanted]


def test_the_text_stands_in_72_columns_and_its_links_are_whole(write: Any) -> None:
    _, text, _ = write()
    assert [line for line in text.splitlines() if len(line) > 72] == [URL]
    assert f"Se din anmälan:\n{URL}\n" in text
    assert re.search(r"\n- En rad i en lista[^\n]*\n  \w", text)


def test_paragraphs_of_the_text_are_one_empty_line_apart(write: Any) -> None:
    _, text, _ = write()
    assert "\n\n\n" not in text
    assert text.startswith("Hej Kim!\n\nDu är anmäld.")


def test_a_name_is_a_name_in_text_and_in_html(write: Any) -> None:
    _, text, html = write("Åsa & Bo")
    assert "Hej Åsa & Bo!" in text
    assert "<p>Hej Åsa &amp; Bo!</p>" in html


def test_a_name_that_is_a_link_is_left_out_and_so_is_the_space(write: Any) -> None:
    _, text, html = write("https://vinst.example/1")
    assert text.startswith("Hej!\n")
    assert "<p>Hej!</p>" in html
    assert "vinst" not in text + html


def test_the_foot_has_the_acute_line_the_reason_and_the_address(write: Any) -> None:
    _, text, html = write()
    for part in (" ".join(text.split()), re.sub(r"<[^>]+>", "", " ".join(html.split()))):
        assert "Självmordslinjen 90101 är öppen dygnet runt." in part
        assert "Du får det här mejlet för att du är anmäld till en träff hos oss." in part
        assert "Balans Stockholm, Instrumentvägen 10, 126 53 Hägersten. Svara gärna" in part
    assert "126\N{NO-BREAK SPACE}53 Hägersten" in text, "the number stays whole on a short line"
    assert "126\N{NO-BREAK SPACE}53 Hägersten" in html
    assert "http://testserver/akut-hjalp/" in text
    assert 'href="http://testserver/akut-hjalp/"' in html


def test_the_language_is_said_twice_because_programs_strip_the_first(write: Any) -> None:
    page = Reader(write()[2])
    said = [(a.get("lang"), a.get("dir")) for tag, a in page.tags if "lang" in a]
    assert said == [("sv", "ltr"), ("sv", "ltr")]
    assert [tag for tag, a in page.tags if "lang" in a] == ["html", "div"]


def test_the_title_and_the_only_main_heading_are_the_subject(write: Any) -> None:
    subject, _, html = write()
    assert re.findall(r"<title>(.*?)</title>", html) == [subject]
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == [subject]


def test_tables_are_for_layout_and_say_so(write: Any) -> None:
    page = Reader(write()[2])
    kinds = {
        (a["role"], a["cellpadding"], a["cellspacing"], a["border"]) for a in page.all("table")
    }
    assert kinds == {("presentation", "0", "0", "0")}
    assert page.deepest == 2
    assert page.all("th") == []


def test_the_letter_is_600_wide_at_the_most(write: Any) -> None:
    outer = Reader(write()[2]).all("table")[0]
    assert outer["width"] == "100%"
    assert "max-width:600px" in (outer["style"] or "")


def test_what_the_list_of_letters_shows_is_hidden_in_the_letter(write: Any) -> None:
    found = re.search(r'<div style="display:none[^>]*>(.*?)</div>', write()[2])
    assert found
    words = found[1].split("&#847;")[0]
    assert 40 <= len(words) <= 90
    assert "&#847;&zwnj;&nbsp;" * 10 in found[1]


def test_nothing_is_fetched_and_nobody_is_followed(write: Any) -> None:
    page = Reader(write()[2])
    assert [tag for tag, _ in page.tags if tag in {"img", "link", "script", "form", "iframe"}] == []
    assert re.findall(r"url\(|@import|@font-face|background=", write()[2]) == []
    assert {a["href"] for a in page.all("a")} == {URL, "http://testserver/akut-hjalp/"}


def test_the_letter_is_small_enough_to_come_whole(write: Any) -> None:
    assert len(write()[2].encode()) < 10_000


def test_light_and_dark_are_both_meant(write: Any) -> None:
    page = Reader(write()[2])
    names = {a["name"]: a["content"] for a in page.all("meta") if "name" in a}
    assert names["color-scheme"] == names["supported-color-schemes"] == "light dark"
    assert "@media (prefers-color-scheme: dark)" in write()[2]
    assert "[data-ogsc]" in write()[2]


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#1F2A2E", "#FFFFFF"),  # text
        ("#435055", "#FAF8F3"),  # foot
        ("#14526B", "#FFFFFF"),  # links
        ("#14526B", "#FAF8F3"),
        ("#FFFFFF", "#1D5B57"),  # buttons
        ("#1D5B57", "#FFFFFF"),
        ("#E3E6E2", "#1C2326"),  # the same in the dark
        ("#B4BEBE", "#14191B"),
        ("#90C9E2", "#1C2326"),
        ("#90C9E2", "#14191B"),
        ("#0D2220", "#83C5BD"),
        ("#83C5BD", "#1C2326"),
    ],
)
def test_letters_can_be_read_in_light_and_dark(write: Any, ink: str, paper: str) -> None:
    html = write()[2].upper()
    assert ink in html
    assert paper in html
    assert contrast(ink, paper) >= 7.0


def test_no_words_are_smaller_than_16_pixels(write: Any) -> None:
    assert min(int(size) for size in re.findall(r"font-size: ?(\d+)px", write()[2])) == 16


def test_a_button_is_big_enough_for_a_thumb(write: Any) -> None:
    style = Reader(write()[2]).all("a")[0]["style"] or ""
    padding, line = re.findall(r"padding:(\d+)px", style), re.findall(r"line-height:(\d+)", style)
    assert 2 * int(padding[0]) + int(line[0]) >= 44
