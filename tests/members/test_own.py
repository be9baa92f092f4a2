"""Another mailbox: asked for, proven by the new one, told to the old; and a yes taken back."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.models import Registration
from mail.services.outbox import deliver_due
from members.models import EmailChange, Person, User
from members.services.own import forget_relation
from privacy.models import Consent
from privacy.services import note_consent
from tests.doors import log_in
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "kim@exempel.se", "kim.lind@exempel.se"
PAGE = "/mina-sidor/uppgifter/e-post/"


@pytest.fixture
def kim() -> Person:
    return PersonFactory(first_name="Kim", email=OLD, member=True)


@pytest.fixture
def logged_in(client: Client, kim: Person) -> Client:
    return log_in(client, UserFactory(email=OLD), factor=False)


def ask(client: Client, email: str = NEW) -> Any:
    return client.post(PAGE, {"email": email})


def door() -> str:
    """Where the letter to the new mailbox leads."""
    deliver_due()
    body = str(next(one for one in mail.outbox if one.to == [NEW]).body)
    return next(word for word in body.split() if PAGE in word).removeprefix("http://testserver")


def letters() -> list[tuple[str, str]]:
    deliver_due()
    return [(one.to[0], one.subject) for one in mail.outbox]


def test_nothing_changes_until_the_new_mailbox_has_answered(logged_in: Client, kim: Person) -> None:
    assert "Titta i din nya e-post" in ask(logged_in).content.decode()
    assert letters() == [(NEW, "Är det här din nya adress?")]
    assert "Kim" not in str(mail.outbox[0].body)
    stranger = Client()
    link = door()
    assert stranger.get(link).status_code == 200
    kim.refresh_from_db()
    assert kim.email == OLD

    stranger.post(link)
    kim.refresh_from_db()
    assert kim.email == NEW
    assert letters()[1:] == [(OLD, "Din adress är bytt")]
    assert "Din e-post är bytt" in stranger.get(link).content.decode()


def test_a_second_press_does_nothing_more(logged_in: Client, kim: Person) -> None:
    ask(logged_in)
    link = door()
    for _number in range(2):
        assert logged_in.post(link).status_code == 303
    assert len(letters()) == 2


def test_they_stay_logged_in_with_the_new_address(logged_in: Client, kim: Person) -> None:
    ask(logged_in)
    logged_in.post(door())
    assert User.objects.get().email == NEW
    assert "Hej Kim!" in logged_in.get("/mina-sidor/").content.decode()


def test_an_account_that_is_shared_or_somebodys_desk_stays(kim: Person, client: Client) -> None:
    PersonFactory(first_name="Bo", email=OLD)
    user = UserFactory(email=OLD)
    log_in(client, user, factor=False)
    client.post("/mina-sidor/vem/", {"person": str(kim.reference)})
    ask(client)
    client.post(door())
    user.refresh_from_db()
    assert user.email == OLD


def test_what_is_booked_follows_to_the_new_mailbox(logged_in: Client, kim: Person) -> None:
    mine = RegistrationFactory(email=OLD, name="Kim")
    past = RegistrationFactory(event=EventFactory(over=True), email=OLD, name="Kim")
    ask(logged_in)
    logged_in.post(door())
    rows = Registration.objects.filter(pk__in=[mine.pk, past.pk]).order_by("pk")
    assert [row.email for row in rows] == [NEW, OLD]


@pytest.mark.parametrize("typed", [OLD, " KIM@exempel.se", "nonsens", ""])
def test_what_is_no_new_address_is_refused(logged_in: Client, typed: str) -> None:
    assert ask(logged_in, typed).status_code == 422
    assert EmailChange.objects.count() == 0


def test_an_open_phone_is_asked_for_a_code_first(kim: Person, client: Client) -> None:
    log_in(client, UserFactory(email=OLD), factor=False, ago=3600)
    assert client.get(PAGE)["Location"].startswith("/logga-ut/")


def test_a_link_for_something_else_opens_nothing(client: Client) -> None:
    assert client.get(f"{PAGE}nonsens/").status_code == 404


def test_who_asked_to_be_forgotten_meanwhile_is_left_alone(logged_in: Client, kim: Person) -> None:
    ask(logged_in)
    link = door()
    Person.objects.filter(pk=kim.pk).update(hidden_at=timezone.now())
    logged_in.post(link)
    kim.refresh_from_db()
    assert kim.email == OLD


def test_a_yes_is_taken_back_with_a_press(logged_in: Client, kim: Person) -> None:
    kim.relation, kim.relation_consent = "own", note_consent("relation", at=timezone.now())
    kim.save()
    assert "Egen erfarenhet" in logged_in.get("/mina-sidor/uppgifter/").content.decode()
    logged_in.post("/mina-sidor/uppgifter/ta-bort-relation/")
    kim.refresh_from_db()
    assert (kim.relation, kim.relation_consent) == ("", None)
    assert Consent.objects.exclude(withdrawn_at=None).count() == 1
    forget_relation(kim)
