"""The organiser's question: who may read the answers, and that they die on their day, in old copies too."""

import os
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from events.emails import booking_url
from events.models import AnswerKey, Event, Leader, Registration
from events.services import answers, keyring
from members.models import User
from privacy.models import AccessLog
from privacy.services import export_person
from samvaro.embedded import binaries
from tests.doors import log_in
from tests.events.desk import LIST, text_of
from tests.events.test_admin_events import save
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
DIES_ON = date(2026, 12, 20)
SECRET = "jordnötter-och-selleri"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Path:
    settings.ANSWER_KEYS_DIR = str(tmp_path / "keys")
    return keyring.folder()


@pytest.fixture
def event(db: None) -> Event:
    return EventFactory(
        question="Vad äter du inte?", question_purpose="kunna laga mat som du kan äta",
        question_readers="office", question_dies_on=DIES_ON,
    )  # fmt: skip


@pytest.fixture
def answered(event: Event, press: Any) -> Registration:
    assert press(event, question=SECRET).status_code == 303
    return Registration.objects.get()


# --- asking ---------------------------------------------------------------------------------------


def test_the_form_says_why_who_reads_it_and_when_it_dies(event: Event, client: Client) -> None:
    text = text_of(client.get(f"{event.url}anmalan/"))
    facts = [
        "Vad äter du inte? (valfritt)", "Vi frågar för att kunna laga mat som du kan äta.",
        "Bara samordnarna läser ditt svar.", "Det raderas 20 december 2026.",
    ]  # fmt: skip
    assert [fact for fact in facts if fact not in text] == []


def test_nobody_has_to_answer(event: Event, press: Any) -> None:
    assert press(event).status_code == 303
    assert Registration.objects.get().answer == ""


def test_an_answer_is_sealed_and_opened(answered: Registration) -> None:
    assert SECRET not in answered.answer
    answer = answers.opened(answered)
    assert answer is not None
    assert (answer.question, answer.text) == ("Vad äter du inte?", SECRET)


def test_who_asks_for_their_data_gets_the_answer(answered: Registration) -> None:
    rows = export_person("kim@exempel.se")
    assert SECRET in str(rows)


def test_nothing_is_asked_after_the_day(event: Event, client: Client, clock: Any) -> None:
    clock.move_to(MORNING + timedelta(days=20))
    Event.objects.filter(pk=event.pk).update(closes_at=None)
    assert "Vad äter du inte?" not in text_of(client.get(f"{event.url}anmalan/"))


def test_a_question_without_purpose_or_day_is_not_published(office: Client) -> None:
    text = text_of(save(office, question="Vad äter du inte?"))
    assert "Skriv varför ni frågar." in text
    assert "Skriv vilken dag svaren ska förstöras." in text


def test_the_day_is_moved_nearer_but_never_away(answered: Registration) -> None:
    event = Event.objects.get(pk=answered.event_id)
    event.question_dies_on = DIES_ON + timedelta(days=1)
    assert "question_dies_on" in event.faults_of_question()
    event.question_dies_on = DIES_ON - timedelta(days=5)
    assert event.faults_of_question() == {}
    event.save()
    answers.ready(event)
    assert AnswerKey.objects.get().dies_on == DIES_ON - timedelta(days=5)
    assert keyring.destroy_due(DIES_ON - timedelta(days=5)) == 1


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("readers", ["office", "leader"])
@pytest.mark.parametrize("role", ["samordnare", "styrelse", "redaktor", "kassor", "ledare"])
def test_only_those_who_were_named_read(
    answered: Registration, client: Client, role: str, readers: str
) -> None:
    event = Event.objects.get(pk=answered.event_id)
    Event.objects.filter(pk=event.pk).update(question_readers=readers)
    user: User = UserFactory(role=role)
    if role == "ledare":
        Leader.objects.create(event=event, user=user)
    log_in(client, user)
    url = f"/ledare/{event.slug}/svar/" if role == "ledare" else f"{LIST}{event.pk}/svar/"
    reads = role == "samordnare" or (role == "ledare" and readers == "leader")
    answer = client.get(url)
    assert (SECRET in text_of(answer)) is reads
    noted = AccessLog.objects.filter(about=answers.ABOUT, actor=user, action="reveal")
    assert noted.exists() is reads


def test_a_stranger_and_another_leader_find_nothing(answered: Registration, client: Client) -> None:
    event = Event.objects.get(pk=answered.event_id)
    Event.objects.filter(pk=event.pk).update(question_readers="leader")
    url = f"/ledare/{event.slug}/svar/"
    assert SECRET not in text_of(client.get(url, follow=True))
    assert log_in(Client(), UserFactory(role="ledare")).get(url).status_code == 404


