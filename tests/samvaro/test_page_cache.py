"""Pages are kept for visitors without a session, and never shown to the wrong one or too long."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event
from mail.models import Association
from pages.models import CrisisLine, StartPage
from pages.services import foundation
from privacy import edition
from tests.factories import (
    ContentPageFactory,
    CrisisLineFactory,
    EventFactory,
    NewsPageFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.kept import kept_pages

PUBLIC = [
    "/",
    "/aktiviteter/",
    "/aktiviteter/?visa=digitalt&tid=kvall",
    "/aktiviteter/yoga/",
    "/aktiviteter/kalender.ics",
    "/stod/",
    "/stod/somn/",
    "/nyheter/",
    "/nyheter/nytt/",
    "/nyheter/flode.xml",
    "/akut-hjalp/",
    "/tillganglighet/",
    "/webbkarta/",
    "/sitemap.xml",
    "/robots.txt",
]
# Public, and made anew for everyone.
NOT_KEPT = ["/sok/?q=yoga", "/anpassa/", "/logga-in/", "/finns-inte/"]


NUMBER = re.compile(r'name="submission" value="([0-9a-f-]{36})"')


@pytest.fixture
def site(db: Any) -> StartPage:
    start = foundation.lay()
    EventFactory(title="Yoga", slug="yoga", capacity=1)
    ContentPageFactory(title="Sömn", slug="somn")
    NewsPageFactory(title="Nytt", slug="nytt")
    return start


def statements(client: Client, url: str, **extra: Any) -> tuple[HttpResponse, int]:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url, **extra)
    return response, len(asked)


@pytest.mark.parametrize("url", PUBLIC)
def test_the_second_visitor_costs_no_sql_and_gets_the_same_page(
    client: Client, site: StartPage, url: str
) -> None:
    first, _ = statements(client, url)
    second, asked = statements(Client(), url)
    assert asked == 0
    assert second.status_code == 200
    assert second.content == first.content
    kept = {name: value for name, value in first.headers.items() if name != "Content-Length"}
    assert kept == {name: second.headers[name] for name in kept}


@pytest.mark.parametrize("url", [*PUBLIC, *NOT_KEPT])
def test_a_visitor_who_only_reads_gets_no_cookie(site: StartPage, url: str) -> None:
    client = Client()
    assert dict(client.get(url).cookies) == {}
    assert dict(client.get(url).cookies) == {}


@pytest.mark.parametrize("url", NOT_KEPT)
def test_forms_searches_and_errors_are_made_anew(site: StartPage, url: str) -> None:
    client = Client()
    client.get(url)
    assert kept_pages() == []


@pytest.mark.parametrize("url", ["/aktiviteter/yoga/anmalan/", "/aktiviteter/full/ko/"])
def test_a_kept_form_has_a_number_of_its_own_for_each_visitor(site: StartPage, url: str) -> None:
    EventFactory(slug="full", capacity=1, full=True)
    pages = [statements(Client(), url) for _ in range(3)]
    assert [asked for _, asked in pages[1:]] == [0, 0]
    numbers = [NUMBER.findall(page.content.decode()) for page, _ in pages]
    assert [len(found) for found in numbers] == [1, 1, 1]
    assert len({number for (number,) in numbers}) == 3
    bare = {NUMBER.sub("", page.content.decode()) for page, _ in pages}
    assert len(bare) == 1
    assert [page["Cache-Control"] for page, _ in pages] == ["no-store"] * 3


def test_a_form_that_is_filled_in_again_is_made_for_its_reader(site: StartPage) -> None:
    sent = {"name": "Kim", "email": "kim@exempel.se", "consent": "on"}
    done = Client().post("/aktiviteter/yoga/anmalan/", sent)
    correct = re.search(r"/aktiviteter/yoga/anmalan/\?ratta=[^\"]+", page_of(done))
    assert correct
    assert "kim@exempel.se" in Client().get(correct.group()).content.decode()
    assert "kim@exempel.se" not in Client().get("/aktiviteter/yoga/anmalan/").content.decode()


def page_of(answer: HttpResponse) -> str:
    return Client().get(answer["Location"]).content.decode()


def test_the_browser_asks_every_time_and_hears_that_nothing_changed(site: StartPage) -> None:
    client = Client()
    first = client.get("/")
    assert first["Cache-Control"] == "no-cache"
    assert "Cookie" in first["Vary"]
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_two_people_with_a_session_never_share_a_page(site: StartPage) -> None:
    pages = []
    for name in ("Kim", "Alex"):
        client = Client()
        client.force_login(UserFactory(first_name=name, administrator=True))
        pages.append(statements(client, "/"))
    stranger, asked = statements(Client(), "/")
    assert all(asked > 0 for _, asked in pages)
    assert asked > 0
    assert [page["Cache-Control"] for page, _ in pages] == ["private, no-cache"] * 2
    for name in ("Kim", "Alex"):
        assert name not in stranger.content.decode()


def test_somebody_who_logs_in_meets_no_page_that_was_kept(site: StartPage) -> None:
    Client().get("/")
    client = Client()
    client.force_login(UserFactory())
    _, asked = statements(client, "/")
    assert asked > 0


def test_each_look_has_its_own_page(site: StartPage) -> None:
    looks = {}
    for chosen in ("", "lugn", "mork.storst", "nonsense", "lugn.<script>"):
        client = Client()
        if chosen:
            client.cookies["tema"] = chosen
        client.get("/")
        looks[chosen] = statements(client, "/")[0].content
    assert b'data-tema="lugn"' in looks["lugn"]
    assert b'data-tema="mork" data-text="storst"' in looks["mork.storst"]
    assert looks["nonsense"] == looks[""]
    assert looks["lugn.<script>"] == looks["lugn"]


def test_unknown_words_in_the_query_neither_break_nor_fill_the_cache(site: StartPage) -> None:
    client = Client()
    for number in range(3):
        client.get(f"/?utm_source={number}")
    assert kept_pages() == []


def test_filters_in_another_order_are_the_same_page(site: StartPage) -> None:
    client = Client()
    client.get("/aktiviteter/?visa=digitalt&tid=kvall")
    _, asked = statements(client, "/aktiviteter/?tid=kvall&visa=digitalt")
    assert asked == 0


def test_a_head_request_is_answered_from_the_same_page(site: StartPage) -> None:
    client = Client()
    page = client.get("/")
    with CaptureQueriesContext(connection) as asked:
        head = client.head("/")
    assert (len(asked), head.status_code, head["ETag"]) == (0, 200, page["ETag"])


def test_a_spoofed_host_is_refused_also_when_the_page_is_kept(site: StartPage) -> None:
    Client().get("/")
    assert Client().get("/", headers={"Host": "elak.example"}).status_code == 400


def test_everything_works_without_the_cache(
    site: StartPage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samvaro.cache._silent_until", 0.0)  # put back afterwards
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }
    for url in PUBLIC:
        assert Client().get(url).status_code == 200


# --- a change is seen at once --------------------------------------------------------------------


def publish(page: Any, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision().publish()


def sign_up(event: Event) -> None:
    RegistrationFactory(event=event)


CHANGES = {
    "a page is published": (
        "/stod/somn/",
        lambda: publish(ContentPageFactory._meta.model.objects.get(slug="somn"), ingress="Vila"),
        "Vila",
    ),
    "the start page is published": (
        "/",
        lambda: publish(StartPage.objects.get(), heading="Välkommen in"),
        "Välkommen in",
    ),
    "a new page enters the menu": (
        "/akut-hjalp/",
        lambda: ContentPageFactory(
            parent=StartPage.objects.get(), title="Lokaler att låna", show_in_menus=True
        ),
        "Lokaler att låna",
    ),
    "news come out": ("/", lambda: NewsPageFactory(title="Nytt kök"), "Nytt kök"),
    "an activity is published": ("/aktiviteter/", lambda: EventFactory(title="Bad"), "Bad"),
    "an activity is renamed": (
        "/aktiviteter/yoga/",
        lambda: publish(Event.objects.get(slug="yoga"), title="Lugn yoga"),
        "Lugn yoga",
    ),
    "the last place is taken": (
        "/aktiviteter/",
        lambda: sign_up(Event.objects.get(slug="yoga")),
        "du kan ställa dig i kö",
    ),
    "the form gives away the last place": (
        "/aktiviteter/yoga/",
        lambda: Client().post(
            "/aktiviteter/yoga/anmalan/",
            {"name": "Kim", "email": "kim@exempel.se", "consent": "on"},
        ),
        "du kan ställa dig i kö",
    ),
    "a crisis number is added": (
        "/akut-hjalp/",
        lambda: CrisisLineFactory(name="Dagjouren"),
        "Dagjouren",
    ),
    "the association changes its phone": (
        "/nyheter/",
        lambda: Association.objects.update_or_create(pk=1, defaults={"phone": "08-765 43 21"}),
        "0876543",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once(what: str) -> None:
    foundation.lay()
    EventFactory(title="Yoga", slug="yoga", capacity=1)
    ContentPageFactory(title="Sömn", slug="somn")
    Association.load()
    url, change, seen = CHANGES[what]
    assert seen not in Client().get(url).content.decode()
    change()
    assert seen in Client().get(url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_unpublished_or_deleted_page_is_gone_at_once() -> None:
    foundation.lay()
    for leave in ("unpublish", "delete"):
        page = ContentPageFactory(slug=f"bort-{leave}")
        assert Client().get(page.url).status_code == 200
        getattr(page, leave)()
        assert Client().get(f"/stod/bort-{leave}/").status_code == 404
    number = CrisisLine.objects.get(dial="1177")
    assert "tel:1177" in Client().get("/akut-hjalp/").content.decode()
    number.delete()
    assert "tel:1177" not in Client().get("/akut-hjalp/").content.decode()


def test_a_page_that_was_made_while_something_changed_is_not_shown_again(site: StartPage) -> None:
    """Read before the change, stored after it: it belongs to the edition before."""
    edition.new_edition()
    before = edition.current()
    client = Client()
    client.get("/")
    edition.new_edition()
    assert edition.current() != before
    _, asked = statements(client, "/")
    assert asked > 0
