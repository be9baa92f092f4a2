"""A newsletter leaves while workers are killed, the broker is emptied and the mail server is rude.

Nobody gets two, what is prepared is at every moment the sum of what became of it, and the end is
reached without a hand. The same kills on a careless sender are caught.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

from newsletters.models import Delivery, Issue, OptIn, Pace, Subscription
from newsletters.services import choices
from privacy.services import note_consent
from tests import drill
from tests.faults.conftest import MakeSite
from tests.faults.test_killed_processes import kill_one_of
from tests.newsletters.conftest import approve, sums, write_issue
from tests.servers import Process, Site
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 200 * drill.FACTOR
# Copies in a claim, at the pace of this mail server: what one kill can leave unknown at the most.
IN_HAND = 40
State = Delivery.State


@pytest.fixture
def issue() -> Issue:
    now = timezone.now()
    for number in range(PEOPLE):
        Subscription.objects.create(
            email=address(number), pace=Pace.WEEKLY, source=Subscription.Source.WEB,
            consent=note_consent(choices.PURPOSE, at=now), created_at=now,
        )  # fmt: skip
    assert not OptIn.objects.exists()
    return approve(write_issue())


def address(number: int) -> str:
    return f"reader{number}@exempel.se"


def arrived(site: Site) -> Counter[str]:
    assert all(len(letter.to) == 1 for letter in site.sink.letters)
    return Counter(letter.to[0] for letter in site.sink.letters)


class Watch:
    """Asks all the time whether the sum of all states is what was prepared."""

    def __init__(self, issue: Issue) -> None:
        self.seen: set[int] = set()
        self.looks = 0
        self._issue, self._over = issue, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.seen.add(Delivery.objects.filter(issue=self._issue).count())
            self.looks += 1
        connection.close()

    def end(self) -> None:
        self._over.set()
        self._thread.join(10)


class Workers:
    def __init__(self, site: Site) -> None:
        self.site, self.kills = site, 0
        self.worker = site.start_worker()
        site.start_clock()

    def kill_a_child(self) -> None:
        self.kills += 1
        kill_one_of(self.worker)

    def kill_the_worker(self) -> None:
        self.kills += 1
        self.worker.kill()
        self.worker = self.site.start_worker()

    def end(self) -> None:
        """The rows of the next test are not theirs."""
        for process in self.site.processes:
            process.kill()

    def empty_the_broker(self) -> None:
        with redis.Redis.from_url(settings.REDIS_URL) as valkey:
            valkey.flushdb()


def be_rude(site: Site) -> tuple[set[str], set[str]]:
    """Some mailboxes do not exist, some are full for a while, and sometimes it hangs up."""
    unwilling = random.sample(range(PEOPLE), PEOPLE // 12)
    gone, full, before, after = (set(map(address, unwilling[n::4])) for n in range(4))
    moods = site.sink.moods
    moods.slow, moods.pipelines = 0.02, True
    moods.answers = dict.fromkeys(gone, b"550 5.1.1 no such mailbox")
    moods.answers |= dict.fromkeys(full, b"450 come back later")
    moods.hangs_up_once = dict.fromkeys(before, "before") | dict.fromkeys(after, "after")
    return gone, after


def test_nobody_gets_two_and_the_sums_add_up(make_site: MakeSite, issue: Issue) -> None:
    site = make_site()
    gone, dropped = be_rude(site)
    watch, workers = Watch(issue), Workers(site)
    said_no = {address(number) for number in random.sample(range(PEOPLE), PEOPLE // 20)}
    deeds: list[Callable[[], None]] = [
        *[workers.kill_a_child] * (4 * drill.FACTOR),
        *[workers.kill_the_worker] * (2 * drill.FACTOR),
        workers.empty_the_broker,
        lambda: [choices.end(reader) for reader in said_no] and None,
    ]
    random.shuffle(deeds)
    for deed in deeds:
        wait_for_more(site, issue)
        deed()
    site.sink.moods.answers = dict.fromkeys(gone, b"550 5.1.1 no such mailbox")
    until(lambda: is_done(issue), seconds=180, what="nothing waits and nothing is under way")
    watch.end()
    workers.end()

    found = sums(issue)
    copies = arrived(site)
    assert watch.seen == {PEOPLE} == {issue.prepared}
    assert watch.looks > 20
    assert max(copies.values()) == 1, "somebody got two"
    assert of_state(State.SENT) <= set(copies), "noted as sent, and never arrived"
    assert set(copies) <= of_state(State.SENT) | of_state(State.UNKNOWN)
    assert set(found) <= {"sent", "unknown", "failed", "skipped"}
    assert of_state(State.FAILED) <= gone
    assert of_state(State.SKIPPED) <= said_no
    assert found.get("unknown", 0) <= workers.kills * IN_HAND + len(dropped)
    assert found["sent"] > PEOPLE // 4
    drill.told(
        f"newsletter: {issue.prepared} prepared = {found} after {workers.kills} kills; "
        f"{copies.total()} arrived, nobody twice"
    )


def wait_for_more(site: Site, issue: Issue) -> None:
    """Until some more have come, or until all is done."""
    number = len(site.sink.letters) + random.randint(2, 12)
    until(lambda: len(site.sink.letters) >= number or is_done(issue), seconds=60, what="letters")


def is_done(issue: Issue) -> bool:
    # Who was told "later" need not wait out the real minutes.
    waiting = Delivery.objects.filter(issue=issue, state=State.QUEUED, attempts__gt=0)
    waiting.update(due_at=timezone.now())
    issue.refresh_from_db()
    assert issue.paused_at is None
    return issue.finished_at is not None


def of_state(state: State) -> set[str]:
    return set(Delivery.objects.filter(state=state).values_list("email", flat=True))


# --- the same kills, on a sender that is careless ---------------------------------------------------


def killed_until_done(site: Site, way: str, issue: Issue, *, kills: int) -> None:
    site.sink.moods.slow, site.sink.moods.pipelines = 0.02, True
    for _ in range(kills):
        sender = start(site, way)
        number = len(site.sink.letters) + random.randint(3, 9)
        until(lambda wanted=number: len(site.sink.letters) >= wanted, seconds=60, what="letters")
        sender.kill()
    last = start(site, way)
    assert last.result(seconds=120) == 0, last.said()


def start(site: Site, way: str) -> Process:
    return site.start("sender", "tests.faults.careless_sender", way)


@pytest.mark.parametrize(
    ("way", "twice", "lost"),
    [("as-it-is", False, False), ("marks-first", False, True), ("claims-last", True, False)],
)
def test_a_careless_sender_is_caught(
    make_site: MakeSite, issue: Issue, way: str, twice: bool, lost: bool
) -> None:
    site = make_site()
    # A kill that falls between two claims shows nothing: a careless one is killed more often.
    kills = 6 if twice or lost else 2
    killed_until_done(site, way, issue, kills=kills)
    copies = arrived(site)
    assert (max(copies.values()) > 1) is twice, "somebody got two"
    assert bool(of_state(State.SENT) - set(copies)) is lost, "noted as sent, and never arrived"
    drill.told(f"newsletter, {way}: twice {twice}, lost {lost}, after {kills} kills")
