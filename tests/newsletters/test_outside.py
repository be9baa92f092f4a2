"""Whether others answer: asked of their own doors alone, and never of a door inside a house."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from newsletters import outside
from newsletters.models import ForeignLink
from newsletters.outside import Answer
from newsletters.services import links
from tests.newsletters.conftest import write_issue


class Others(BaseHTTPRequestHandler):
    """A site of others. `seen`: what was asked of it."""

    seen: ClassVar[list[tuple[str, str, str]]] = []
    answers: ClassVar[dict[str, tuple[int, str]]] = {
        "/finns": (200, ""), "/borta": (404, ""), "/sedan-lange": (410, ""), "/trasig": (500, ""),
        "/flyttad": (301, "/finns"), "/inat": (302, "http://inne.exempel/"),
        "/runt": (302, "/runt"), "/till-fil": (302, "file:///etc/passwd"), "/bara-get": (405, ""),
    }  # fmt: skip

    def do_HEAD(self) -> None:
        self.seen.append((self.command, self.path, self.headers["Host"]))
        status, onward = self.answers[self.path]
        if self.path == "/bara-get" and self.command == "GET":
            status = 200
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def others(monkeypatch) -> Iterator[type[Others]]:
    """ute.exempel leads to a site of others on this machine; inne.exempel leads into our house."""
    server = HTTPServer(("127.0.0.1", 0), Others)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    port = server.server_address[1]
    places = {"ute.exempel": "127.0.0.1", "inne.exempel": "10.0.0.7"}

    def look_up(name: str, at: int, *more: Any, **named: Any) -> list[Any]:
        where = places.get(name, name)
        if not where[0].isdigit():
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where, at))]

    monkeypatch.setattr(outside.socket, "getaddrinfo", look_up)
    monkeypatch.setitem(outside.PORTS, "http", port)
    monkeypatch.setattr(outside, "is_open", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(outside, "PATIENCE", 1.0)
    Others.seen.clear()
    yield Others
    server.shutdown()
    server.server_close()
    thread.join()


def at(path: str, host: str = "ute.exempel") -> str:
    return f"http://{host}:{outside.PORTS['http']}{path}"


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/finns", Answer.ANSWERS), ("/flyttad", Answer.ANSWERS), ("/bara-get", Answer.ANSWERS),
        ("/borta", Answer.DEAD), ("/sedan-lange", Answer.DEAD), ("/trasig", Answer.UNSURE),
        ("/runt", Answer.UNSURE), ("/inat", Answer.REFUSED), ("/till-fil", Answer.REFUSED),
    ],
)  # fmt: skip
def test_what_others_answer(others, path, answer):
    assert outside.ask(at(path)) == answer
    assert len(others.seen) <= 4


def test_a_name_that_leads_nowhere_is_dead_and_one_that_leads_into_a_house_is_not_asked(others):
    assert outside.ask(at("/", "finns-inte.exempel")) == Answer.DEAD
    assert outside.ask("http://inne.exempel/") == Answer.REFUSED
    assert others.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://ute.exempel/", "file:///etc/passwd", "http://ute.exempel:22/", "http:///x", "http://",
        "http://kim:hemligt@ute.exempel/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_asked(others, address):
    assert outside.ask(address) == Answer.REFUSED
    assert others.seen == []


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("0.0.0.0", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("fd00::1", False), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False),
        ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_what_lies_open_to_the_world(address, is_open):
    assert outside.is_open(address) == is_open


@pytest.mark.django_db
def test_the_worker_tries_each_address_once_and_keeps_what_it_found(others):
    found, gone = at("/finns"), at("/borta")
    text = f'<p><a href="{found}">Den ena sidan</a> <a href="{gone}">Den andra sidan</a></p>'
    issue = write_issue(body=[("text", text)])
    assert {row.outcome for _link, row in links.foreign(issue)} == {"waiting"}
    assert links.try_waiting(seconds=5) == 2
    assert links.try_waiting(seconds=5) == 0
    outcomes = dict(ForeignLink.objects.values_list("address", "outcome"))
    assert outcomes == {found: "answers", gone: "dead"}
    links.ask_again(issue)
    assert links.try_waiting(seconds=5) == 2
