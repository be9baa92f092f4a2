"""A real mail server, and letters that need no app."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from mail import letters, receivers
from mail.letters import Content
from tests.sink import Sink


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """Letters leave over SMTP, to a server that the test can make difficult."""
    with Sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", urlsplit(server.url).port
        settings.EMAIL_TIMEOUT = 1
        yield server


@pytest.fixture
def plain(monkeypatch, settings, tmp_path) -> str:
    """A kind of letter that says what its row says."""
    for ending, text in {
        "-subject.txt": "{{ subject_line }}",
        ".txt": "{{ words }}",
        ".html": "<p>{{ words }}</p>",
    }.items():
        (tmp_path / f"plain{ending}").write_text(text)
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]

    def writer(letter):
        about = letter.about
        if about.get("fails"):
            raise RuntimeError("this letter cannot be written")
        if about.get("nothing"):
            return None
        words = about.get("words", "Hej!")
        context = {"words": words, "subject_line": about.get("subject", "Hej")}
        return Content(template="plain", context=context, because="")

    monkeypatch.setitem(letters._writers, "plain", writer)
    return "plain"


@pytest.fixture(autouse=True)
def _no_bell(monkeypatch):
    """Nobody listens: these tests deliver by hand."""
    monkeypatch.setattr(receivers, "_silent_until", float("inf"))
