"""Mina sidor: in by a letter, out with everything, and nobody told who is a member."""

import io
import json
import re
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Registration
from mail.emails import build
from mail.models import Letter
from members.models import LoginCode, Membership, Person, User
from members.services import own
from members.services.login import CODES_PER_DAY, check_code
from newsletters.models import Subscription
from newsletters.services import choices
from pages.services import mine, own_data
from payments.models import Charge
from privacy.models import AccessLog
from privacy.services import note_access, weed
from tests.doors import log_in
from tests.factories import (
    ChargeFactory,
    EventFactory,
    MembershipFactory,
    PersonFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KIM = "kim@exempel.se"


def ask(client: Client, email: str = KIM) -> Any:
    return client.post("/logga-in/", {"email": email})


def come_in(client: Client, email: str = KIM) -> Client:
    ask(client, email)
    letter = Letter.objects.filter(kind="login_code").latest("created_at")
    client.post("/logga-in/kod/", {"code": letter.private["code"]})
    return client


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def kim() -> Person:
    return PersonFactory(first_name="Kim", last_name="Ek", email=KIM, member=True, member_number=7)


# --- the door -----------------------------------------------------------------------------------


def test_a_member_logs_in_with_the_address_of_the_register(client: Client, kim: Person) -> None:
    come_in(client, " KIM@exempel.se")
    user = User.objects.get()
    assert (user.email, user.works_here, user.has_usable_password()) == (KIM, False, False)
    assert client.get("/efter-inloggning/").headers["Location"] == "/mina-sidor/"
    page = text_of(client.get("/mina-sidor/"))
    assert "Hej Kim!" in page
    assert "Du har inget inbokat." in page


def test_the_same_account_is_found_the_next_time(client: Client, kim: Person) -> None:
    come_in(client)
    come_in(Client())
    assert User.objects.count() == 1


def test_asking_makes_no_account_and_looks_the_same_for_all(client: Client, kim: Person) -> None:
    known, unknown = ask(client), ask(Client(), "ingen@exempel.se")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert not User.objects.exists()
    assert LoginCode.objects.filter(user=None).count() == 2


def test_the_work_is_the_same_for_known_and_unknown(kim: Person) -> None:
    counts = []
    for email in (KIM, "ingen@exempel.se"):
        with CaptureQueriesContext(connection) as asked:
            ask(Client(), email)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_asks_too_often_gets_digits_that_open_nothing(client: Client, kim: Person) -> None:
    for _number in range(CODES_PER_DAY + 1):
        ask(Client())
    last = LoginCode.objects.latest("created_at")
    assert check_code(last.pk, last.digits)[1] is None
    assert not User.objects.exists()


def test_an_account_that_was_switched_off_stays_so(client: Client, kim: Person) -> None:
    UserFactory(email=KIM, has_left=True)
    come_in(client)
    assert "_auth_user_id" not in client.session


def test_who_is_hidden_or_merged_does_not_log_in(client: Client, kim: Person) -> None:
    Person.objects.update(hidden_at=timezone.now())
    ask(client)
    assert set(Letter.objects.values_list("kind", flat=True)) == {"login_unknown"}


def test_without_a_log_in_there_is_nothing(client: Client) -> None:
    for page in ("", "vem/", "bokningar/", "medlemskap/", "uppgifter/", "uppgifter/hamta/"):
        answer = client.get(f"/mina-sidor/{page}")
        assert answer.headers["Location"].startswith("/logga-in/")


def test_two_with_one_mailbox_choose_who_they_are(client: Client, kim: Person) -> None:
    bo = PersonFactory(first_name="Bo", last_name="Ek", email=KIM)
    stranger = PersonFactory()
    come_in(client)
    assert client.get("/mina-sidor/").headers["Location"] == "/mina-sidor/vem/"
    client.post("/mina-sidor/vem/", {"person": str(stranger.reference)})
    assert client.get("/mina-sidor/").headers["Location"] == "/mina-sidor/vem/"
    client.post("/mina-sidor/vem/", {"person": str(bo.reference)})
    assert "Hej Bo!" in text_of(client.get("/mina-sidor/"))


# --- what is there ------------------------------------------------------------------------------


def test_the_next_activity_is_first_and_opens_its_booking(client: Client, kim: Person) -> None:
    event = EventFactory(title="Promenad i Tanto")
    row = RegistrationFactory(event=event, email=KIM)
    other = RegistrationFactory(event=event)
    come_in(client)
    assert "Promenad i Tanto" in text_of(client.get("/mina-sidor/"))
    opened = client.post("/mina-sidor/bokningar/", {"booking": row.pk})
    assert opened.status_code == 303
    assert "Du har en plats" in text_of(client.get(opened.headers["Location"]))
    assert client.post("/mina-sidor/bokningar/", {"booking": other.pk}).status_code == 404


def test_a_receipt_is_a_pdf_and_only_ones_own(client: Client, kim: Person) -> None:
    paid = ChargeFactory(received=20_000)
    Membership.objects.update(charge=paid)
    others = ChargeFactory(received=20_000)
    MembershipFactory(charge=others)
    come_in(client)
    assert "200" in text_of(client.get("/mina-sidor/medlemskap/"))
    paid, others = Charge.objects.get(pk=paid.pk), Charge.objects.get(pk=others.pk)
    answer = client.get(f"/mina-sidor/kvitto/{paid.number}/")
    assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert client.get(f"/mina-sidor/kvitto/{others.number}/").status_code == 404


def test_a_card_says_valid_or_not_and_nothing_else(client: Client, kim: Person) -> None:
    token = mine.card_token(kim)
    page = client.get(f"/medlemskort/{token}/")
    assert text_of(page) == "Giltigt Giltigt"
    assert "Kim" not in page.content.decode()
    for wrong in (f"{token}x", "0", mine.card_token(PersonFactory())):
        assert text_of(client.get(f"/medlemskort/{wrong}/")) == "Inte giltigt Inte giltigt"
    Membership.objects.update(ended_on=timezone.localdate())
    assert text_of(client.get(f"/medlemskort/{token}/")) == "Inte giltigt Inte giltigt"


# --- own data -----------------------------------------------------------------------------------


def test_own_data_is_changed_and_the_address_of_the_mailbox_is_not(
    client: Client, kim: Person
) -> None:
    come_in(client)
    typed = {"first_name": "Kimmy", "street": "Nya gatan 2", "email": "annan@exempel.se"}
    assert client.post("/mina-sidor/uppgifter/andra/", typed).status_code == 303
    kim.refresh_from_db()
    assert (kim.first_name, kim.street, kim.email) == ("Kimmy", "Nya gatan 2", KIM)
    assert client.post("/mina-sidor/uppgifter/andra/", {"birth_year": "75"}).status_code == 422


def test_who_is_protected_changes_without_coming_into_the_open(client: Client) -> None:
    person = PersonFactory(protected_identity=True, email=KIM)
    come_in(client)
    typed = {"first_name": "Hemlig", "last_name": "Hök", "town": "Flen"}
    client.post("/mina-sidor/uppgifter/andra/", typed)
    person.refresh_from_db()
    assert (person.town, person.full_name) == ("", "Skyddade uppgifter")
    assert "Flen" in text_of(client.get("/mina-sidor/uppgifter/"))


def test_everything_is_fetched_as_a_page_and_a_file(client: Client, kim: Person) -> None:
    RegistrationFactory(email=KIM, name="Kim")
    come_in(client)
    answer = client.post("/mina-sidor/uppgifter/hamta/")
    with ZipFile(io.BytesIO(answer.content)) as package:
        assert package.namelist() == ["dina-uppgifter.html", "dina-uppgifter.json"]
        found = json.loads(package.read("dina-uppgifter.json"))
    assert {"register", "anmälningar"} <= set(found)
    assert "no-store" in answer["Cache-Control"]


def test_who_came_in_long_ago_shows_again_who_they_are(client: Client, kim: Person) -> None:
    log_in(client, UserFactory(email=KIM), ago=3600, factor=False)
    for page in ("hamta", "radera"):
        answer = client.post(f"/mina-sidor/uppgifter/{page}/", {"understood": "on"})
        assert answer.headers["Location"] == "/logga-ut/?igen=1"
    assert not Letter.objects.exists()


def test_who_has_looked_is_told_by_role_and_not_by_name(client: Client, kim: Person) -> None:
    rut = UserFactory(role="medlemsregister", first_name="Rut", last_name="Rask")
    note_access(rut, action="view", about="members.Person", reference=str(kim.reference))
    come_in(client)
    page = text_of(client.get("/mina-sidor/vem-kan-se/"))
    assert "Den som sköter medlemsregistret öppnade" in page
    assert "Rut" not in page
    assert "Kassören" in page
    Person.objects.update(is_protected=True, town="")
    assert "Kassören" not in text_of(client.get("/mina-sidor/vem-kan-se/"))


# --- to be forgotten ----------------------------------------------------------------------------


def erase_door(client: Client) -> str:
    client.post("/mina-sidor/uppgifter/radera/", {"understood": "on"})
    message = build(Letter.objects.get(kind="erase_confirm"))
    assert message is not None
    found = re.search(r"/radering/[\w-]+/", str(message.body))
    assert found
    return found.group()


def test_erasing_waits_for_the_letter_and_can_be_undone(client: Client, kim: Person) -> None:
    come_in(client)
    assert client.post("/mina-sidor/uppgifter/radera/").status_code == 422
    door = erase_door(client)
    client.get(door)
    kim.refresh_from_db()
    assert kim.hidden_at is None
    client.post(door, {"do": "erase"})
    kim.refresh_from_db()
    assert kim.erase_on == timezone.localdate() + timedelta(days=14)
    assert "Dina uppgifter är dolda" in text_of(client.get(door))
    assert not Person.objects.in_register().exists()
    client.post(door, {"do": "undo"})
    assert Person.objects.in_register().get() == kim


def test_after_fourteen_days_everything_is_gone(client: Client, kim: Person) -> None:
    row = RegistrationFactory(email=KIM, name="Kim")
    come_in(client)
    client.post(erase_door(client), {"do": "erase"})
    with time_machine.travel(timezone.now() + timedelta(days=13)):
        weed(timezone.now())
        kim.refresh_from_db()
        assert kim.first_name == "Kim"
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        weed(timezone.now())
    kim.refresh_from_db()
    row.refresh_from_db()
    assert (kim.first_name, kim.email, row.name) == ("Borttagen", "", "")
    assert row.state == Registration.State.CANCELLED
    assert Membership.objects.get().ended_on is not None


def test_erasing_at_once_leaves_who_shares_the_mailbox(client: Client, kim: Person) -> None:
    bo = PersonFactory(first_name="Bo", email=KIM)
    come_in(client)
    client.post("/mina-sidor/vem/", {"person": str(kim.reference)})
    door = erase_door(client)
    client.post(door, {"do": "erase"})
    client.post(door, {"do": "now"})
    kim.refresh_from_db()
    bo.refresh_from_db()
    assert (kim.first_name, bo.first_name, bo.email) == ("Borttagen", "Bo", KIM)
    assert "Dina uppgifter är borta" in text_of(client.get(door))


def test_who_works_here_is_asked_to_write_instead(client: Client, kim: Person) -> None:
    log_in(client, UserFactory(email=KIM, role="styrelse"))
    page = client.post("/mina-sidor/uppgifter/radera/", {"understood": "on"})
    assert "Du har också ett uppdrag hos oss" in text_of(page)
    assert not Letter.objects.filter(kind="erase_confirm").exists()
    assert not AccessLog.objects.exists()


def test_who_hides_gives_the_places_back_at_once(client: Client, kim: Person) -> None:
    mine = RegistrationFactory(email=KIM, name="Kim")
    own_data.hide(kim)
    mine.refresh_from_db()
    assert (mine.state, Letter.objects.filter(kind="event_self_cancelled").count()) == (
        "cancelled", 0,
    )  # fmt: skip


def test_what_another_with_the_same_mailbox_has_booked_stays(kim: Person) -> None:
    PersonFactory(first_name="Bo", email=KIM)
    rows = [RegistrationFactory(email=KIM, name=name) for name in ("Kim Ek", "Bo")]
    own_data.hide(kim)
    states = Registration.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["cancelled", "confirmed"]


# --- the newsletter -----------------------------------------------------------------------------

CHOICE = "/mina-sidor/nyhetsbrev/"


def chosen() -> list[tuple[str, str, str]]:
    return list(Subscription.objects.values_list("email", "pace", "source"))


def test_the_newsletter_is_chosen_and_ended_after_the_log_in(client: Client, kim: Person) -> None:
    come_in(client)
    assert CHOICE in client.get("/mina-sidor/").content.decode()
    assert client.post(CHOICE, {"pace": "monthly"}).status_code == 303
    assert chosen() == [(KIM, "monthly", "mine")]
    assert client.get(CHOICE).context["form"].initial["pace"] == "monthly"
    assert client.post(CHOICE, {"pace": "always"}).status_code == 422
    client.post(CHOICE, {"end": "1"})
    assert chosen() == [(KIM, "none", "mine")]


def test_a_no_to_the_newsletter_follows_to_another_mailbox(kim: Person) -> None:
    choices.end(KIM)
    own_data.change_email(own.ask_for_email(kim, "annan@exempel.se"))
    assert [row[:2] for row in chosen()] == [("annan@exempel.se", "none")]
