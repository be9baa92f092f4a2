"""A newsletter leaves while all that it stands on is restarted or goes silent.

A redeploy, PostgreSQL, Valkey, and a mail server that closes or hangs: nobody gets two, what is
prepared is at every moment the sum of what became of it, and the end is reached without a hand.
"""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samvaro import embedded
from tests import drill
from tests.conftest import fill
from tests.servers import Site
from tests.waiting import until

pytestmark = pytest.mark.slow

PEOPLE = 300 * drill.FACTOR
# Copies in a claim, at the pace of this mail server.
IN_HAND = 40
STATES = "SELECT state, count(*) FROM newsletters_delivery GROUP BY state"


@pytest.fixture
def own(own_services: embedded.Services) -> embedded.Services:
    fill(own_services.database_url)
    return own_services


@pytest.fixture
def site(own: embedded.Services, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "site"
    with Site(folder, database_url=own.database_url, redis_url=own.redis_url) as site:
        scene = site.start("scene", "tests.faults.newsletter_scene", str(PEOPLE))
        assert scene.result(seconds=180) == 0, scene.said()
        site.sink.moods.slow, site.sink.moods.pipelines = 0.1, True
        yield site


def ask(services: embedded.Services, question: str) -> list[Any]:
    with psycopg.connect(services.database_url, connect_timeout=3) as rows:
        return rows.execute(question).fetchall()


def sums(services: embedded.Services) -> dict[str, int]:
    return dict(ask(services, STATES))


class Watch:
    """Adds up all states, again and again, whenever PostgreSQL answers."""

    def __init__(self, services: embedded.Services) -> None:
        self.seen: list[int] = []
        self._services, self._over = services, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            with suppress(psycopg.OperationalError):
                self.seen.append(sum(sums(self._services).values()))

    def end(self) -> None:
        self._over.set()
        self._thread.join(10)


class Surroundings:
    """What can be restarted or made difficult around the letters. Each deed is over when it ends."""

    def __init__(self, site: Site, own: embedded.Services) -> None:
        self.site, self.own = site, own
        self.worker = site.start_worker()
        site.start_clock()
        self.hung: set[str] = set()

    def redeploy(self) -> None:
        """The new worker begins while the old one finishes what it has in hand."""
        old, before = self.worker, self.lost()
        os.kill(old.pid, signal.SIGTERM)
        self.worker = self.site.start_worker()
        assert old.result(seconds=60) == 0, old.said()
        assert self.lost() == before, "a redeploy leaves nothing unknown"

    def restart_postgresql(self) -> None:
        """Over when the claims that nobody could note have been given up for lost."""
        self.own.postgres.restart()
        sending = "SELECT claim FROM newsletters_delivery WHERE state = 'sending'"
        held = set(ask(self.own, sending))
        until(lambda: not held & set(ask(self.own, sending)), seconds=60, what="no claim is left")

    def restart_valkey(self) -> None:
        self.own.valkey.stop()
        self.own.valkey.start()

    def close_the_mail_server(self) -> None:
        """It says 421 to everybody until the sender has heard it."""
        said = self.site.sink.moods.says
        heard = self.worker.said().count("newsletters wait")
        said[b"MAIL"] = b"421 closing"
        until(
            lambda: self.worker.said().count("newsletters wait") > heard or is_done(self.own),
            seconds=60,
            what="a sender that was sent away",
        )
        del said[b"MAIL"]

    def let_it_hang(self) -> None:
        """It takes the contents of a letter and never answers."""
        last = (
            "SELECT email FROM newsletters_delivery WHERE state = 'queued' ORDER BY id DESC LIMIT 1"
        )
        address = ask(self.own, last)[0][0]
        self.hung.add(address)
        self.site.sink.moods.hangs_up_once[address] = "silence"

    def lost(self) -> set[str]:
        """Whose letter is unknown, although the mail server answered for it."""
        return of_state(self.own, "unknown") - self.hung

    @property
    def deeds(self) -> list[Callable[[], None]]:
        """In any order, but for the redeploy: many letters leave while a worker begins."""
        found = [
            self.restart_postgresql,
            self.restart_valkey,
            self.close_the_mail_server,
            self.let_it_hang,
        ] * drill.FACTOR
        random.shuffle(found)
        return [*found, self.redeploy]


def is_done(own: embedded.Services) -> bool:
    return ask(own, "SELECT 1 FROM newsletters_issue WHERE finished_at IS NOT NULL") == [(1,)]


def test_a_newsletter_arrives_whatever_is_restarted_under_it(
    site: Site, own: embedded.Services
) -> None:
    watch, around = Watch(own), Surroundings(site, own)
    deeds = around.deeds
    for deed in deeds:
        number = len(site.sink.letters) + random.randint(4, 12)
        until(lambda n=number: len(site.sink.letters) >= n, seconds=90, what="more letters")
        assert not is_done(own), "the trouble comes while letters leave"
        deed()
    until(lambda: is_done(own), seconds=180, what="nothing waits and nothing is under way")
    watch.end()

    found = sums(own)
    copies = Counter(letter.to[0] for letter in site.sink.letters)
    sent = of_state(own, "sent")
    assert set(watch.seen) == {PEOPLE} == {sum(found.values())}
    assert len(watch.seen) > 20
    assert max(copies.values()) == 1, "somebody got two"
    assert sent <= set(copies) <= sent | of_state(own, "unknown")
    assert set(found) <= {"sent", "unknown"}
    assert found.get("unknown", 0) <= (IN_HAND + 1) * drill.FACTOR
    assert around.hung <= of_state(own, "unknown"), "nobody can know of a letter without an answer"
    drill.told(f"newsletter, surroundings: {PEOPLE} prepared = {found} after {len(deeds)} troubles")


def of_state(own: embedded.Services, state: str) -> set[str]:
    rows = ask(own, f"SELECT email FROM newsletters_delivery WHERE state = '{state}'")
    return {email for (email,) in rows}
