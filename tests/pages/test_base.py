"""What all pages have in common: who may read them, who may take them away, how they are found."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from pages.models import (
    ActivityIndexPage,
    ContentPage,
    CrisisPage,
    NewsIndexPage,
    SectionPage,
    StartPage,
)
from pages.services import foundation
from tests.factories import ContentPageFactory, NewsPageFactory, SectionPageFactory, UserFactory


def bar(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_a_barred_page_and_those_below_it_are_shown_to_nobody_outside(
    client: Client, start: StartPage
) -> None:
    section = SectionPageFactory(slug="internt")
    ContentPageFactory(parent=section, slug="protokoll")
    bar(section)
    for url in ("/internt/", "/internt/protokoll/"):
        response = client.get(url)
        assert (response.status_code, response.url) == (302, f"/logga-in/?next={url}")
        assert "no-store" in response["Cache-Control"]


def test_an_alias_of_a_barred_page_is_barred_too(client: Client, start: StartPage) -> None:
    page = ContentPageFactory(slug="protokoll")
    bar(page)
    alias = page.create_alias(update_slug="kopia")
    assert client.get(alias.url).status_code == 302


def test_a_bar_stops_nobody_elsewhere(client: Client, start: StartPage) -> None:
    bar(ContentPageFactory(slug="stangd"))
    open_page = ContentPageFactory(slug="oppen")
    assert client.get(open_page.url).status_code == 200


def test_drafts_do_not_exist_for_visitors(client: Client, start: StartPage) -> None:
    page = ContentPageFactory(slug="utkast", live=False)
    assert client.get(page.url).status_code == 404


def test_an_address_that_leads_nowhere_or_too_deep_is_not_found(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(slug="somn")
    for url in ("/finns-inte/", "/stod/somn/mer/", "/start/stod/", "/stod/stod/", "/%00/"):
        assert client.get(url).status_code == 404


def test_our_way_to_ask_what_is_open_to_all_is_wagtails(start: StartPage) -> None:
    section = SectionPageFactory(slug="internt")
    ContentPageFactory(parent=section)
    open_page = ContentPageFactory()
    bar(section)
    ours = set(ContentPage.objects.open_to_all())
    assert ours == set(ContentPage.objects.public())
    assert ours == {open_page, ContentPage.objects.get(slug=foundation.JOIN)}


def test_barred_news_are_in_no_list(client: Client, start: StartPage) -> None:
    bar(NewsPageFactory(title="Internt"))
    NewsPageFactory(title="Öppet")
    assert [page.title for page in client.get("/nyheter/").context["news"]] == ["Öppet"]


@pytest.mark.parametrize(
    ("model", "slug"),
    [(CrisisPage, "akut-hjalp"), (ActivityIndexPage, "aktiviteter"), (NewsIndexPage, "nyheter")],
)
def test_a_page_that_letters_link_to_keeps_its_address(
    start: StartPage, model: type[Page], slug: str
) -> None:
    page = model.objects.get()
    assert page.slug == slug
    page.slug = "nagot-annat"
    with pytest.raises(ValidationError, match=slug):
        page.full_clean()


@pytest.mark.parametrize("model", [StartPage, ActivityIndexPage, CrisisPage])
def test_an_editor_cannot_take_away_what_holds_the_site_together(
    start: StartPage, model: type[Page]
) -> None:
    page = model.objects.get()
    editor = page.permissions_for_user(UserFactory(role="redaktor"))
    assert editor.can_edit()
    assert (editor.can_delete(), editor.can_unpublish(), editor.can_move()) == (False,) * 3
    administrator = page.permissions_for_user(UserFactory(administrator=True))
    assert (administrator.can_delete(), administrator.can_unpublish()) == (True, True)


def test_an_editor_can_take_away_an_ordinary_page(start: StartPage) -> None:
    page = ContentPageFactory()
    editor = page.permissions_for_user(UserFactory(role="redaktor"))
    assert (editor.can_edit(), editor.can_unpublish()) == (True, True)


def test_a_person_with_no_role_can_do_nothing(start: StartPage) -> None:
    assert Group.objects.exists()
    permissions = CrisisPage.objects.get().permissions_for_user(UserFactory())
    assert (permissions.can_edit(), permissions.can_delete()) == (False, False)


def test_there_is_one_of_each_page_that_there_should_be_one_of(start: StartPage) -> None:
    start.refresh_from_db()
    one_of_each = [CrisisPage, ActivityIndexPage, NewsIndexPage, StartPage]
    assert [model.can_create_at(start) for model in one_of_each] == [False] * 4
    assert SectionPage.can_create_at(start) is True
