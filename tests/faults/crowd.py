"""Many people at once: each is a thread with a connection of its own to a real web server."""

import http.client
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

_SUBMISSION = re.compile(r'name="submission" value="([0-9a-f-]{36})"')
T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


class Visitor:
    """A browser without JavaScript and without cookies."""

    def __init__(self, url: str, *, patience: float = 60) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=patience
        )

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def fill_in(self, path: str, **fields: str) -> dict[str, str]:
        """Open the form's page; what would be sent with these words in it."""
        found = _SUBMISSION.search(self.get(path).text)
        assert found, f"no form at {path}"
        return {"consent": "on", "submission": found.group(1), **fields}

    def leave(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode(errors="replace")
        return Answer(answer.status, answer.getheader("Location", ""), text)


def at_once(deeds: Iterable[Callable[[], T]]) -> list[T]:
    """Do all of these, each in a thread of its own. The results, in order."""
    waiting = list(deeds)
    with ThreadPoolExecutor(len(waiting)) as threads:
        return [doing.result() for doing in [threads.submit(deed) for deed in waiting]]


def sign_up_together(url: str, path: str, people: list[dict[str, str]]) -> list[Answer]:
    """Everyone has the filled-in form before them; then all press at the same moment."""
    everyone_ready = threading.Barrier(len(people), timeout=60)

    def sign_up(person: dict[str, str]) -> Answer:
        visitor = Visitor(url)
        filled_in = visitor.fill_in(path) | person
        everyone_ready.wait()
        try:
            return visitor.post(path, **filled_in)
        finally:
            visitor.leave()

    return at_once([lambda person=person: sign_up(person) for person in people])
