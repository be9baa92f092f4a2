"""Log in with a code from a letter, and tell nobody who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mail.emails import build
from mail.models import Letter
from members.models import LoginCode
from members.services.login import CODES_PER_DAY, MOST_LETTERS, MOST_TRIES
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LOGIN, CODE = "/logga-in/", "/logga-in/kod/"


def ask(client: Client, email: str = "kim@exempel.se", **more):
    return client.post(LOGIN, {"email": email, **more})


def code_in_letter() -> str:
    return Letter.objects.filter(kind="login_code").latest("created_at").private["code"]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def kim():
    return UserFactory(email="kim@exempel.se")


def test_the_code_from_the_letter_logs_in(client, kim):
    asked = ask(client)
    assert (asked.status_code, asked.headers["Location"]) == (303, CODE)
    answer = client.post(CODE, {"code": code_in_letter()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/efter-inloggning/")
    assert is_logged_in(client)


def test_the_session_has_another_number_after_the_log_in(client, kim):
    ask(client)
    before = client.session.session_key
    client.post(CODE, {"code": code_in_letter()})
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "typed",
    ["{0}{1}", " {0} {1} ", "{0}-{1}", "{0}\u00a0{1}", "{0}.{1}"],
)
def test_spaces_and_dashes_in_the_code_are_forgiven(client, kim, typed):
    ask(client)
    code = code_in_letter()
    client.post(CODE, {"code": typed.format(code[:3], code[3:])})
    assert is_logged_in(client)


@pytest.mark.parametrize("typed", ["KIM@Exempel.SE", " kim@exempel.se ", "kim@exempel.se."])
def test_the_address_is_forgiven_its_capitals_and_spaces(client, kim, typed):
    ask(client, typed)
    client.post(CODE, {"code": code_in_letter()})
    assert is_logged_in(client)


def test_the_letter_goes_to_the_address_of_the_account(client, kim):
    ask(client, "KIM@exempel.se")
    assert Letter.objects.get().to == "kim@exempel.se"


def test_the_code_field_can_be_filled_by_the_phone(client, kim):
    page = ask(client) and client.get(CODE)
    field = re.search(r'<input[^>]*name="code"[^>]*>', page.content.decode()).group()
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field
    assert "required" not in field


def test_the_code_page_shows_a_masked_address(client, kim):
    ask(client)
    text = client.get(CODE).content.decode()
    assert "k•••@exempel.se" in text
    assert "kim@exempel.se" not in text


def test_the_link_in_the_letter_fills_in_the_code_and_does_nothing_else(client, kim):
    ask(client)
    code = code_in_letter()
    for method in (client.get, client.head):
        page = method(CODE, {"kod": code})
        assert page.status_code == 200
    assert f'value="{code}"' in client.get(CODE, {"kod": code}).content.decode()
    assert not is_logged_in(client)
    assert LoginCode.objects.get().tries == 0


def test_what_is_not_a_code_in_the_link_is_not_shown(client, kim):
    ask(client)
    page = client.get(CODE, {"kod": "<b>1</b>"}).content.decode()
    assert "<b>1" not in page


def test_the_link_opened_in_another_browser_explains_and_offers_a_new_code(client, kim):
    ask(client)
    page = Client().get(CODE, {"kod": "482913"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Fortsätt där du började" in text
    assert "482\u00a0913" in text
    assert 'name="email"' in text
    assert not page.cookies


def test_a_wrong_code_says_so_and_answers_422(client, kim):
    ask(client)
    answer = client.post(CODE, {"code": wrong(code_in_letter())})
    assert answer.status_code == 422
    assert "Koden stämmer inte. Försök igen eller be om en ny" in answer.content.decode()


def test_after_five_wrong_codes_the_right_one_is_refused_too(client, kim):
    ask(client)
    code = code_in_letter()
    for _ in range(MOST_TRIES):
        client.post(CODE, {"code": wrong(code)})
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert "Koden gäller inte längre" in answer.content.decode()
    assert not is_logged_in(client)


def test_a_code_is_good_for_an_hour_and_not_longer(client, kim):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client)
        code = code_in_letter()
        clock.shift(timedelta(minutes=60))
        answer = client.post(CODE, {"code": code})
        assert "Koden gäller inte längre" in answer.content.decode()
        ask(client)
        code = code_in_letter()
        clock.shift(timedelta(minutes=59, seconds=59))
        client.post(CODE, {"code": code})
        assert is_logged_in(client)


def test_a_code_logs_in_once(client, kim):
    ask(client)
    code, waiting = code_in_letter(), client.session["login_code"]
    client.post(CODE, {"code": code})
    other = Client()
    session = other.session
    session["login_code"] = waiting
    session.save()
    other.cookies["session"] = session.session_key
    other.post(CODE, {"code": code})
    assert not is_logged_in(other)


def test_asking_again_sends_the_same_code_so_that_any_of_the_letters_works(client, kim):
    ask(client)
    first = code_in_letter()
    for _ in range(2):
        assert client.post(CODE, {"again": "1"}).status_code == 303
    assert {letter.private["code"] for letter in Letter.objects.all()} == {first}
    assert Letter.objects.count() == 3


def test_one_request_writes_only_so_many_letters(client, kim):
    ask(client)
    for _ in range(10):
        client.post(CODE, {"again": "1"})
    assert Letter.objects.count() == MOST_LETTERS


def test_after_many_requests_a_day_no_code_opens_anything(client, kim):
    for _ in range(CODES_PER_DAY):
        ask(client)
    letters = Letter.objects.count()
    same = ask(client)
    assert (same.status_code, same.headers["Location"]) == (303, CODE)
    assert Letter.objects.count() == letters
    client.post(CODE, {"code": LoginCode.objects.latest("created_at").digits})
    assert not is_logged_in(client)


def test_who_has_left_cannot_log_in(client, kim):
    kim.is_active = False
    kim.save()
    ask(client)
    assert Letter.objects.get().kind == "login_unknown"


def test_who_leaves_between_the_letter_and_the_code_cannot_log_in(client, kim):
    ask(client)
    code = code_in_letter()
    kim.is_active = False
    kim.save()
    client.post(CODE, {"code": code})
    assert not is_logged_in(client)


@pytest.mark.parametrize("typed", ["", "kim", "kim@", "kim@exempel", "a b@c d"])
def test_what_is_no_address_gets_an_example_and_keeps_what_was_typed(client, typed):
    answer = ask(client, typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert ("Skriv din e-post" if not typed else "namn@exempel.se") in text
    assert Letter.objects.count() == 0


def test_reading_the_page_sets_no_cookie(client):
    page = client.get(LOGIN)
    assert page.status_code == 200
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://ont.exempel/", "//ont.exempel", "/\\ont.exempel", "javascript:x"]
)
def test_next_never_leaves_the_site(client, kim, elsewhere):
    ask(client, next=elsewhere)
    answer = client.post(CODE, {"code": code_in_letter(), "next": elsewhere})
    assert answer.headers["Location"] == "/efter-inloggning/"


def test_next_leads_back_to_where_one_was(client, kim):
    asked = ask(client, next="/anpassa/")
    assert asked.headers["Location"] == f"{CODE}?next=%2Fanpassa%2F"
    answer = client.post(CODE, {"code": code_in_letter(), "next": "/anpassa/"})
    assert answer.headers["Location"] == "/anpassa/"


def test_a_get_does_not_log_out_and_a_post_ends_the_session_on_the_server(client, kim):
    client.force_login(kim)
    key = client.session.session_key
    assert "Vill du logga ut?" in client.get("/logga-ut/").content.decode()
    assert is_logged_in(client)
    assert client.post("/logga-ut/").status_code == 303
    replay = Client()
    replay.cookies["session"] = key
    assert "_auth_user_id" not in replay.session


# --- nobody can tell who has an account (ENU-1, ENU-3) -------------------------------------------


def seen(client: Client, email: str) -> list[object]:
    """All that a visitor can see of a log-in with this address, up to a wrong code and a new letter."""
    shown: list[object] = []
    steps = [
        lambda: client.post(LOGIN, {"email": email}),
        lambda: client.get(CODE),
        lambda: client.post(CODE, {"code": "000000"}),
        lambda: client.post(CODE, {"again": "1"}),
        *[lambda: client.post(CODE, {"code": "000000"})] * MOST_TRIES,
    ]
    for step in steps:
        answer = step()
        headers = {name for name in answer.headers if name != "Content-Length"}
        text = answer.content.decode().replace(email, "X").replace(email[0] + "•••", "X•••")
        text = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", text)
        shown.append(
            (answer.status_code, answer.headers.get("Location"), headers, text, set(answer.cookies))
        )
    return shown


def test_a_known_and_an_unknown_address_look_the_same(kim, monkeypatch):
    monkeypatch.setattr("members.services.login.randbelow", lambda n: 123456)
    assert seen(Client(), "kim@exempel.se") == seen(Client(), "lou@exempel.se")


def test_a_known_and_an_unknown_address_cost_the_same_queries(kim):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(email: str) -> list[str]:
        client = Client()
        with CaptureQueriesContext(connection) as caught:
            ask(client, email)
            client.get(CODE)
            client.post(CODE, {"code": "000000"})
            client.post(CODE, {"again": "1"})
        return [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in caught.captured_queries]

    queries("varm@exempel.se")
    assert queries("kim@exempel.se") == queries("lou@exempel.se")


def test_both_get_exactly_one_letter(client, kim):
    ask(client, "kim@exempel.se")
    ask(client, "lou@exempel.se")
    assert sorted(Letter.objects.values_list("to", "kind")) == [
        ("kim@exempel.se", "login_code"),
        ("lou@exempel.se", "login_unknown"),
    ]


# --- the letters ---------------------------------------------------------------------------------


def test_the_letter_has_the_link_and_the_code(client, kim, settings):
    ask(client)
    letter = Letter.objects.get()
    code = letter.private["code"]
    message = build(letter)
    assert message.subject.startswith("Logga in hos ")
    assert f"{settings.SITE_URL}/logga-in/kod/?kod={code}" in message.body
    assert f"{code[:3]} {code[3:]}" in message.body
    assert "Var det inte du? Då kan du strunta i det här mejlet. Inget händer." in message.body


def test_a_letter_that_leaves_after_its_code_has_died_is_not_sent(client, kim):
    from mail.emails import NothingToTell

    ask(client)
    letter = Letter.objects.get()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)), pytest.raises(NothingToTell):
        build(letter)


def test_the_letter_to_a_stranger_has_no_code(client):
    ask(client)
    letter = Letter.objects.get()
    message = build(letter)
    assert letter.private["code"] not in message.body
    assert "Vi har inget konto" in message.body
