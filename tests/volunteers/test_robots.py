"""What keeps robots out of the forms for helping, without a puzzle for people."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.volunteers.visits import coordinator
from volunteers.models import BrochureOrder, CareGap, Lead, LectureBooking

pytestmark = pytest.mark.django_db

PERSON = {"name": "Kim", "email": "kim@exempel.se", "consent": "on"}
AT_WORK = {**PERSON, "host": "Mottagningen"}
ORDER = {**AT_WORK, "copies": "5", "street": "Gatan 1", "postcode": "118 20", "town": "Nacka"}
FORMS = [
    ("/engagera-dig/anmalan/", PERSON, Lead),
    ("/om-oss/for-varden/boka/", AT_WORK, LectureBooking),
    ("/om-oss/for-varden/broschyrer/", ORDER, BrochureOrder),
    ("/om-oss/intressepolitik/beratta/", {"text": "Ingen ringde upp."}, CareGap),
]
everywhere = pytest.mark.parametrize(("path", "typed", "model"), FORMS)


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', page)
    return {name: value for name, value in fields if name in ("opened", "submission")}


@everywhere
def test_who_presses_within_a_second_is_asked_to_press_again(
    client: Client, path: str, typed: dict[str, str], model: type
) -> None:
    coordinator()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sent = typed | hidden(client.get(path).content.decode())
        answer = client.post(path, sent)
        page = answer.content.decode()
        assert (answer.status_code, model.objects.count()) == (422, 0)
        assert "Det gick väldigt fort. Tryck en gång till" in page
        assert hidden(page) == hidden_of(sent)
        clock.shift(timedelta(seconds=1))
        assert client.post(path, sent).status_code == 303
    assert model.objects.count() == 1


def hidden_of(sent: dict[str, str]) -> dict[str, str]:
    return {name: sent[name] for name in ("opened", "submission")}


@everywhere
@pytest.mark.parametrize("opened", ["", "nu", "1.0:sant", "x" * 150])
def test_a_press_that_does_not_say_when_the_page_was_opened_is_taken(
    client: Client, path: str, typed: dict[str, str], model: type, opened: str
) -> None:
    coordinator()
    assert client.post(path, typed | {"opened": opened}).status_code == 303
    assert model.objects.count() == 1


@everywhere
def test_fifty_robots_that_fill_in_every_field_leave_nothing(
    client: Client, path: str, typed: dict[str, str], model: type
) -> None:
    coordinator()
    answers = {client.post(path, typed | {"website": "http://x.se"}).status_code for _ in range(50)}
    assert (answers, model.objects.count()) == ({422}, 0)


@everywhere
def test_no_form_asks_another_host_or_shows_a_puzzle(
    client: Client, path: str, typed: dict[str, str], model: type
) -> None:
    page = client.get(path).content.decode()
    assert re.findall(r'(?:src|action)="(?:https?:)?//', page) == []
    assert "captcha" not in page.lower()
