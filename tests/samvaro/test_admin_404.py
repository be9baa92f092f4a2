"""Who takes a wrong turn in the office."""

import re

import pytest
from django.test import Client

from tests.doors import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/admin/finns-inte/", "/admin/nyhetsbrev/post/"])
def test_a_page_that_is_not_there_says_so_kindly_and_leads_on(client: Client, path: str) -> None:
    log_in(client, UserFactory(role="kassor"))
    page = client.get(path)
    assert page.status_code == 404
    words = page.content.decode()
    assert "Sidan finns inte" in words
    assert 'href="/admin/">Till översikten</a>' in words
    assert "Wagtail admin" not in words


def test_a_page_of_another_role_looks_like_one_that_is_not_there(client: Client) -> None:
    log_in(client, UserFactory(role="kassor"))
    paths = ("/admin/finns-inte/", "/admin/nyhetsbrev/post/")
    said = [client.get(path).content.decode() for path in paths]
    # Made anew for each answer.
    changing = r'nonce="[^"]*"|"CSRF_TOKEN": "[^"]*"'
    assert re.sub(changing, "", said[0]) == re.sub(changing, "", said[1])
