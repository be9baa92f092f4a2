"""Lists that take long: made by the clock, told about by a letter, fetched by who asked for them."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from mail.models import PreparedFile
from mail.services import files
from mail.services.outbox import deliver_due
from members.models import User
from members.services import exporting
from members.services.staff import end_sessions
from payments.services import listing
from privacy.models import AccessLog
from privacy.services import erase_person, weed
from tests.doors import CSRF_FREE, log_in
from tests.factories import ChargeFactory, PersonFactory, UserFactory
from tests.payments.test_books import a_line

pytestmark = pytest.mark.django_db

EXPORT = "/admin/medlemmar/exportera/"


@pytest.fixture
def rut() -> User:
    return UserFactory(role="medlemsregister", email="rut@exempel.se")


@pytest.fixture
def asked(client: Client, rut: User, monkeypatch: pytest.MonkeyPatch) -> PreparedFile:
    """A list of the register that is too long to wait for."""
    PersonFactory(first_name="Åsa", last_name="Öberg")
    monkeypatch.setattr(exporting, "AT_ONCE", dict.fromkeys(exporting.AT_ONCE, 0))
    log_in(client, rut)
    for _number in range(2):
        answer = client.post(EXPORT, {"som": "csv", "q": "åsa"}, **CSRF_FREE)
        assert answer["Location"] == "/admin/medlemmar/"
    return PreparedFile.objects.get()


def page(row: PreparedFile) -> str:
    return f"/filer/{row.pk}/"


def letters() -> list[tuple[str, str]]:
    deliver_due()
    return [(one.to[0], one.subject) for one in mail.outbox]


def test_it_is_made_told_about_and_fetched(client: Client, asked: PreparedFile) -> None:
    shown = client.get("/admin/medlemmar/").content.decode()
    assert "Vi mejlar när den går att hämta." in shown
    assert client.get(page(asked)).status_code == 404
    assert (files.make_due(), files.make_due()) == (1, 0)
    assert letters() == [("rut@exempel.se", "Din lista är klar")]
    assert page(asked) in str(mail.outbox[0].body)

    assert "Hämta" in client.get(page(asked)).content.decode()
    file = client.post(page(asked))
    assert file["Content-Disposition"].startswith('attachment; filename="lista-')
    assert "Öberg" in file.content.decode("utf-8-sig")
    log = AccessLog.objects.get(action="export")
    assert (log.actor.email, log.reason) == ("rut@exempel.se", "1 rader")


def test_what_was_typed_and_what_was_made_are_unreadable_in_the_database(
    asked: PreparedFile,
) -> None:
    files.make_due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts, content FROM mail_preparedfile")
        assert [value.startswith("gAAAA") for value in cursor.fetchone()] == [True, True]


def test_nobody_else_fetches_it(asked: PreparedFile) -> None:
    files.make_due()
    other = log_in(Client(), UserFactory(role="medlemsregister"))
    assert other.get(page(asked)).status_code == 404
    assert Client().get(page(asked))["Location"].startswith("/logga-in/")


def test_who_has_lost_the_role_fetches_nothing(rut: User, asked: PreparedFile) -> None:
    files.make_due()
    rut.groups.clear()
    end_sessions(rut)
    assert log_in(Client(), User.objects.get(pk=rut.pk)).get(page(asked)).status_code == 404


def test_to_fetch_it_the_second_factor_is_shown_again(rut: User, asked: PreparedFile) -> None:
    files.make_due()
    tired = Client()
    tired.force_login(rut)
    assert tired.post(page(asked)).status_code == 302


def test_after_a_week_it_is_gone(client: Client, asked: PreparedFile) -> None:
    files.make_due()
    later = timezone.now() + timedelta(days=8)
    PreparedFile.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert client.get(page(asked)).status_code == 404
    assert (weed(later)["mail.PreparedFile"], weed(later)["mail.PreparedFile"]) == (1, 0)


def test_one_that_cannot_be_made_is_tried_thrice_and_told(
    asked: PreparedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(files._makers, exporting.LATER, lambda user, facts: 1 / 0)
    assert [files.make_due() for _number in range(4)] == [0, 0, 0, 0]
    row = PreparedFile.objects.get()
    assert (row.attempts, row.failed_at is None, row.content) == (3, False, "")
    assert letters() == [("rut@exempel.se", "Listan gick inte att göra")]


def test_who_is_forgotten_takes_the_lists_along(asked: PreparedFile) -> None:
    erase_person("rut@exempel.se")
    assert PreparedFile.objects.count() == 0


def test_the_ledger_of_a_long_period_is_made_by_the_clock(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_line(ChargeFactory(year=2026), 20_000)
    monkeypatch.setattr(listing, "AT_ONCE", 0)
    log_in(client, UserFactory(role="kassor"))
    asked: dict[str, Any] = {"from_day": "2026-01-01", "to_day": "2026-11-30", "kind": "csv"}
    answer = client.post("/admin/avgifter/bokforing/hamta/", asked, **CSRF_FREE)
    assert answer["Location"] == "/admin/avgifter/bokforing/"
    files.make_due()
    content = client.post(page(PreparedFile.objects.get())).content.decode("utf-8-sig")
    assert "200,00" in content


def test_the_worker_knows_every_maker_though_it_shows_no_page() -> None:
    program = "import django; django.setup(); from mail.services import files; print(sorted(files._makers))"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "samvaro.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.ROOT, env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(sorted([exporting.LATER, listing.LATER]))
