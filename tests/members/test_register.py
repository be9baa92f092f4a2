"""The register in the admin: found, opened, changed, and every look noted."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Membership, Person, SavedList, User
from members.services import search
from members.services.search import Choice
from privacy.models import AccessLog, Consent
from privacy.services import weed
from tests.doors import CSRF_FREE, log_in
from tests.factories import (
    ChargeFactory,
    EventFactory,
    MembershipFactory,
    MembershipTypeFactory,
    PersonFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/medlemmar/"


@pytest.fixture
def register(client: Client) -> Client:
    """The browser of who keeps the register."""
    return log_in(client, UserFactory(role="medlemsregister", first_name="Rut", last_name="Ek"))


@pytest.fixture
def board(client: Client) -> Client:
    return log_in(client, UserFactory(role="styrelse"))


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def names(words: str = "", **more: Any) -> list[str]:
    page = search.page(Choice(words=words, **more))
    return [row.full_name for row in page.rows]


def one(person: Person, more: str = "") -> str:
    return f"{LIST}person/{person.reference}/{more}"


# --- search and filters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["Åsa Öberg", "asa oberg", "ÖBERG", "öbrg åsa", "Obergg", "asa@exempel.se", "1234"],
)
def test_a_person_is_found_with_and_without_dots_and_with_a_slip(typed: str) -> None:
    PersonFactory(first_name="Åsa", last_name="Öberg", email="asa@exempel.se", member_number=1234)
    PersonFactory(first_name="Bo", last_name="Ek", email="bo@exempel.se", member_number=2222)
    assert names(typed) == ["Åsa Öberg"]


def test_the_nearest_name_comes_first() -> None:
    PersonFactory(first_name="Anna", last_name="Lindström")
    PersonFactory(first_name="Anna", last_name="Lindstrand")
    assert names("anna lindstrand")[0] == "Anna Lindstrand"


def test_names_are_in_swedish_order() -> None:
    for name in ("Öberg", "Ek", "Åberg", "Zorn", "Ärlig"):
        PersonFactory(first_name="A", last_name=name)
    assert names() == ["A Ek", "A Zorn", "A Åberg", "A Ärlig", "A Öberg"]


def test_filters_follow_from_dated_rows() -> None:
    today = timezone.localdate()
    last_year = {"year": today.year - 1}
    youth = MembershipTypeFactory(key="ung", name="Ung")
    PersonFactory(first_name="Nu", last_name="A", member=True)
    MembershipFactory(person=PersonFactory(first_name="Ung", last_name="B"), type=youth)
    MembershipFactory(person=PersonFactory(first_name="Förr", last_name="C"), **last_year)
    waiting = PersonFactory(first_name="Väntar", last_name="D")
    MembershipFactory(person=waiting, charge=ChargeFactory())
    PersonFactory(first_name="Aldrig", last_name="E", email="", wants_paper=True)
    assert names(state="nu") == ["Nu A", "Ung B"]
    assert names(type="ung") == ["Ung B"]
    assert names(state="slutat") == ["Förr C"]
    assert names(state="vantar") == ["Väntar D"]
    assert names(state="aldrig") == ["Väntar D", "Aldrig E"]
    assert names(extra="papper") == names(extra="utan-epost") == ["Aldrig E"]


def test_the_pages_together_hold_everyone_once() -> None:
    PersonFactory.create_batch(search.PAGE + 3, first_name="Kim", last_name="Lind")
    first = search.page(Choice())
    second = search.page(Choice(), after=first.next)
    both = [row.pk for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), second.next) == (search.PAGE, 3, None)
    assert sorted(both) == sorted(Person.objects.values_list("pk", flat=True))


def test_who_was_merged_or_forgotten_is_not_in_the_list() -> None:
    kept = PersonFactory(first_name="Kvar", last_name="Ek")
    PersonFactory(merged_into=kept)
    PersonFactory(hidden_at=timezone.now())
    assert names() == ["Kvar Ek"]


@pytest.mark.parametrize("query", ["", "?q=lind", "?lage=nu"])
def test_the_list_asks_the_same_for_one_and_for_fifty(register: Client, query: str) -> None:
    PersonFactory(member=True)
    register.get(LIST + query)
    asked = []
    with CaptureQueriesContext(connection) as door:  # the door, the roles and the menu
        register.get(f"{LIST}ny/")
    for more in (0, search.PAGE):
        PersonFactory.create_batch(more, member=True)
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert register.get(LIST + query).status_code == 200
        asked.append(len(questions))
    assert asked[0] == asked[1]
    assert asked[0] - len(door) <= 10


def test_a_choice_is_saved_as_a_list_and_taken_away_again(register: Client) -> None:
    register.post(f"{LIST}spara-lista/", {"name": "Post", "urval": "utan-epost"}, **CSRF_FREE)
    saved = SavedList.objects.get()
    assert (saved.name, saved.filters) == ("Post", {"urval": "utan-epost"})
    assert 'href="?urval=utan-epost">Post</a>' in text_of(register.get(LIST))
    register.post(f"{LIST}listor/{saved.pk}/ta-bort/", **CSRF_FREE)
    assert not SavedList.objects.exists()


# --- protected identity -------------------------------------------------------------------------


def test_only_a_few_find_and_see_who_is_protected(client: Client) -> None:
    hidden = PersonFactory(protected_identity=True, email="h@exempel.se")
    for role, found in {"medlemsregister": True, "styrelse": False}.items():
        log_in(client, UserFactory(role=role))
        everyone = text_of(client.get(LIST))
        assert ("Hemlig Hök" in everyone, "h@exempel.se" in everyone) == (found, found)
        for typed in ("Hemlig Hök", "h@exempel.se"):
            shown = text_of(client.get(LIST, {"q": typed}))
            assert ("1 person" in shown) is found
        assert client.get(one(hidden)).status_code == (200 if found else 404)


def test_a_person_who_becomes_protected_leaves_nothing_in_the_open(register: Client) -> None:
    person = PersonFactory(first_name="Hemlig", last_name="Hök", town="Gnesta", phone="070")
    typed = {"first_name": "Hemlig", "last_name": "Hök", "town": "Gnesta", "email": "h@exempel.se"}
    register.post(one(person, "andra/"), typed | {"is_protected": "on"}, **CSRF_FREE)
    person.refresh_from_db()
    assert (person.full_name, person.town, person.phone) == ("Skyddade uppgifter", "", "")
    assert "hok" not in person.search + person.sort_key
    assert "Gnesta" in text_of(register.get(one(person)))
    register.post(one(person, "andra/"), typed, **CSRF_FREE)
    person.refresh_from_db()
    assert (person.full_name, person.town, person.protected) == ("Hemlig Hök", "Gnesta", None)


# --- one person ---------------------------------------------------------------------------------


def test_opening_a_person_is_noted(register: Client) -> None:
    person = PersonFactory(member=True, email="kim@exempel.se")
    RegistrationFactory(event=EventFactory(title="Promenad för alla"), email="kim@exempel.se")
    page = text_of(register.get(one(person)))
    assert "Medlemskap Ordinarie" in page
    assert "Promenad för alla" in page
    assert "Rut Ek öppnade" in page
    noted = AccessLog.objects.values_list("action", "about", "reference")
    assert list(noted) == [("view", "members.Person", str(person.reference))]


def test_a_person_without_a_mailbox_is_entered_with_an_oral_yes(register: Client) -> None:
    typed = {"first_name": "Bo", "last_name": "Ek", "street": "Gatan 1", "postcode": "118 20"}
    refused = register.post(f"{LIST}ny/", typed, **CSRF_FREE)
    assert refused.status_code == 422
    assert "Fråga om det är okej" in text_of(refused)
    saved = register.post(f"{LIST}ny/", typed | {"consent": "on"}, **CSRF_FREE)
    person = Person.objects.get()
    assert (saved.status_code, saved["Location"]) == (303, one(person))
    assert person.consent
    assert person.consent.channel == Consent.Channel.OFFICE
    assert (person.email, person.street) == ("", "Gatan 1")


def test_a_change_is_saved_and_noted_without_what_it_was(register: Client) -> None:
    person = PersonFactory(first_name="Kim")
    register.post(one(person, "andra/"), {"first_name": "Kim", "phone": "070"}, **CSRF_FREE)
    person.refresh_from_db()
    assert (person.phone, person.email) == ("070", "")
    log = AccessLog.objects.get(action="change")
    assert (log.reference, log.reason) == (str(person.reference), "uppgifter")


def test_two_who_live_together_get_one_envelope(register: Client) -> None:
    other = PersonFactory(member_number=77)
    person = PersonFactory(first_name="Bo")
    typed = {"first_name": "Bo", "household_label": "Familjen Ek", "lives_with": "77"}
    register.post(one(person, "andra/"), typed, **CSRF_FREE)
    for row in (person, other):
        row.refresh_from_db()
    assert person.household == other.household
    assert str(person.household) == "Familjen Ek"


def test_ending_a_membership_keeps_the_person(register: Client) -> None:
    person = PersonFactory(member=True)
    register.post(one(person, "avsluta/"), **CSRF_FREE)
    membership = Membership.objects.get()
    assert membership.ended_on == timezone.localdate()
    assert Person.objects.members_on(timezone.localdate()).count() == 0
    assert Person.objects.members_on(timezone.localdate() - timedelta(days=1)).count() == 1


def test_the_board_reads_and_changes_nothing(board: Client) -> None:
    person = PersonFactory()
    assert board.get(one(person)).status_code == 200
    assert board.get(one(person, "andra/")).status_code == 404
    assert "Lägg till en person" not in text_of(board.get(LIST))


def test_editors_do_not_know_that_there_is_a_register(client: Client) -> None:
    log_in(client, UserFactory(role="redaktor"))
    assert client.get(LIST).status_code == 404
    assert client.get(one(PersonFactory())).status_code == 404


# --- what else the office and the clock know -----------------------------------------------------


def test_what_somebody_said_of_themselves_is_seen_by_who_keeps_the_register(client: Client) -> None:
    person = PersonFactory(relation="relative")
    log_in(client, UserFactory(role="styrelse"))
    assert "Anhörig" not in text_of(client.get(one(person)))
    log_in(client, UserFactory(role="medlemsregister"))
    assert "Anhörig" in text_of(client.get(one(person)))


def test_a_members_account_goes_a_month_after_the_member(time_machine: Any) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=31)
    _gone, stays, new, staff = (
        UserFactory(email=f"{name}@exempel.se", date_joined=at)
        for name, at in (("gone", long_ago), ("stays", long_ago), ("new", now), ("s", long_ago))
    )
    staff.groups.add(Group.objects.get(name="kassor"))
    PersonFactory(email="Stays@exempel.se")
    assert (weed(now, dry_run=True)["members.User"], weed(now)["members.User"]) == (1, 1)
    assert set(User.objects.all()) == {stays, new, staff}
    assert weed(now)["members.User"] == 0