# --- dying ----------------------------------------------------------------------------------------


def test_on_its_day_the_answer_is_gone_before_the_clock_has_been_there(
    answered: Registration, clock: Any
) -> None:
    clock.move_to(MORNING + timedelta(days=19))
    assert timezone.localdate() == DIES_ON
    assert answers.opened(answered) is None


def test_a_clock_that_stood_still_for_a_week_destroys_when_it_goes_again(
    answered: Registration, clock: Any, keys: Path
) -> None:
    assert answers.destroy_due() == 0
    clock.move_to(MORNING + timedelta(days=26))
    assert [answers.destroy_due(), answers.destroy_due()] == [1, 0]
    assert list(keys.iterdir()) == []
    answered.refresh_from_db()
    assert answered.answer == ""
    assert AnswerKey.objects.get().destroyed_at == timezone.now()


def test_who_answered_reads_when_the_answer_dies_and_that_it_has_died(
    answered: Registration, client: Client, clock: Any
) -> None:
    page = booking_url(answered)
    assert "Svaret förstörs 20 december 2026." in text_of(client.get(page))
    # The clock of the house stood still for some days: the key was dead on its day all the same.
    clock.move_to(MORNING + timedelta(days=22))
    answers.destroy_due()
    told = "Ditt svar på vår fråga förstördes 20 december 2026. Ingen kan läsa det mer."
    assert told in text_of(client.get(page))
    assert "Svaret förstördes" in str(export_person("kim@exempel.se"))


def test_who_did_not_answer_is_told_nothing_of_an_answer(
    event: Event, press: Any, client: Client, clock: Any
) -> None:
    press(event)
    row = Registration.objects.get()
    clock.move_to(MORNING + timedelta(days=19))
    answers.destroy_due()
    assert "vår fråga" not in text_of(client.get(booking_url(row)))


def test_a_key_that_the_database_has_forgotten_dies_too(
    answered: Registration, clock: Any, keys: Path
) -> None:
    AnswerKey.objects.all().delete()
    clock.move_to(MORNING + timedelta(days=20))
    assert answers.destroy_due() == 1
    assert list(keys.iterdir()) == []


def dump() -> bytes:
    """Everything that a backup takes of the database."""
    folder = binaries._wheel_folder()
    if folder is None:
        pytest.skip("this platform has no pg_dump of ours")
    name = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    return subprocess.run(
        [str(folder / "pg_dump"), "--inserts", url], check=True, capture_output=True
    ).stdout


@pytest.mark.django_db(transaction=True)
def test_after_its_day_no_dump_gives_an_answer_back(press: Any, clock: Any, keys: Path) -> None:
    event = EventFactory(
        question="Vad äter du inte?", question_purpose="laga mat", question_dies_on=DIES_ON
    )
    press(event, question=SECRET)
    sealed = Registration.objects.get().answer
    old = dump()
    assert sealed.encode() in old  # the search is known to find what is there
    (key_file,) = keys.iterdir()
    key = keyring.find(AnswerKey.objects.get().uid, timezone.localdate())
    assert key is not None
    clock.move_to(MORNING + timedelta(days=20))
    answers.destroy_due()
    new = dump()
    for copy in (old, new):
        assert SECRET.encode() not in copy
        assert key._signing_key not in copy
        assert key_file.name.encode() not in copy
    assert sealed.encode() not in new
    # The old backup is read in again: the sealed text and the row of the key are back.
    Registration.objects.update(answer=sealed)
    AnswerKey.objects.update(destroyed_at=None)
    assert answers.opened(Registration.objects.get()) is None
    for secret in [*settings.FIELD_KEYS, Fernet.generate_key().decode()]:
        with pytest.raises(InvalidToken):
            Fernet(secret).decrypt(sealed.encode())
    answers.destroy_due()
    assert Registration.objects.get().answer == ""


def test_the_folder_of_keys_is_not_among_what_is_backed_up(settings: Any) -> None:
    from events.services.keyring import keys_outside_backup

    assert keys_outside_backup(None) == []
    settings.ANSWER_KEYS_DIR = f"{settings.MEDIA_ROOT}/nycklar"
    assert [error.id for error in keys_outside_backup(None)] == ["events.E001"]


def test_a_new_field_key_opens_the_answers_of_the_old(
    answered: Registration, settings: Any
) -> None:
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert keyring.rewrap() == 1
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    answer = answers.opened(answered)
    assert answer is not None
    assert answer.text == SECRET
