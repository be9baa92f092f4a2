"""Somebody holds a row too long; PostgreSQL is restarted, between requests and in the middle."""

import http.client
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import transaction

from events.models import Event, Registration, Submission
from mail.models import Letter
from samvaro import embedded
from tests.conftest import fill
from tests.events.conftest import make_event
from tests.faults.conftest import MakeSite
from tests.faults.crowd import Answer, Visitor
from tests.servers import Site
from tests.waiting import until

pytestmark = pytest.mark.slow

FORM = "/aktiviteter/promenad/anmalan/"


def person(number: int = 0) -> dict[str, str]:
    return {
        "name": f"Kim {number}",
        "email": f"kim{number}@exempel.se",
        "consent": "on",
        "submission": str(uuid.uuid4()),
    }


def send(site: Site, fields: dict[str, str]) -> Answer:
    visitor = Visitor(site.url)
    try:
        return visitor.post(FORM, **fields)
    finally:
        visitor.leave()


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_a_place_gets_a_kind_page_and_keeps_what_they_wrote(
    make_site: MakeSite,
) -> None:
    site = make_site()
    web = site.start_web()
    event = make_event()
    fields = person()

    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        begun = time.monotonic()
        answer = send(site, fields)
        waited = time.monotonic() - begun

    assert answer.status == 503
    # Three seconds for the lock; the rest is a slow machine. Without a limit it would never end.
    assert waited < 20
    assert "Försök igen" in answer.text
    assert all(f'name="{name}" value="{value}"' in answer.text for name, value in fields.items())
    assert Registration.objects.count() == Submission.objects.count() == Letter.objects.count() == 0
    assert "Traceback" not in web.said()
    assert send(site, fields).status == 303, "the same press again"
    assert Registration.objects.count() == 1


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Services]:
    folder = Path(tmp_path_factory.mktemp("own"))
    services = embedded.start(folder)
    fill(services.database_url)
    yield services
    services.stop(found=True)


@pytest.fixture(scope="module")
def own_site(own: embedded.Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = Path(tmp_path_factory.mktemp("own_site"))
    with Site(folder, database_url=own.database_url, redis_url=own.redis_url) as site:
        scene = site.start("scene", "tests.faults.scene")
        assert scene.result(seconds=180) == 0, scene.said()
        site.start_all()
        yield site


def ask(services: embedded.Services, question: str) -> list[Any]:
    with psycopg.connect(services.database_url) as rows:
        return rows.execute(question).fetchall()


def test_the_first_request_after_a_restart_of_postgresql_is_answered(
    own: embedded.Services, own_site: Site
) -> None:
    assert [own_site.status(FORM) for _ in range(8)] == [200] * 8

    own.postgres.restart()

    assert [own_site.status(FORM) for _ in range(8)] == [200] * 8
    assert own_site.status("/aktiviteter/") == 200
    assert send(own_site, person(9000)).status == 303


def test_restarts_under_traffic_leave_whole_rows_and_a_letter_for_everyone(
    own: embedded.Services, own_site: Site
) -> None:
    statuses: list[int] = []

    def sign_up_until_yes(number: int) -> str:
        fields = person(number)

        def said_yes() -> bool:
            try:
                statuses.append(send(own_site, fields).status)
            except (OSError, http.client.HTTPException):
                return False
            return statuses[-1] == 303

        until(said_yes, seconds=60, what=f"a yes to {number}")
        return fields["email"]

    with ThreadPoolExecutor(4) as people:
        going = [people.submit(sign_up_until_yes, number) for number in range(100)]
        for restart in range(1, 6):
            until(lambda n=restart: statuses.count(303) >= n * 15, seconds=60, what="traffic")
            (own.postgres.kill if restart % 2 else own.postgres.stop)()
            own.postgres.start()
        said_yes = {one.result() for one in going}

    assert set(statuses) <= {303, 500, 503}
    rows = ask(own, "SELECT id, email FROM events_registration WHERE name <> 'Kim 9000'")
    assert {email for _, email in rows} == said_yes
    assert len(rows) == 100
    whole = """
        SELECT count(*) FROM events_registration r
        JOIN privacy_consent c ON c.id = r.consent_id
        JOIN events_submission s ON s.registration_id = r.id
        JOIN mail_letter l ON (l.about->>'registration')::int = r.id
        WHERE r.name <> 'Kim 9000'
    """
    assert ask(own, whole) == [(100,)], "with its yes, its press and its letter"
    # The other test of this file may have left one more whole row, before or after.
    everyone = ask(own, "SELECT count(*) FROM events_registration")
    assert ask(own, "SELECT count(*) FROM privacy_consent") == everyone, "and nothing half done"
    assert ask(own, "SELECT count(*) FROM mail_letter") == everyone
    unsent = "SELECT count(*) FROM mail_letter WHERE state <> 'sent'"
    until(lambda: ask(own, unsent) == [(0,)], seconds=60, what="every letter has left")
    assert {letter.to for letter in own_site.sink.letters} >= {(email,) for email in said_yes}
