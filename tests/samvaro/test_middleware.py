"""What a browser is told with every answer (HDR-1, SES-8)."""

from contextlib import closing

import pytest
from django.conf import settings
from django.test import Client

from tests.doors import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ANSWERS = {
    "a page": "/logga-in/",
    "no page": "/finns-inte/",
    "a file": "/static/members/passkey.js",
    "a picture": "/static/samvaro/favicon.svg",
    "a probe": "/healthz",
    "a redirect": "/admin/",
    "a feed": "/aktiviteter/kalender.ics",
}


def told(client: Client, page: str) -> dict[str, str]:
    with closing(client.get(page)) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


def policy(headers: dict[str, str]) -> dict[str, str]:
    parts = headers["content-security-policy"].split(";")
    return {part.split()[0]: " ".join(part.split()[1:]) for part in parts if part.strip()}


@pytest.mark.parametrize("page", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_carries_the_headers(client, page):
    headers = told(client, page)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src" in policy(headers)


def test_a_refused_form_carries_them_too():
    answer = Client(enforce_csrf_checks=True).post(
        "/logga-in/", headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["/logga-in/", "/finns-inte/"])
def test_a_public_page_runs_no_script_that_stands_in_it(client, page):
    rules = policy(told(client, page))
    assert rules["script-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    # A form may lead to the page where one pays, and to nobody else's.
    pays_at = f"https://checkout.stripe.com {settings.STRIPE_API_BASE}"
    assert rules["form-action"] == f"'self' {pays_at}"
    assert "unsafe" not in str(rules)


def test_a_file_opened_on_its_own_can_do_nothing(client):
    rules = policy(told(client, "/static/samvaro/favicon.svg"))
    assert rules["default-src"] == "'none'"
    assert "sandbox" in rules


def test_only_the_admin_may_have_scripts_in_its_pages(client):
    log_in(client, UserFactory(role="redaktor"))
    assert "'unsafe-inline'" in policy(told(client, "/admin/"))["script-src"]
    assert "'unsafe-inline'" not in policy(told(client, "/logga-ut/"))["script-src"]


@pytest.mark.parametrize("page", ["/admin/", "/ledare/", "/konto/tva-steg/", "/logga-in/kod/"])
def test_what_staff_see_is_kept_by_no_browser(client, page):
    log_in(client, UserFactory(role="redaktor"))
    assert "no-store" in told(client, page)["cache-control"]


def test_on_a_server_the_cookies_are_locked_to_the_host():
    """Of the settings, because the tests run without https."""
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    source = (settings.PROJECT / "settings.py").read_text(encoding="utf-8")
    assert '"__Host-session" if HTTPS' in source
    assert "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE" in source


def test_a_made_up_host_is_refused(client):
    assert client.get("/logga-in/", headers={"host": "ont.exempel"}).status_code == 400
