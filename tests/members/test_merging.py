"""Duplicates are found, merged with their history, and remembered when they are none."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Membership, Merge, NotSamePerson, Person, Reminder, ReminderRule
from members.services import duplicates, merging
from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import ChargeFactory, MembershipFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rut() -> Any:
    return UserFactory(role="medlemsregister")


def found(actor: Any) -> list[tuple[str, str, str]]:
    return [
        (pair.first.full_name, pair.second.full_name, pair.why)
        for pair in duplicates.find(actor=actor)
    ]


def test_the_same_mailbox_and_nearly_the_same_name_are_found(rut: Any) -> None:
    PersonFactory(first_name="Kim", last_name="Ek", email="kim@exempel.se", town="")
    PersonFactory(first_name="K", last_name="Eek", email="KIM@exempel.se", town="")
    PersonFactory(first_name="Kristina", last_name="Al", birth_year=1970, town="")
    PersonFactory(first_name="Christina", last_name="AL", birth_year=1970, town="")
    PersonFactory(first_name="Kristina", last_name="Al", birth_year=1999, town="")
    PersonFactory(first_name="Bo", last_name="Al", birth_year=1970, town="")
    PersonFactory(first_name="Kim", last_name="Ek", email="", town="", hidden_at=timezone.now())
    assert found(rut) == [
        ("Kim Ek", "K Eek", "Samma e-post"),
        ("Kristina Al", "Christina AL", "Nästan samma namn"),
    ]
    assert AccessLog.objects.get().reason == "2 par"


def test_not_the_same_person_is_remembered(rut: Any) -> None:
    one, other = (PersonFactory(email="kim@exempel.se", town="") for _number in range(2))
    duplicates.not_same(other, one, actor=rut)
    duplicates.not_same(one, other, actor=rut)
    assert NotSamePerson.objects.count() == 1
    assert found(rut) == []


def test_the_history_of_both_becomes_one(rut: Any) -> None:
    kept = PersonFactory(first_name="Kim", last_name="Ek", phone="", member_number=7)
    gone = PersonFactory(
        first_name="Kimmy", last_name="Ek", phone="070", member_number=9, wants_paper=True
    )
    year = timezone.localdate().year
    MembershipFactory(person=gone, year=year - 1)
    MembershipFactory(person=kept, year=year, charge=ChargeFactory())
    paid = MembershipFactory(person=gone, year=year, charge=ChargeFactory(received=20_000))
    family = MembershipFactory(main_member=gone)
    rule = ReminderRule.objects.create(letter="renew_1", days=-7)
    for person in (kept, gone):
        Reminder.objects.create(person=person, rule=rule, ends_on="2026-12-31", at=timezone.now())
    merging.merge(kept, gone, actor=rut)
    kept.refresh_from_db()
    gone.refresh_from_db()
    family.refresh_from_db()
    today = timezone.localdate()
    assert [one.pk for one in Membership.objects.in_force(today).filter(person=kept)] == [paid.pk]
    assert kept.memberships.count() == 3
    assert (kept.reminders.count(), family.main_member) == (1, kept)
    assert (kept.member_number, kept.phone, kept.wants_paper) == (7, "070", True)
    assert (gone.merged_into, gone.full_name, gone.email, gone.member_number) == (
        kept, "Borttagen", "", None,
    )  # fmt: skip
    before: Any = Merge.objects.get().before
    assert (before["first_name"], before["member_number"]) == ("Kimmy", 9)


def test_a_number_and_a_yes_are_taken_over(rut: Any) -> None:
    kept, gone = PersonFactory(email=""), PersonFactory(member_number=9, email="kim@exempel.se")
    merging.merge(kept, gone, actor=rut)
    kept.refresh_from_db()
    assert (kept.member_number, kept.email_key) == (9, "kim@exempel.se")


def test_who_is_protected_and_joined_by_the_form_is_suggested_to_the_few(
    client: Client, rut: Any
) -> None:
    hidden = PersonFactory(protected_identity=True, email="siv@exempel.se")
    again = PersonFactory(first_name="Siv", email="siv@exempel.se", phone="070", member_number=9)
    named = PersonFactory(first_name="Hemlig", last_name="Hök", email="annan@exempel.se")
    found = [(pair.first, pair.second) for pair in duplicates.find(actor=rut)]
    assert found == [(hidden, again), (hidden, named)]
    assert duplicates.find(actor=UserFactory(role="styrelse")) == []

    log_in(client, rut)
    pair = {"one": str(hidden.reference), "other": str(again.reference)}
    client.post("/admin/medlemmar/dubbletter/svara/", pair | {"do": "second"}, **CSRF_FREE)
    assert Person.objects.in_register().count() == 3
    client.post("/admin/medlemmar/dubbletter/svara/", pair | {"do": "first"}, **CSRF_FREE)
    hidden.refresh_from_db()
    assert (hidden.is_protected, hidden.phone, hidden.member_number) == (True, "", 9)
    kept: Any = hidden.protected
    assert (kept["phone"], kept["town"], kept["first_name"]) == ("070", "Gnesta", "Hemlig")
    duplicates.not_same(hidden, named, actor=rut)
    assert duplicates.find(actor=rut) == []


@pytest.mark.parametrize("facts", [{"protected_identity": True}, {"hidden_at": timezone.now()}])
def test_who_is_protected_or_gone_is_not_merged(rut: Any, facts: dict[str, Any]) -> None:
    with pytest.raises(merging.CannotMerge):
        merging.merge(PersonFactory(), PersonFactory(**facts), actor=rut)


def test_the_office_answers_a_pair(client: Client, rut: Any) -> None:
    log_in(client, rut)
    one, other = (PersonFactory(email="kim@exempel.se", town="") for _number in range(2))
    assert "Samma e-post" in client.get("/admin/medlemmar/dubbletter/").content.decode()
    pair = {"one": str(one.reference), "other": str(other.reference)}
    client.post("/admin/medlemmar/dubbletter/svara/", pair | {"do": "second"}, **CSRF_FREE)
    assert Person.objects.in_register().get() == other
    again = client.post("/admin/medlemmar/dubbletter/svara/", pair | {"do": "first"}, **CSRF_FREE)
    assert again.status_code == 404
