"""Valkey is gone, or there and silent, or empty: pages answer, and every letter leaves later."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.utils import timezone

from events import emails
from events.models import Event, Registration
from mail.models import Letter
from pages.services import foundation
from samvaro import embedded
from tests.events.conftest import make_event, take_place
from tests.faults.conftest import MakeSite
from tests.faults.crowd import Answer, Visitor
from tests.servers import Site
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# How long a page may take without Valkey, and with one that never answers, in seconds.
GONE, SILENT = 3.0, 5.0
# How soon every letter must have left when Valkey is back, in seconds (RES-1 allows two minutes).
BACK_TO_WORK = 60.0


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Valkey]:
    valkey = embedded.Valkey(Path(tmp_path_factory.mktemp("valkey")))
    valkey.start()
    yield valkey
    valkey.stop()


@pytest.fixture(scope="module")
def site(make_site: MakeSite, valkey: embedded.Valkey) -> Site:
    site = make_site(redis_url=valkey.url)
    site.start_all()
    return site


class Visit:
    """One person's way through everything public, and the longest that they had to wait."""

    def __init__(self, site: Site) -> None:
        self.visitor = Visitor(site.url)
        self.slowest = (0.0, "")
        self.refused: list[tuple[str, int]] = []

    def get(self, path: str) -> Answer:
        return self._timed(path, lambda: self.visitor.get(path))

    def post(self, path: str, **fields: str) -> Answer:
        return self._timed(f"POST {path}", lambda: self.visitor.post(path, **fields))

    def _timed(self, what: str, deed: Callable[[], Answer]) -> Answer:
        begun = time.monotonic()
        answer = deed()
        self.slowest = max(self.slowest, (time.monotonic() - begun, what))
        if answer.status >= 400:
            self.refused.append((what, answer.status))
        return answer


Rows = tuple[Event, Event, Registration]


@pytest.fixture
def rows() -> Rows:
    """An activity with places, a full one, and somebody with a booking."""
    foundation.lay()
    event, full = make_event(capacity=50), make_event("full", capacity=1)
    take_place(full, email="first@exempel.se")
    return event, full, take_place(event, email="booked@exempel.se")


def walk_everywhere(site: Site, rows: Rows, email: str) -> Visit:
    event, full, booked = rows
    visit = Visit(site)
    here, queue = f"/aktiviteter/{event.slug}/", f"/aktiviteter/{full.slug}/ko/"
    for path in ("/", "/aktiviteter/", "/akut-hjalp/", "/anpassa/", "/sok/?q=promenad", here):
        visit.get(path)
    visit.post("/anpassa/", theme="mork", text_size="", images="")
    visit.get(f"{here}kalender.ics")
    visit.get(f"{here}anmalan/")
    done = visit.post(f"{here}anmalan/", name="Kim", email=email, consent="on")
    visit.get(done.location)
    visit.get(queue)
    visit.post(queue, name="Kim", email=email, consent="on")
    booking = emails.booking_url(booked).removeprefix(settings.SITE_URL)
    visit.get(booking)
    visit.post(booking, do="coming")
    visit.get(f"{booking}avboka/")
    visit.post(f"{booking}avboka/")
    visit.post(booking, do="undo")
    visit.get("/logga-in/")
    visit.post("/logga-in/", email=email)
    visit.visitor.leave()
    return visit


@contextmanager
def stopped(valkey: embedded.Valkey) -> Iterator[None]:
    valkey.stop()
    try:
        yield
    finally:
        valkey.start()


@contextmanager
def silent(valkey: embedded.Valkey) -> Iterator[None]:
    """It takes every connection and never says a word."""
    pid = valkey.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def wait_until_all_letters_have_left(site: Site) -> None:
    def waiting() -> list[str]:
        due = Letter.objects.filter(due_at__lte=timezone.now())
        return list(due.exclude(state__in=["sent", "skipped"]).values_list("kind", flat=True))

    until(lambda: not waiting(), seconds=BACK_TO_WORK, what="every due letter has left")
    sent = Letter.objects.filter(state=Letter.State.SENT)
    arrived = {letter.letter_id for letter in site.sink.letters}
    assert {str(letter.id) for letter in sent} <= arrived


@pytest.mark.parametrize(("away", "patience"), [(stopped, GONE), (silent, SILENT)])
def test_every_page_and_form_answers_and_the_letters_leave_when_valkey_is_back(
    site: Site,
    valkey: embedded.Valkey,
    rows: Rows,
    away: Callable[[embedded.Valkey], Iterator[None]],
    patience: float,
) -> None:
    walk_everywhere(site, rows, "before@exempel.se")
    address = f"{away.__name__}@exempel.se"
    with away(valkey):
        visit = walk_everywhere(site, rows, address)

    assert visit.refused == []
    assert visit.slowest[0] < patience, visit.slowest
    assert Registration.objects.filter(email=address).count() == 2
    wait_until_all_letters_have_left(site)
    assert len(site.sink.to(address)) == 3, "a place, a number in the queue, a code"


def test_a_valkey_that_forgets_everything_loses_no_letter(
    site: Site, valkey: embedded.Valkey, rows: Rows
) -> None:
    event = rows[0]
    site.sink.moods.slow = 0.05
    with redis.Redis.from_url(valkey.url) as broker:
        for number in range(30):
            visitor = Visitor(site.url)
            person = {"name": "Kim", "email": f"flush{number}@exempel.se", "consent": "on"}
            assert visitor.post(f"/aktiviteter/{event.slug}/anmalan/", **person).status == 303
            visitor.leave()
            if number % 5 == 0:
                broker.flushall()

    wait_until_all_letters_have_left(site)
    assert {len(site.sink.to(f"flush{number}@exempel.se")) for number in range(30)} == {1}
