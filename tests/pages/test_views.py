"""Search, the site map, and what machines read."""

from django.test import Client
from wagtail.models import PageViewRestriction

from pages.models import StartPage
from tests.factories import ContentPageFactory, EventFactory, NewsPageFactory


def test_the_search_page_answers_with_the_words_that_were_asked(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(title="Bipolära sjukdomar", slug="bipolar")
    html = client.get("/sok/", {"q": "bipolär"}).content.decode()
    assert '<a href="/stod/bipolar/">Bipolära sjukdomar</a>' in html
    assert "1 träff på bipolär." in html
    assert 'value="bipolär"' in html


def test_an_empty_search_asks_and_says_nothing_is_wrong(client: Client, start: StartPage) -> None:
    html = client.get("/sok/").content.decode()
    assert "<h1>Sök på sidan</h1>" in html
    assert 'role="status"' not in html


def test_nothing_found_is_said_kindly_with_a_way_on(client: Client, start: StartPage) -> None:
    html = " ".join(client.get("/sok/", {"q": "xyzzyq"}).content.decode().split())
    assert (
        "Vi hittade inget på xyzzyq. Prova ett kortare ord, eller "
        '<a href="/aktiviteter/">se alla aktiviteter</a>.'
    ) in html


def test_what_was_typed_is_shown_as_text(client: Client, start: StartPage) -> None:
    html = client.get("/sok/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script" not in html


def test_a_very_long_question_is_cut(client: Client, start: StartPage) -> None:
    assert client.get("/sok/", {"q": "ord " * 5000}).status_code == 200


def test_a_search_is_kept_by_nobody_and_found_by_no_search_engine(
    client: Client, start: StartPage
) -> None:
    response = client.get("/sok/", {"q": "sömn"})
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_site_map_lists_every_public_page_under_its_section(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(title="Sömn", slug="somn")
    ContentPageFactory(title="Utkast", live=False)
    sections = client.get("/webbkarta/").context["sections"]
    assert [(page.title, [one.title for one in below]) for page, below in sections] == [
        ("Aktiviteter", []),
        ("Stöd och råd", ["Sömn"]),
        ("Bli medlem", []),
        ("Engagera dig", []),
        ("Nyheter", []),
        ("Om oss", []),
        ("Akut hjälp", []),
        ("Tillgänglighet", []),
    ]


def test_search_engines_get_every_public_address_and_no_other(
    client: Client, start: StartPage
) -> None:
    ContentPageFactory(slug="somn")
    ContentPageFactory(slug="utkast", live=False)
    closed = ContentPageFactory(slug="stangd")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    NewsPageFactory(slug="nytt")
    NewsPageFactory(slug="gammalt", expired=True)
    EventFactory(slug="yoga")
    EventFactory(slug="over", over=True)
    EventFactory(slug="utkast", draft=True)
    xml = client.get("/sitemap.xml").content.decode()
    found = [part.partition("</loc>")[0] for part in xml.split("<loc>http://testserver")[1:]]
    assert found == [
        "/",
        "/aktiviteter/",
        "/stod/",
        "/stod/somn/",
        "/bli-medlem/",
        "/engagera-dig/",
        "/nyheter/",
        "/nyheter/nytt/",
        "/om-oss/",
        "/akut-hjalp/",
        "/tillganglighet/",
        "/aktiviteter/yoga/",
    ]


def test_the_feed_has_the_current_news(client: Client, start: StartPage) -> None:
    NewsPageFactory(title="Nytt kök", slug="kok", summary="Vi har målat & städat.")
    NewsPageFactory(title="Gammalt", expired=True)
    response = client.get("/nyheter/flode.xml")
    xml = response.content.decode()
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert "<title>Nytt kök</title>" in xml
    assert "<link>http://testserver/nyheter/kok/</link>" in xml
    assert "Vi har målat &amp; städat." in xml
    assert "Gammalt" not in xml


def test_robots_are_told_what_is_not_for_them(client: Client, start: StartPage) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
