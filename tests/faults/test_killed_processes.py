"""The worker and the web server are killed with -9 while people sign up and letters leave."""

import http.client
import os
import random
import signal
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from events.models import Event, Registration
from mail.models import Letter
from tests import drill
from tests.events.conftest import make_event
from tests.faults.conftest import MakeSite
from tests.faults.crowd import Visitor
from tests.servers import Process, Site
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 160 * drill.FACTOR
AT_ONCE = 6
# Letters that a worker can have in its hands: one in each process of its pool.
IN_HAND = 2


class Processes:
    """What can be killed, and how it comes back."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.web, self.worker, _clock = site.start_all()
        self.worker_kills = 0

    def kill_a_web_worker(self) -> None:
        """Gunicorn itself starts another one."""
        kill_one_of(self.web)

    def kill_a_child_of_the_worker(self) -> None:
        """Celery itself starts another one."""
        self.worker_kills += 1
        kill_one_of(self.worker)

    def kill_the_worker(self) -> None:
        """All of it, as when the machine's memory runs out; the service manager starts it again."""
        self.worker_kills += 1
        self.worker.kill()
        self.worker = self.site.start_worker(concurrency=IN_HAND)


def kill_one_of(process: Process) -> None:
    children = until(lambda: process.children, what=f"{process.name} has children")
    with suppress(ProcessLookupError):
        os.kill(random.choice(children), signal.SIGKILL)


def sign_up_until_answered(site: Site, event: Event, number: int) -> str:
    """One person, who presses again when no page comes. Returns the address when it has a yes."""
    fields = {
        "name": f"Kim {number}",
        "email": f"kim{number}@exempel.se",
        "consent": "on",
        "submission": str(uuid.uuid4()),
    }
    answers = []

    def said_yes() -> bool:
        visitor = Visitor(site.url)
        try:
            answers.append(visitor.post(f"/aktiviteter/{event.slug}/anmalan/", **fields).status)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            visitor.leave()
        return answers[-1] == 303

    until(said_yes, seconds=60, what=f"a yes to {number}: {answers}")
    return fields["email"]


def wait_for_letters(site: Site, number: int) -> None:
    until(lambda: len(site.sink.letters) >= number, seconds=120, what=f"{number} letters")


def test_nobody_is_left_without_a_letter_and_the_ledger_adds_up(make_site: MakeSite) -> None:
    site = make_site()
    site.sink.moods.slow = 0.04
    processes = Processes(site)
    event = make_event(capacity=None)
    deeds: list[Callable[[], None]] = [
        processes.kill_a_web_worker,
        processes.kill_a_child_of_the_worker,
        processes.kill_the_worker,
    ] * (3 * drill.FACTOR)
    random.shuffle(deeds)

    with ThreadPoolExecutor(AT_ONCE) as people:
        said_yes = [
            people.submit(sign_up_until_answered, site, event, number) for number in range(PEOPLE)
        ]
        for deed in deeds:
            wait_for_letters(site, min(len(site.sink.letters) + random.randint(3, 12), PEOPLE))
            deed()
        addresses = {answered.result() for answered in said_yes}
    until(lambda: not Letter.objects.exclude(state="sent").exists(), seconds=60, what="all sent")

    rows = Registration.objects.filter(event=event)
    assert addresses == set(rows.values_list("email", flat=True)), "a yes is a committed row"
    assert rows.count() == len(addresses) == PEOPLE
    about = Letter.objects.values_list("about__registration", flat=True)
    assert sorted(about) == sorted(rows.values_list("pk", flat=True)), "one letter for each row"
    assert states_of_letters() == {"sent": PEOPLE}

    copies = Counter(letter.letter_id for letter in site.sink.letters)
    assert set(copies) == {str(pk) for pk in Letter.objects.values_list("pk", flat=True)}
    assert copies.total() - PEOPLE <= processes.worker_kills * IN_HAND, "more than was in hand"
    addressed = {letter.letter_id: letter.to for letter in site.sink.letters}
    assert addressed == {str(row.pk): (row.to,) for row in Letter.objects.all()}
    drill.told(
        f"{PEOPLE} yes = {rows.count()} rows = {Letter.objects.count()} letters sent; "
        f"{copies.total()} arrived after {len(deeds)} kills"
    )


def states_of_letters() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, count(*) FROM mail_letter GROUP BY state")
        return dict(cursor.fetchall())
