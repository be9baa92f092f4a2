"""A new installation has the pages that code and letters link to."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from pages.models import CrisisLine, StartPage
from pages.services import foundation


def test_every_address_that_the_frame_links_to_is_there(client: Client, start: StartPage) -> None:
    urls = [
        "/",
        "/aktiviteter/",
        "/stod/",
        "/engagera-dig/",
        "/nyheter/",
        "/om-oss/",
        "/akut-hjalp/",
    ]
    urls += ["/tillganglighet/", "/sok/", "/webbkarta/"]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_the_menu_has_the_sections_and_knows_where_it_is(client: Client, start: StartPage) -> None:
    menu = client.get("/nyheter/").context["menu"]
    assert [(item["title"], item["current"]) for item in menu] == [
        ("Aktiviteter", False),
        ("Stöd och råd", False),
        ("Bli medlem", False),
        ("Engagera dig", False),
        ("Nyheter", True),
        ("Om oss", False),
    ]


def test_the_menu_leads_to_the_form_for_members(client: Client, start: StartPage) -> None:
    assert '<a href="/bli-medlem/">Bli medlem</a>' in client.get("/").content.decode()
    page = client.get("/bli-medlem/")
    assert page.resolver_match.view_name == "members:join"
    assert [one["title"] for one in page.context["menu"] if one["current"]] == ["Bli medlem"]


@pytest.mark.django_db
def test_a_new_installation_is_laid_by_one_command(client: Client) -> None:
    call_command("lay_pages")
    call_command("lay_pages")
    assert client.get("/").status_code == 200
    assert StartPage.objects.count() == 1


def test_laid_again_nothing_is_doubled_or_changed(start: StartPage) -> None:
    start.heading = "Vårt eget"
    start.save()
    before = sorted(Page.objects.values_list("path", "title"))
    lines = CrisisLine.objects.count()
    assert foundation.lay().heading == "Vårt eget"
    assert sorted(Page.objects.values_list("path", "title")) == before
    assert CrisisLine.objects.count() == lines


@pytest.mark.django_db
def test_the_site_answers_at_its_own_address_and_wagtails_welcome_is_gone() -> None:
    start = foundation.lay()
    site = Site.objects.get()
    assert (site.root_page_id, site.hostname, site.port) == (start.pk, "testserver", 80)
    assert [page.pk for page in Page.objects.filter(depth=2)] == [start.pk]


def test_the_tree_is_sound(start: StartPage) -> None:
    assert Page.find_problems() == ([], [], [], [], [])


def test_nobody_has_checked_the_numbers_yet_so_somebody_is_asked_to(start: StartPage) -> None:
    from django.utils import timezone

    assert CrisisLine.objects.to_check(timezone.localdate()).count() == 5
