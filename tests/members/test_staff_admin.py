"""Those who log in, as the administrator looks after them."""

import pytest
from django.contrib.auth.models import Group

from members.models import User
from members.services import give_app
from privacy.models import AccessLog
from privacy.services import note_access
from tests.doors import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return log_in(client, UserFactory(email="chef@exempel.se", administrator=True))


def facts(**more: object) -> dict[str, object]:
    return {"email": "Lou@Exempel.SE ", "first_name": "Lou", "last_name": "Ek", **more}


def test_somebody_new_gets_an_address_roles_and_no_password(desk):
    role = Group.objects.get(name="redaktor")
    page = desk.get("/admin/users/new/").content.decode()
    assert "password" not in page
    desk.post("/admin/users/new/", facts(groups=[role.pk]))
    lou = User.objects.get(first_name="Lou")
    assert lou.email == "lou@exempel.se"
    assert not lou.has_usable_password()
    assert lou.works_here


@pytest.mark.parametrize(
    "change", [{"email": "ny@exempel.se", "is_active": "on"}, {}], ids=["address", "switched off"]
)
def test_a_new_address_or_a_switch_ends_what_was_open(desk, client, change):
    from django.test import Client

    lou = UserFactory(email="lou@exempel.se", role="redaktor")
    theirs = log_in(Client(), lou)
    assert theirs.get("/admin/").status_code == 200
    role = Group.objects.get(name="redaktor")
    done = desk.post(f"/admin/users/edit/{lou.pk}/", facts(groups=[role.pk]) | change)
    assert done.status_code == 302
    assert "/logga-in/" in theirs.get("/admin/").headers["Location"]


def test_the_pages_need_a_fresh_proof(client):
    log_in(client, UserFactory(administrator=True), ago=16 * 60)
    assert client.get("/admin/").status_code == 200
    for page in ("/admin/users/", "/admin/groups/", "/admin/bulk/members/user/delete/"):
        assert "/logga-in/steg-2/igen/" in client.get(page).headers["Location"]


def test_who_lost_the_phone_gets_a_new_lock(desk):
    lou = UserFactory(role="redaktor")
    give_app(lou)
    assert "Ge nytt lås" in desk.get("/admin/users/").content.decode()
    page = f"/admin/users/{lou.pk}/nytt-las/"
    assert desk.get(page).status_code == 200
    assert lou.authenticator_set.count() == 1
    desk.post(page)
    assert lou.authenticator_set.count() == 0
    assert AccessLog.objects.get().about == "mfa.Authenticator"


@pytest.mark.parametrize("role", ["redaktor", "styrelse", "dataskydd"])
def test_nobody_else_gives_a_new_lock(client, role):
    log_in(client, UserFactory(role=role))
    lou = UserFactory(role="redaktor")
    give_app(lou)
    client.post(f"/admin/users/{lou.pk}/nytt-las/")
    assert lou.authenticator_set.count() == 1


def test_who_has_looked_is_switched_off_and_not_deleted(desk):
    lou = UserFactory(role="redaktor")
    note_access(lou, action="view", about="events.Registration")
    for page in (f"/admin/users/delete/{lou.pk}/", f"/admin/bulk/members/user/delete/?id={lou.pk}"):
        assert desk.post(page).status_code == 302
    assert User.objects.filter(pk=lou.pk).exists()


def test_who_has_not_looked_can_be_deleted(desk):
    lou = UserFactory(role="redaktor")
    desk.post(f"/admin/users/delete/{lou.pk}/")
    assert not User.objects.filter(pk=lou.pk).exists()


def test_more_power_cannot_be_slipped_in(client):
    """AZ-5: hidden fields in one's own settings change nothing."""
    lou = log_in(client, UserFactory(role="redaktor")) and User.objects.get(groups__name="redaktor")
    for extra in (
        {"is_superuser": "on"},
        {"name_email-is_superuser": "on", "name_email-groups": "1"},
    ):
        client.post(
            "/admin/account/", {"name_email-first_name": "A", "name_email-last_name": "B", **extra}
        )
    lou.refresh_from_db()
    assert (lou.is_superuser, lou.groups.count()) == (False, 1)
