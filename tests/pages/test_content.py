"""Sections and pages to read."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from pages.models import ContentPage, SectionPage, StartPage
from tests.factories import ContentPageFactory, SectionPageFactory


def test_a_section_shows_its_pages_as_cards_in_their_order(
    client: Client, start: StartPage
) -> None:
    section = SectionPageFactory(title="Vård", slug="vard")
    for title in ("Zebra", "Apa"):
        ContentPageFactory(parent=section, title=title)
    ContentPageFactory(parent=section, title="Utkast", live=False)
    assert [page.title for page in client.get("/vard/").context["subpages"]] == ["Zebra", "Apa"]


def test_a_section_can_keep_its_pages_to_itself(client: Client, start: StartPage) -> None:
    section = SectionPageFactory(title="Vård", slug="vard", shows_subpages=False)
    ContentPageFactory(parent=section)
    assert client.get("/vard/").context["subpages"] == []


def test_a_page_tells_how_long_it_takes_and_who_has_looked_through_it(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(
        title="Sömn",
        slug="somn",
        body=[("text", f"<p>{'ord ' * 160}</p>")],
        reviewed_on=date(2026, 11, 2),
        reviewed_by="Maja Lind",
    )
    html = client.get("/stod/somn/").content.decode()
    assert "Tar ungefär 2 minuter att läsa i lugn takt." in html
    assert "Granskad 2 november 2026 av Maja Lind" in " ".join(html.split())


def test_a_short_page_takes_less_than_a_minute(client: Client, start: StartPage) -> None:
    ContentPageFactory(slug="kort")
    assert "Tar mindre än en minut att läsa." in client.get("/stod/kort/").content.decode()


def test_a_page_about_heavy_things_begins_with_a_warning_and_the_way_to_help(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(slug="tungt", content_warning="Texten handlar om självmord.")
    html = " ".join(client.get("/stod/tungt/").content.decode().split())
    assert (
        'Texten handlar om självmord. Behöver du stöd nu? <a href="/akut-hjalp/">Akut hjälp</a>'
        in html
    )


def test_the_way_back_is_shown_and_the_page_itself_is_marked(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(title="Sömn", slug="somn")
    html = client.get("/stod/somn/").content.decode()
    crumbs = html[html.index('class="crumbs"') :].partition("</nav>")[0]
    assert '<a href="/">Start</a>' in crumbs
    assert '<a href="/stod/">Stöd och råd</a>' in crumbs
    assert '<span aria-current="page">Sömn</span>' in crumbs


def test_search_engines_get_the_lead_when_no_description_is_written(
    client: Client, start: StartPage, django_capture_on_commit_callbacks: Any
) -> None:
    page = ContentPageFactory(slug="somn", ingress="Om att sova gott.")
    head = client.get("/stod/somn/").content.decode()
    assert '<meta name="description" content="Om att sova gott.">' in head
    assert '<link rel="canonical" href="http://testserver/stod/somn/">' in head
    page.search_description = "Sömn och vila."
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    html = Client().get("/stod/somn/").content.decode()
    assert '<meta name="description" content="Sömn och vila.">' in html


@pytest.mark.django_db
def test_pages_stand_where_they_belong_and_never_deeper_than_three_levels() -> None:
    assert {model.__name__ for model in StartPage.allowed_subpage_models()} == {
        "ActivityIndexPage",
        "ContentPage",
        "CrisisPage",
        "NewsIndexPage",
        "SectionPage",
        "StatementPage",
    }
    assert SectionPage.allowed_subpage_models() == [ContentPage]
    assert ContentPage.allowed_subpage_models() == []
