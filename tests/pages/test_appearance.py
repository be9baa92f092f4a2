"""/anpassa/: three choices, one cookie, no script."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from pages.theme import Look, look_of

pytestmark = pytest.mark.django_db
PAGE = "/anpassa/"
CALM = {"theme": "lugn", "text_size": "storre", "images": "dolj"}


def root(response: Any) -> str:
    """The first tag of the page."""
    found = re.search(r"<html[^>]*>", response.content.decode())
    return found[0] if found else ""


def chosen(response: Any) -> list[str]:
    tags = re.findall(r"<input type=\"radio\"[^>]*>", response.content.decode())
    return [re.findall(r'id="([^"]*)"', tag)[0] for tag in tags if " checked" in tag]


def test_a_choice_is_kept_in_one_cookie_for_a_year(client: Client) -> None:
    response = client.post(PAGE, CALM)
    assert (response.status_code, response["Location"]) == (303, "/anpassa/?sparat=1")
    assert list(response.cookies) == ["tema"]
    cookie = response.cookies["tema"]
    assert cookie.value == "lugn.storre.dolj"
    assert (cookie["max-age"], cookie["samesite"]) == (365 * 24 * 60 * 60, "Lax")


def test_the_cookie_is_secure_where_the_site_is(client: Client, settings: LazySettings) -> None:
    settings.HTTPS = True
    assert client.post(PAGE, CALM).cookies["tema"]["secure"] is True


def test_the_next_page_has_the_look_from_its_first_byte(client: Client) -> None:
    client.post(PAGE, CALM)
    assert root(client.get(PAGE)) == (
        '<html lang="sv" data-tema="lugn" data-text="storre" data-bilder="dolj">'
    )


def test_the_page_says_that_it_was_saved_and_shows_the_choice(client: Client) -> None:
    client.post(PAGE, CALM)
    response = client.get(f"{PAGE}?sparat=1")
    assert 'role="status"' in response.content.decode()
    assert "Sparat." in response.content.decode()
    assert chosen(response) == ["id_theme_3", "id_text_size_1", "id_images_1"]


def test_nobody_has_a_cookie_before_a_choice(client: Client) -> None:
    response = client.get(PAGE)
    assert dict(response.cookies) == {}
    assert root(response) == '<html lang="sv">'
    assert chosen(response) == ["id_theme_0", "id_text_size_0", "id_images_0"]


@pytest.mark.parametrize("answers", [{"reset": "1", **CALM}, {"theme": "", "text_size": ""}])
def test_going_back_to_the_standard_takes_the_cookie_away(
    client: Client, answers: dict[str, str]
) -> None:
    client.post(PAGE, CALM)
    cookie = client.post(PAGE, answers).cookies["tema"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


def test_words_that_we_never_offered_are_refused_and_not_kept(client: Client) -> None:
    response = client.post(PAGE, {"theme": '"><script>'})
    assert response.status_code == 422
    assert dict(response.cookies) == {}
    assert "<title>Fel: Anpassa sidan" in response.content.decode()


@pytest.mark.parametrize(
    ("cookie", "look"),
    [
        ("mork", Look("mork")),
        ("storst", Look("", "storst")),
        ("lugn.storre.dolj", Look("lugn", "storre", True)),
        ("dolj.lugn", Look("lugn", "", True)),
        ("", Look()),
        ("rosa.jattestor", Look()),
        ('lugn" onload="x', Look()),
    ],
)
def test_a_cookie_is_believed_only_as_far_as_its_words_are_ours(
    rf: RequestFactory, cookie: str, look: Look
) -> None:
    request = rf.get("/")
    request.COOKIES["tema"] = cookie
    assert look_of(request) == look


def test_each_question_has_its_own_legend_and_there_is_one_main_button(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert re.findall(r"<legend>(.*?)</legend>", page) == ["Utseende", "Textstorlek", "Bilder"]
    assert re.findall(r'<button type="submit" class="button">(.*?)</button>', page) == ["Spara"]
