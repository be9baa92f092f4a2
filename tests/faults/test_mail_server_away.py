"""The mail server is gone, silent or rude: forms are taken at once, and letters leave later."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from events.models import Event
from mail.models import Letter
from tests import drill
from tests.events.conftest import make_event
from tests.faults.conftest import MakeSite
from tests.faults.crowd import Visitor
from tests.servers import Site
from tests.sink import Sink
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# How long a form may take, whatever the mail server does, in seconds.
PATIENCE = 3.0
PEOPLE = 12 * drill.FACTOR
State = Letter.State


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    site = make_site()
    site.start_all()
    return site


@pytest.fixture(autouse=True)
def _kind_again(site: Site) -> Iterator[None]:
    site.sink.letters.clear()
    yield
    site.sink.start()
    site.sink.moods.answers.clear()


@contextmanager
def gone(sink: Sink) -> Iterator[None]:
    sink.stop()
    yield
    sink.start()


@contextmanager
def silent(sink: Sink) -> Iterator[None]:
    sink.moods.silent = True
    yield
    sink.moods.silent = False


@contextmanager
def hanging_up(sink: Sink) -> Iterator[None]:
    """It keeps the letter and hangs up before it says so."""
    sink.moods.hangs_up_after_data = True
    yield
    sink.moods.hangs_up_after_data = False


def sign_up(site: Site, event: Event, email: str) -> float:
    visitor, begun = Visitor(site.url), time.monotonic()
    answer = visitor.post(
        f"/aktiviteter/{event.slug}/anmalan/", name="Kim", email=email, consent="on"
    )
    visitor.leave()
    assert answer.status == 303
    return time.monotonic() - begun


def wait_until_all_are(*states: str) -> None:
    def others() -> int:
        return Letter.objects.exclude(state__in=states).count()

    until(lambda: others() == 0, seconds=60, what=f"every letter is {states}")


@pytest.mark.parametrize("away", [gone, silent, hanging_up])
def test_forms_are_taken_at_once_and_every_letter_leaves_later(
    site: Site, away: Callable[[Sink], AbstractContextManager[None]]
) -> None:
    event = make_event(capacity=None)
    people = [f"kim{number}@exempel.se" for number in range(PEOPLE)]

    with away(site.sink):
        slowest = max(sign_up(site, event, email) for email in people)
        until(lambda: Letter.objects.exclude(last_error="").exists(), what="a letter that waits")
        assert not Letter.objects.filter(state=State.FAILED).exists()

    assert slowest < PATIENCE
    wait_until_all_are(State.SENT)
    assert {letter.to for letter in site.sink.letters} == {(email,) for email in people}
    arrived = Counter(letter.letter_id for letter in site.sink.letters)
    assert len(arrived) == PEOPLE, "a copy has the same number as the first"
    attempts = {str(letter.pk): letter.attempts for letter in Letter.objects.all()}
    assert all(copies <= attempts[number] for number, copies in arrived.items())
    drill.told(f"mail server {away.__name__}: {PEOPLE} pressed = {len(arrived)} letters arrived")


def test_one_mailbox_that_is_refused_does_not_stop_the_others(site: Site) -> None:
    event = make_event(capacity=None)
    site.sink.moods.answers = {
        "gone@exempel.se": b"550 no such mailbox",
        "full@exempel.se": b"452 mailbox full",
    }
    for email in ("gone@exempel.se", "full@exempel.se", "kim@exempel.se", "bo@exempel.se"):
        sign_up(site, event, email)

    until(lambda: len(site.sink.letters) == 2, seconds=60, what="the other letters")
    until(lambda: not Letter.objects.filter(state=State.SENDING).exists(), what="all noted")
    states = dict(Letter.objects.values_list("to", "state"))
    assert states == {
        "gone@exempel.se": State.FAILED,
        "full@exempel.se": State.QUEUED,
        "kim@exempel.se": State.SENT,
        "bo@exempel.se": State.SENT,
    }
    later = Letter.objects.get(to="full@exempel.se")
    assert later.last_error == "452 mailbox full"
    assert later.due_at > later.created_at
