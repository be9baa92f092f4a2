"""Every page of the table, looked at as a browser, a keyboard and three pairs of eyes see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.journeys import looking
from tests.journeys.conftest import DESK, OpenContext
from tests.journeys.table import PLACES, Place
from tests.journeys.world import World

pytestmark = pytest.mark.journey

# What a page may ask for (ux.md R5).
MOST_REQUESTS = 10


@dataclass
class Shown:
    """A page that somebody has come to, and what went over the wire for it."""

    place: Place
    page: Page
    answer: Response
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def listen(page: Page, requests: list[Request], complaints: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        # The browser also says that a page answered 404 or 422, which is meant.
        if message.type in ("error", "warning") and "the server responded" not in message.text:
            complaints.append(message.text)

    def asked(request: Request) -> None:
        requests.append(request)

    page.on("request", asked)
    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def of_the_last_page(requests: list[Request]) -> list[Request]:
    """Those of the page that is shown, without the pages on the way to it."""
    starts = [n for n, request in enumerate(requests) if request.is_navigation_request()]
    return requests[starts[-1] :]


@pytest.fixture(scope="module", params=PLACES, ids=str)
def shown(
    request: pytest.FixtureRequest, open_context: OpenContext, world: World
) -> Iterator[Shown]:
    """Each page is opened once, and all tests look at it before the next one is opened."""
    place: Place = request.param
    context = open_context(viewport=DESK, reduced_motion="no-preference")
    page = context.new_page()
    requests: list[Request] = []
    complaints: list[str] = []
    listen(page, requests, complaints)
    answer = place.visit(page, world)
    yield Shown(place, page, answer, of_the_last_page(requests), complaints)
    context.close()


def test_it_answers_as_it_should(shown: Shown) -> None:
    assert shown.answer.status == shown.place.status
    assert shown.page.title() == shown.place.full_title
    assert shown.place.says in shown.page.locator("main").inner_text().replace("\n", " ")


def test_it_is_built_of_the_right_parts(shown: Shown) -> None:
    assert looking.shape_faults(shown.page) == []


def test_it_asks_nobody_else_and_for_little(shown: Shown, world: World) -> None:
    hosts = {urlsplit(request.url).netloc for request in shown.requests}
    assert hosts == {urlsplit(world.url).netloc}
    assert len(shown.requests) <= MOST_REQUESTS
    heavy = [
        request
        for request in shown.requests
        if request.resource_type in ("document", "stylesheet", "script")
    ]
    answers = [request.response() for request in heavy]
    assert sum(len(answer.body()) for answer in answers if answer) <= shown.place.kilobytes * 1024


def test_it_leaves_no_cookie_and_no_complaint(shown: Shown) -> None:
    cookies = {cookie["name"] for cookie in shown.page.context.cookies()}
    expected = {"session", "csrf"} if shown.place.session else set()
    assert cookies <= expected
    assert shown.complaints == []


def test_nothing_moves_by_itself(shown: Shown) -> None:
    assert looking.moving(shown.page) == []


def test_axe_finds_nothing_in_three_themes(shown: Shown) -> None:
    assert looking.axe_faults_by_theme(shown.page) == {}


def test_nothing_is_cut_off(shown: Shown) -> None:
    assert looking.cut_off_somewhere(shown.page) == {}


@pytest.mark.parametrize("size", [looking.PHONE, DESK], ids=["phone", "desk"])
def test_everything_can_be_pressed_with_a_thumb(shown: Shown, size: dict[str, int]) -> None:
    with looking.sized(shown.page, size):
        assert looking.small_targets(shown.page) == []


@pytest.mark.parametrize("size", [looking.PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_comes_everywhere_and_shows_where_it_is(
    shown: Shown, size: dict[str, int]
) -> None:
    with looking.sized(shown.page, size):
        assert looking.keyboard_faults(shown.page) == []
