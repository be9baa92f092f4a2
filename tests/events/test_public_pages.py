"""What a visitor sees and sends: the activity, the form, the queue and the page after."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event, Registration, Submission
from mail.models import Letter
from tests.events.conftest import make_event, stand_in_queue, take_place

pytestmark = pytest.mark.django_db
Press = Callable[..., Any]


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_visitor_signs_up_and_sees_a_page_that_can_be_opened_again(
    event: Event, press: Press, client: Client
) -> None:
    answer = press(event)
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert "Klart. Vi ses!" in text_of(page)
    assert "kim@exempel.se" in text_of(page)
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Skriv ditt namn"),
        ({"email": ""}, "Skriv din e-post"),
        ({"email": "kim"}, "Skriv din e-post så här: namn@exempel.se"),
        ({"consent": ""}, "Kryssa i rutan om vi får spara dina uppgifter"),
        ({"name": "a" * 81}, "80"),
    ],
)
def test_a_rejected_form_says_what_is_missing_and_keeps_what_was_typed(
    event: Event, press: Press, typed: dict[str, str], error: str
) -> None:
    everything = {"name": "Kim Ek", "email": "kim.ek@exempel.se", "consent": "on"} | typed
    answer = press(event, **everything)
    assert answer.status_code == 422
    assert error in text_of(answer)
    html = answer.content.decode()
    lost = [
        name
        for name in ("name", "email")
        if everything[name] and f'value="{everything[name]}"' not in html
    ]
    assert lost == []
    assert ("checked" in html) == bool(everything["consent"])
    assert Registration.objects.count() == 0


def test_full_between_load_and_press_is_the_queue_page_with_the_values(
    event: Event, press: Press
) -> None:
    take_place(event, "a@exempel.se")
    take_place(event, "b@exempel.se")
    answer = press(event)
    assert answer.status_code == 422
    assert "Platsen hann ta slut. Vill du stå i kö?" in text_of(answer)
    html = answer.content.decode()
    assert 'value="Kim"' in html
    assert 'value="kim@exempel.se"' in html
    assert 'action="/aktiviteter/promenad/ko/"' in html


def test_the_queue_form_gives_a_place_in_the_queue(event: Event, press: Press) -> None:
    take_place(event, "a@exempel.se")
    take_place(event, "b@exempel.se")
    answer = press(event, "ko")
    assert answer.status_code == 303
    assert Registration.objects.get(email="kim@exempel.se").state == "waiting"


def test_pressing_twice_and_back_and_pressing_again_is_one_place(
    event: Event, press: Press
) -> None:
    key = str(uuid.uuid4())
    answers = [press(event, submission=key) for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {answers[0]["Location"]}
    assert Registration.objects.count() == 1
    assert Letter.objects.count() == 1


def normalised(page: Any) -> str:
    """The page without what was typed and without its own address."""
    html = page.content.decode()
    html = re.sub(r"ratta=[^\"&]+", "ratta=", html)
    return re.sub(r"(known|unknown)@exempel\.se", "…", html)


@pytest.mark.parametrize("where", ["anmalan", "ko"])
def test_a_known_address_gets_the_same_page_as_an_unknown_one(
    event: Event, press: Press, client: Client, where: str
) -> None:
    if where == "ko":
        Event.objects.update(capacity=1)
        take_place(event, "a@exempel.se")
        stand_in_queue(event, "known@exempel.se")
    else:
        take_place(event, "known@exempel.se")
    known = press(event, where, email="known@exempel.se")
    unknown = press(event, where, email="unknown@exempel.se")
    assert known.status_code == unknown.status_code == 303
    assert known.cookies.keys() == unknown.cookies.keys()
    assert normalised(client.get(known["Location"])) == normalised(client.get(unknown["Location"]))


def test_a_full_activity_answers_alike_for_known_and_unknown(event: Event, press: Press) -> None:
    take_place(event, "known@exempel.se")
    take_place(event, "b@exempel.se")
    key = str(uuid.uuid4())
    known = press(event, email="known@exempel.se", submission=key)
    unknown = press(event, email="unknown@exempel.se", submission=key)
    assert known.status_code == unknown.status_code == 422
    assert normalised(known) == normalised(unknown)


def test_known_and_unknown_addresses_each_get_one_letter(event: Event, press: Press) -> None:
    take_place(event, "known@exempel.se")
    Letter.objects.all().delete()
    press(event, email="known@exempel.se")
    press(event, email="unknown@exempel.se")
    letters = Letter.objects.order_by("to").values_list("to", "kind")
    assert list(letters) == [
        ("known@exempel.se", "event_already"),
        ("unknown@exempel.se", "event_confirmed"),
    ]


def test_no_cookie_is_set_before_or_after_a_visitor_signs_up(
    event: Event, press: Press, client: Client
) -> None:
    pages = [
        client.get("/aktiviteter/promenad/"),
        client.get("/aktiviteter/promenad/anmalan/"),
        press(event),
    ]
    assert [page.cookies.output() for page in pages] == ["", "", ""]


def test_a_robot_that_fills_in_everything_leaves_nothing_behind(event: Event, press: Press) -> None:
    answer = press(event, website="http://win.example")
    assert answer.status_code == 422
    assert (Registration.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes_at": timezone.now() - timedelta(hours=1)}, "Anmälan har stängt"),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "Anmälan har inte öppnat än"),
        ({"cancelled_at": timezone.now()}, "Träffen är inställd"),
        ({"sign_up": "none"}, "Du behöver inte anmäla dig"),
        ({"capacity": 0, "waiting_list": False}, "Just nu är det fullt"),
    ],
)
def test_an_old_form_meets_a_kind_page_and_leaves_no_row(
    event: Event, press: Press, client: Client, change: dict[str, Any], words: str
) -> None:
    Event.objects.update(**change)
    assert words in text_of(client.get("/aktiviteter/promenad/anmalan/"))
    for where in ("anmalan", "ko"):
        answer = press(event, where)
        assert answer.status_code == 422
    assert (Registration.objects.count(), Submission.objects.count()) == (0, 0)


def test_a_draft_cannot_be_seen_or_signed_up_for(client: Client, press: Press) -> None:
    draft = make_event("utkast", live=False)
    assert client.get("/aktiviteter/utkast/").status_code == 404
    assert press(draft).status_code == 404


def test_an_activity_that_is_over_is_still_a_page(client: Client) -> None:
    make_event("forra", starts_at=timezone.now() - timedelta(days=3))
    assert "Anmälan har stängt" in text_of(client.get("/aktiviteter/forra/"))


def test_the_address_can_be_corrected_from_the_page_after(
    event: Event, press: Press, client: Client
) -> None:
    done = press(event, email="fel@exempel.se")["Location"]
    link = re.search(r'href="([^"]+ratta=[^"]+)"', client.get(done).content.decode())
    assert link is not None
    form = client.get(link[1]).content.decode()
    assert 'value="fel@exempel.se"' in form
    key = re.search(r'name="submission" value="([^"]+)"', form)
    assert key is not None
    press(event, email="kim@exempel.se", submission=key[1])
    active = Registration.objects.active()
    assert [row.email for row in active] == ["kim@exempel.se"]


def test_calendar_files_tell_nobody_what_it_is_about(event: Event, client: Client) -> None:
    for url in ("/aktiviteter/promenad/kalender.ics", "/aktiviteter/kalender.ics"):
        response = client.get(url)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        text = response.content.decode()
        assert "SUMMARY:Promenad\r\n" in text
        assert "anhörig" not in text
        assert text.count("BEGIN:VEVENT") == 1


def test_the_page_after_knows_only_its_own_signature(event: Event, client: Client) -> None:
    forged = f"/aktiviteter/promenad/anmalan/klart/{uuid.uuid4()}:abc/"
    assert client.get(forged).status_code == 404


@pytest.mark.parametrize("capacity", [5, 0], ids=["a place", "the queue"])
def test_a_known_address_costs_as_many_questions_as_an_unknown_one(
    client: Client, capacity: int
) -> None:
    """Time tells too: the two presses do the same work."""
    event = make_event(capacity=capacity)
    way = "anmalan" if capacity else "ko"

    def press(email: str) -> int:
        typed = {"name": "Kim", "email": email, "consent": "on"}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(f"/aktiviteter/{event.slug}/{way}/", typed).status_code == 303
        return len(asked)

    # What a process reads once has been read, and the words of the yes are there.
    press("first@exempel.se")
    press("second@exempel.se")
    unknown, known = press("kim@exempel.se"), press("kim@exempel.se")
    assert known == unknown
    assert Registration.objects.filter(email="kim@exempel.se").count() == 1
