"""Every kind of letter: one reader, right headers, no spy; and a robot may open all its links."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.contrib.settings.registry import registry

from mail.emails import build
from mail.letters import kinds
from pages.services import foundation
from tests.letters import LETTERS, every_row, written
from tests.members.fees import set_prices

pytestmark = pytest.mark.django_db


def test_every_kind_of_letter_is_looked_at() -> None:
    assert sorted(LETTERS) == kinds()


@pytest.fixture
def site() -> None:
    """The pages that letters lead to, and settings that exist once they have been read."""
    foundation.lay()
    for settings in registry:
        settings.load()


@pytest.fixture(params=sorted(LETTERS))
def message(request: pytest.FixtureRequest) -> Any:
    set_prices()
    return build(written(request.param))


def html_of(message: Any) -> str:
    return str(message.alternatives[0][0])


def test_it_has_one_reader_right_headers_and_both_parts(message: Any) -> None:
    assert (message.to, message.cc, message.bcc) == (["kim@exempel.se"], [], [])
    parsed = message.message()
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["List-Unsubscribe"] is None
    assert [part.get_content_type() for part in parsed.walk() if not part.is_multipart()][:2] == [
        "text/plain",
        "text/html",
    ]
    assert len(html_of(message).encode()) < 80_000


def test_nothing_is_fetched_and_nobody_is_followed(message: Any) -> None:
    html = html_of(message)
    assert not re.search(r"<(img|script|link|form|iframe)\b|url\(", html)
    assert set(re.findall(r'href="(\w+:)', html)) <= {"http:", "https:", "tel:", "mailto:"}
    assert set(re.findall(r'href="https?://([^/"]+)', html)) <= {"testserver"}


def test_opening_every_link_of_it_changes_nothing(site: None, message: Any, client: Client) -> None:
    links = set(re.findall(r'href="(https?:[^"]+)"', html_of(message)))
    links |= {link.rstrip(".,)") for link in re.findall(r"https?://\S+", message.body)}
    assert links
    before = every_row()
    for link in links:
        page = urlsplit(link.replace("&amp;", "&"))
        for method in (client.get, client.head):
            answer = method(f"{page.path}?{page.query}".rstrip("?"))
            assert answer.status_code in (200, 301, 302, 303), link
    assert every_row() == before
