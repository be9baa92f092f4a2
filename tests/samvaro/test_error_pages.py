"""What a visitor meets when something is wrong is a whole page, with the way to acute help."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from samvaro.views import form_refused

CROSS = {"Sec-Fetch-Site": "cross-site"}


def hidden_fields(response: Any) -> list[tuple[str, str]]:
    return re.findall(
        r'<input type="hidden" name="([^"]*)" value="([^"]*)">', response.content.decode()
    )


@pytest.mark.django_db
def test_a_missing_page_is_nobodys_fault(client: Client) -> None:
    response = client.get("/den-har-sidan-finns-inte/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Sidan finns inte</h1>" in page
    assert "Det är inte ditt fel." in page
    assert 'href="/aktiviteter/"' in page
    assert 'class="akut" href="/akut-hjalp/"' in page


def test_the_page_for_our_own_faults_needs_no_database(rf: RequestFactory) -> None:
    """No django_db mark: a query would fail the test."""
    response = server_error(rf.get("/"))
    page = response.content.decode()
    assert response.status_code == 500
    assert "<h1>Något gick fel hos oss</h1>" in page
    assert re.findall(r'href="tel:(\d+)"', page) == ["112", "90101", "1177"]


def test_the_page_for_our_own_faults_needs_no_context() -> None:
    assert "mailto:hej@testserver" in get_template("500.html").render()


@pytest.mark.django_db
def test_a_refused_form_can_be_sent_again_with_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"email": "kim@exempel.se", "message": 'Hej "Åsa" & Bo', "csrfmiddlewaretoken": "old"}
    response = client.post("/anpassa/?fran=1", typed, headers=CROSS)
    assert response.status_code == 403
    assert "Det du skrev finns kvar." in response.content.decode()
    assert hidden_fields(response) == [
        ("email", "kim@exempel.se"),
        ("message", "Hej &quot;Åsa&quot; &amp; Bo"),
    ]
    assert 'action="/anpassa/?fran=1"' in response.content.decode()


@pytest.mark.django_db
def test_a_refused_form_is_not_filled_in_for_whoever_is_logged_in() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    response = client.post("/anpassa/", {"email": "kim@exempel.se"}, headers=CROSS)
    assert response.status_code == 403
    assert hidden_fields(response) == []
    assert "kim@exempel.se" not in response.content.decode()
    assert '<a class="button" href="/anpassa/">Öppna sidan igen</a>' in response.content.decode()


@pytest.mark.django_db
def test_a_refused_form_is_never_sent_on_to_another_site(rf: RequestFactory) -> None:
    request = rf.post("/")
    request.path = "//other.example/"
    assert 'href="/%2Fother.example/"' in form_refused(request).content.decode()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "Du kan försöka igen om 1 minut."),
        (3, "Du kan försöka igen om 3 minuter."),
        (0, "Du kan försöka igen om en stund."),
    ],
)
def test_too_many_tries_are_asked_to_wait_a_little(minutes: int, said: str) -> None:
    page = render_to_string("429.html", {"minutes": minutes})
    assert "<h1>Vänta en liten stund</h1>" in page
    assert said in page


def test_an_old_link_says_how_long_it_was_good_and_how_to_get_a_new_one() -> None:
    page = render_to_string(
        "expired_link.html",
        {
            "lasted": "60 minuter",
            "resend": {"action": "/logga-in/", "fields": [("email", "kim@exempel.se")]},
        },
    )
    assert "<h1>Länken har gått ut</h1>" in page
    assert "Av säkerhetsskäl gäller länken i 60 minuter." in page
    assert '<button type="submit" class="button">Skicka en ny länk</button>' in page


def test_an_old_link_that_cannot_be_renewed_leads_somewhere() -> None:
    page = render_to_string("expired_link.html", {"next_url": "/aktiviteter/"})
    assert "Av säkerhetsskäl gäller länken bara en tid." in page
    assert '<a class="button" href="/aktiviteter/">Se aktiviteter</a>' in page
