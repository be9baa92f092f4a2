"""Whose forms we take, case by case (docs/decisions/0005), and that nobody needs a cookie to read."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from mail.models import Letter
from members.models import LoginCode
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db

HOST = "testserver"
OURS, OTHER, NEIGHBOUR = f"http://{HOST}", "https://ont.exempel", f"http://sub.{HOST}"

# What the browser says of the POST, whether somebody is logged in, whether Django's token is sent
# along, and whether the form is taken.
CASES = [
    # A browser of today says where the form stood.
    ({"sec-fetch-site": "same-origin"}, False, False, True),
    ({"sec-fetch-site": "same-origin"}, True, False, True),
    ({"sec-fetch-site": "same-origin", "origin": OURS}, True, False, True),
    ({"sec-fetch-site": "none"}, True, False, True),
    ({"sec-fetch-site": "cross-site"}, False, False, False),
    ({"sec-fetch-site": "cross-site"}, True, False, False),
    ({"sec-fetch-site": "cross-site"}, True, True, False),
    # Another host under the same domain is not us.
    ({"sec-fetch-site": "same-site"}, False, False, False),
    ({"sec-fetch-site": "same-site"}, True, True, False),
    # A word that no browser says is not taken for a good one.
    ({"sec-fetch-site": ""}, True, False, False),
    ({"sec-fetch-site": "SAME-ORIGIN"}, True, False, False),
    ({"sec-fetch-site": "same-origin, cross-site"}, True, False, False),
    # Two that contradict each other: the bad one counts.
    ({"sec-fetch-site": "same-origin", "origin": OTHER}, True, False, False),
    # An older browser: only Origin.
    ({"origin": OURS}, False, False, True),
    ({"origin": OURS}, True, False, False),
    ({"origin": OURS}, True, True, True),
    ({"origin": OTHER}, False, False, False),
    ({"origin": OTHER}, True, True, False),
    ({"origin": NEIGHBOUR}, False, False, False),
    ({"origin": f"https://{HOST}"}, False, False, False),
    ({"origin": f"http://{HOST}:81"}, False, False, False),
    ({"origin": f"http://{HOST}.ont.exempel"}, False, False, False),
    # A page without a referrer, and a sandbox on another site, both say "null".
    ({"origin": "null"}, False, False, True),
    ({"origin": "null"}, True, False, False),
    # A browser that says nothing: nobody is logged in, so there is nothing to forge.
    ({}, False, False, True),
    ({}, True, False, False),
    ({}, True, True, True),
]


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(("said", "logged_in", "with_token", "taken"), CASES)
def test_a_form_is_taken_only_from_our_own_pages(said, logged_in, with_token, taken):
    client = strict()
    data = {"email": "inte en adress"}
    if logged_in:
        client.force_login(UserFactory())
    page = "/logga-ut/" if logged_in else "/logga-in/"
    if with_token:
        text = client.get(page).content.decode()
        data["csrfmiddlewaretoken"] = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text).group(
            1
        )
    answer = client.post(page, data, headers=said)
    assert (answer.status_code != 403) is taken
    assert ("_auth_user_id" in client.session) is (logged_in and not taken)


def test_a_refused_form_gets_a_kind_page_and_leaves_nothing():
    answer = strict().post(
        "/logga-in/", {"email": "kim@exempel.se"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "Vi kunde inte ta emot formuläret" in answer.content.decode()
    assert (LoginCode.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_is_never_asked_for_a_token(method):
    answer = getattr(strict(), method)("/logga-in/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code != 403


def test_no_page_gives_a_visitor_a_cookie(client):
    event = EventFactory()
    pages = [
        "/", "/logga-in/", "/logga-in/kod/", "/logga-ut/", "/anpassa/", "/sok/", "/finns-inte/",
        event.get_absolute_url(), f"{event.get_absolute_url()}anmalan/",
    ]  # fmt: skip
    given = {page: dict(client.get(page).cookies) for page in pages}
    assert {page: cookies for page, cookies in given.items() if cookies} == {}


def views(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.callback
        else:
            yield from views(entry)


def test_only_views_that_prove_the_sender_in_another_way_are_exempt():
    exempt = {
        f"{view.__module__}.{view.__name__}"
        for view in views(get_resolver())
        if getattr(view, "csrf_exempt", False)
    }
    # Wagtail's own lists for its editor: they check the token themselves.
    assert exempt == {
        # The signed address is the proof (RFC 8058), and all that it can do is to end letters.
        "newsletters.views.subscribing.end",
        # The provider's signature is the proof.
        "newsletters.views.webhooks.came_back",
        "wagtail.admin.api.views.PagesAdminAPIViewSet",
        "wagtail.documents.api.admin.views.DocumentsAdminAPIViewSet",
        "wagtail.images.api.admin.views.ImagesAdminAPIViewSet",
    }
