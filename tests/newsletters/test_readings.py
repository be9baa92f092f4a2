"""One text, four bodies: every block says the same words as mail, as text, as page and on paper."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

from newsletters.blocks import READINGS, LetterBody
from newsletters.models import Issue
from newsletters.templatetags.readings import block_as
from pages.services import foundation
from tests.factories import EventFactory, NewsPageFactory
from tests.newsletters.conftest import write_issue

pytestmark = pytest.mark.django_db
BLOCKS = list(LetterBody().child_blocks)


@pytest.fixture
def examples(a_picture) -> dict[str, Any]:
    """One of every block, with everything that can be filled in."""
    foundation.lay()
    EventFactory(title="Föreläsning & fika", place="Instrumentvägen 10")
    news = NewsPageFactory(title="Ny lokal", summary="Nu är vi <på> plats.")
    return {
        "summary": ["Vi ses på torsdag", "Ny lokal & kaffe"],
        "heading": "Så här blir hösten",
        "text": '<p>Vi har <b>öppet</b> &amp; <a href="/aktiviteter/">många träffar</a>.</p>'
        "<ul><li>Ett</li><li>Två</li></ul>",
        "news": news,
        "coming": {"days": 60, "count": 6},
        "facts": [{"term": "Var", "value": "Instrumentvägen 10"}, {"term": "När", "value": "Nu"}],
        "image": {
            "image": a_picture, "alt": "En kopp kaffe", "decorative": False, "caption": "Fika hos oss",
        },
        "button": {"text": "Se träffarna", "page": None, "address": "/aktiviteter/"},
    }  # fmt: skip


def read(child: Any, reading: str) -> str:
    from django.template import Context

    return str(block_as(Context(autoescape=reading != ".txt"), child, reading))


def words_of(reading: str, body: str) -> set[str]:
    """Words without layout: no tags, but what a picture says; no addresses."""
    if reading != ".txt":
        body = re.sub(r'<img[^>]*\balt="([^"]*)"[^>]*>', r" \1 ", body)
        body = re.sub(r"<[^>]+>", " ", body)
        for entity, sign in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')):
            body = body.replace(entity, sign)
    return set(re.findall(r"\w+", re.sub(rf"{re.escape(settings.SITE_URL)}\S*", " ", body)))


def in_all(issue: Issue) -> dict[str, set[str]]:
    (child,) = issue.body
    return {reading: words_of(reading, read(child, reading)) for reading in READINGS}


def test_there_are_four_bodies_and_no_block_lacks_one():
    assert READINGS == (".mail.html", ".txt", ".html", ".paper.html")
    for name in BLOCKS:
        for reading in READINGS:
            get_template(f"newsletters/blocks/{name}{reading}")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_the_same_words_in_all_its_bodies(examples, name):
    """A new block without an example here fails too."""
    issue = write_issue(body=[(name, examples[name])])
    found = in_all(issue)
    assert len(found[".txt"]) >= 2
    assert found == dict.fromkeys(READINGS, found[".txt"])


def test_a_body_that_loses_a_word_is_found(examples, monkeypatch):
    """The test above is known to bite."""
    issue = write_issue(body=[("heading", "Så här blir hösten")])
    short = engines["django"].from_string("<h2>Så här blir</h2>")
    monkeypatch.setattr(
        "newsletters.templatetags.readings.get_template",
        lambda name: short if name.endswith(".paper.html") else get_template(name),
    )
    found = in_all(issue)
    assert found[".txt"] - found[".paper.html"] == {"hösten"}


def test_a_block_without_a_body_cannot_be_read(examples, monkeypatch):
    from django.template import TemplateDoesNotExist

    issue = write_issue(body=[("heading", "Hösten")])
    (child,) = issue.body
    with pytest.raises(TemplateDoesNotExist):
        read(child, ".tal.html")
