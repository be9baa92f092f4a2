"""The table of roles is what the groups are."""

import logging

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page

from samvaro.roles import ROLES, write_roles
from tests.doors import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def given(name: str) -> set[str]:
    rows = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def pages_of(name: str) -> set[str]:
    rows = GroupPagePermission.objects.filter(group__name=name, page=Page.objects.get(depth=1))
    return set(rows.values_list("permission__codename", flat=True))


def test_the_groups_are_those_of_the_contract():
    assert set(Group.objects.values_list("name", flat=True)) == {
        "redaktor", "samordnare", "ledare", "kassor", "styrelse", "medlemsregister", "dataskydd",
    }  # fmt: skip


@pytest.mark.parametrize("name", ROLES)
def test_a_role_may_do_what_the_table_says_and_no_more(name):
    assert given(name) == set(ROLES[name].models)
    assert pages_of(name) == set(ROLES[name].pages)


def test_every_permission_in_the_table_exists(caplog):
    with caplog.at_level(logging.WARNING, logger="samvaro.roles"):
        write_roles()
    assert caplog.messages == []


def test_writing_the_roles_again_changes_nothing():
    before = {name: (given(name), pages_of(name)) for name in ROLES}
    rows = GroupPagePermission.objects.count()
    write_roles()
    assert {name: (given(name), pages_of(name)) for name in ROLES} == before
    assert GroupPagePermission.objects.count() == rows


def test_what_somebody_changed_by_hand_is_put_right():
    group = Group.objects.get(name="kassor")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    root = Page.objects.get(depth=1)
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=root, permission=publish)
    write_roles()
    assert given("kassor") == set(ROLES["kassor"].models)
    assert pages_of("kassor") == set()


@pytest.mark.parametrize("name", ROLES)
def test_no_role_may_change_who_logs_in(name):
    forbidden = (
        "auth.",
        "members.add_user",
        "members.change_user",
        "members.delete_user",
        "wagtailcore.add_site",
        "wagtailusers.",
        "sessions.",
        "mfa.",
    )
    assert [one for one in ROLES[name].models if one.startswith(forbidden)] == []


def test_only_who_keeps_the_register_sees_protected_persons():
    """And who answers for data protection sees the log, not the people."""
    assert [name for name in ROLES if "members.see_protected" in given(name)] == ["medlemsregister"]
    assert {one.partition(".")[0] for one in ROLES["dataskydd"].models} == {
        "wagtailadmin",
        "privacy",
    }


def test_drafts_are_looked_through_by_editors_and_the_board():
    names = GroupApprovalTask.objects.get().groups.values_list("name", flat=True)
    assert set(names) == {"redaktor", "styrelse"}


def menu(client: Client) -> list[str]:
    page = client.get("/admin/")
    from wagtail.admin.menu import admin_menu

    request = page.wsgi_request
    return [str(item.name) for item in admin_menu.menu_items_for_request(request)]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("redaktor", {"explorer", "images", "documents", "settings"}),
        ("samordnare", {"images"}),
        ("kassor", {"register", "fees", "settings"}),
        ("medlemsregister", {"register"}),
        ("dataskydd", set()),
    ],
)
def test_the_menu_shows_what_the_role_needs(client, role, names):
    log_in(client, UserFactory(role=role))
    shown = set(menu(client))
    assert names <= shown
    assert not shown & {"help", "reports"}
    assert len(shown) <= 7


def test_the_board_sees_the_reports(client):
    log_in(client, UserFactory(role="styrelse"))
    assert "reports" in menu(client)
