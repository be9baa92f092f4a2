"""What somebody with a place in a circle reads and gives, behind the link of their letter."""

import pytest
from django.test import Client

from events import emails
from events.models import AgreementRead, Identity, Leader, Registration
from events.services import hand_over, papers
from mail.letters import writer_of
from mail.models import Letter
from members.models import User
from tests.doors import log_in
from tests.events.circle_people import given, number, typed
from tests.events.desk import send, text_of
from tests.factories import CircleFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return CircleFactory(talk=True)


@pytest.fixture
def kim(circle):
    return RegistrationFactory(event=circle.event, name="Kim", email="kim@exempel.se")


def booking(row: Registration, more: str = "") -> str:
    return emails.booking_url(row).removeprefix("http://testserver") + more


def offer(row: Registration) -> str:
    return emails.answer_url(row).removeprefix("http://testserver")


# --- the agreement --------------------------------------------------------------------------------


def test_a_yes_to_a_talk_group_goes_with_the_promises(circle, client: Client):
    row = RegistrationFactory(event=circle.event, offered=True)
    page = text_of(client.get(offer(row)))
    assert "Det som sägs här stannar här." in page
    answer = send(client, offer(row), {"answer": "yes"})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "offered")
    assert "Kryssa i rutan om du håller med" in text_of(answer)
    answer = send(client, offer(row), {"answer": "yes", "agree": "on"})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (303, "confirmed")
    assert AgreementRead.objects.get().registration == row


def test_a_no_needs_no_promise(circle, client: Client):
    row = RegistrationFactory(event=circle.event, offered=True)
    assert send(client, offer(row), {"answer": "no"}).status_code == 303
    assert not AgreementRead.objects.exists()


def test_an_activity_without_a_circle_asks_for_nothing_more(client: Client):
    row = RegistrationFactory(offered=True)
    assert "lovar varandra" not in text_of(client.get(offer(row)))
    assert send(client, offer(row), {"answer": "yes"}).status_code == 303


def test_who_got_a_place_at_once_reads_them_on_the_way_to_the_numbers(circle, kim, client: Client):
    assert "Läs det vi lovar varandra" in text_of(client.get(booking(kim)))
    assert send(client, booking(kim, "lofte/")).status_code == 422
    answer = send(client, booking(kim, "lofte/"), {"agree": "on"})
    assert answer.headers["Location"].endswith("/studieforbundet/")
    assert "Du har läst det" in text_of(client.get(booking(kim, "lofte/")))


# --- the numbers ----------------------------------------------------------------------------------


def test_the_page_says_why_and_keeps_the_number(kim, client: Client):
    page = text_of(client.get(booking(kim, "studieforbundet/")))
    assert "studiecirkel hos Studieförbundet Vuxenskolan" in page
    answer = send(client, booking(kim, "studieforbundet/"), typed())
    assert answer.status_code == 303
    assert Identity.objects.get().personal_number == number()
    page = text_of(client.get(booking(kim, "studieforbundet/")))
    assert "Nu har vi det vi behöver" in page
    assert "1985••••-••••" in page
    assert number() not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Skriv tolv siffror så här: ÅÅÅÅMMDD-NNNN"),
        ({"number": "hej"}, "Skriv tolv siffror så här: ÅÅÅÅMMDD-NNNN"),
        ({"number": "19850230-9801"}, "Det datumet finns inte. Titta på de första åtta siffrorna"),
        (
            {"number": number()[:-1] + str((int(number()[-1]) + 1) % 10)},
            "Någon siffra har blivit fel. Titta gärna en gång till",
        ),
        ({"kind": "lma"}, None),
        ({"kind": "lma", "number": "x1"}, "Skriv numret med siffror, som det står på kortet"),
        ({"postcode": "12"}, "Skriv fem siffror, till exempel 126 53"),
        ({"consent": ""}, "Kryssa i rutan om vi får lämna uppgifterna"),
    ],
)
def test_what_looks_wrong_is_said_kindly(kim, client: Client, wrong, said):
    answer = send(client, booking(kim, "studieforbundet/"), typed(**wrong))
    assert answer.status_code == (422 if said else 303)
    if said:
        assert said in text_of(answer)
        assert not Identity.objects.exists()


def test_a_coordination_number_is_told_apart(kim, client: Client):
    send(client, booking(kim, "studieforbundet/"), typed(number=number("850472")))
    assert Identity.objects.get().kind == "coordination"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("paper", "Ge papperet till ledaren nästa gång ni ses"),
        ("protected", "Du är inte med i någon fil"),
    ],
)
def test_nobody_must_type_a_number(kim, client: Client, choice, said):
    send(client, booking(kim, "studieforbundet/"), {"do": choice})
    assert said in text_of(client.get(booking(kim, "studieforbundet/")))
    assert (Identity.objects.get().way, Identity.objects.get().personal_number) == (choice, "")


def test_a_look_changes_nothing(kim, client: Client):
    for page in ("lofte/", "studieforbundet/"):
        for method in (client.get, client.head):
            method(booking(kim, page))
    assert not Identity.objects.exists()
    assert not AgreementRead.objects.exists()


def test_it_is_asked_only_of_those_with_a_place_in_a_circle(circle, client: Client):
    elsewhere = RegistrationFactory()
    gone = RegistrationFactory(event=circle.event, cancelled=True)
    for row in (elsewhere, gone):
        assert client.get(booking(row, "studieforbundet/")).status_code == 404
    waiting = RegistrationFactory(event=circle.event, waiting=True)
    assert "Lämna uppgifter" not in text_of(client.get(booking(waiting)))


def test_after_the_hand_over_nothing_is_taken_in(circle, kim, client: Client, anna: User):
    hand_over.mark_handed_over(circle, actor=anna)
    page = text_of(client.get(booking(kim, "studieforbundet/")))
    assert "Vi behöver inget mer" in page
    send(client, booking(kim, "studieforbundet/"), typed())
    assert not Identity.objects.exists()


def test_a_number_is_in_no_page_kept_by_a_browser(kim, client: Client):
    page = client.get(booking(kim, "studieforbundet/"))
    assert page["Cache-Control"] == "no-store, private"


# --- the leader -----------------------------------------------------------------------------------


def test_a_leader_gives_the_same_on_a_page_of_their_own(circle, client: Client):
    lo = UserFactory(role="ledare")
    leader = Leader.objects.create(event=circle.event, user=lo)
    url = f"/ledare/{circle.event.slug}/studieforbundet/"
    log_in(client, lo)
    assert url in text_of(client.get("/ledare/"))
    assert send(client, url, typed()).status_code == 303
    assert Identity.objects.get().leader == leader
    assert url not in text_of(client.get("/ledare/"))
    leader.delete()
    assert client.get(url).status_code == 404


# --- the letter -----------------------------------------------------------------------------------


def letter_to(row: Registration) -> dict | None:
    made = writer_of(emails.PAPERS)(Letter(to=row.email, about={"registration": row.pk}))
    return made and made.context


def test_the_letter_leads_to_what_is_left(circle, kim):
    facts = letter_to(kim)
    assert (facts["reads"], facts["tells"], facts["url"].endswith("/lofte/")) == (True, True, True)
    papers.agree(kim)
    facts = letter_to(kim)
    assert (facts["reads"], facts["url"].endswith("/studieforbundet/")) == (False, True)
    papers.give(kim, given())
    assert letter_to(kim) is None
