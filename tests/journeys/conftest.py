"""A real site, a real browser, and the rows that both stand on."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from pytest_django import DjangoDbBlocker

from samvaro.demo.stripe_standin.server import StandIn
from tests import browsers, chromium
from tests.journeys.looking import PHONE
from tests.journeys.rows import broker_apart, copy_of_template, standing_on
from tests.journeys.world import World, lay_out
from tests.servers import Site

# The computer at the office.
DESK = {"width": 1280, "height": 900}
# POSTs per visitor and stretch of time before the page that asks to wait. Each visitor here comes
# from an address of its own, as in life.
FORM_LIMIT = 20
# Milliseconds for a page or an element to come, on a machine that does other things too.
PATIENCE = 20_000

OpenContext = Callable[..., BrowserContext]
_visitors = count(1)


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def _everything(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Site, World]]:
    with (
        Site(
            tmp_path_factory.mktemp("journeys"),
            database_url=copy_of_template(f"journeys_{WORKER}"),
            redis_url=broker_apart(WORKER),
            TRUSTED_PROXY_COUNT="1",
            FORM_LIMIT=str(FORM_LIMIT),
        ) as site,
        StandIn(
            key=settings.STRIPE_SECRET_KEY,
            secret=settings.STRIPE_WEBHOOK_SECRET,
            hook_url=f"{site.url}/webhooks/stripe/",
        ) as stripe,
        ThreadPoolExecutor() as threads,
    ):
        site.environment["STRIPE_API_BASE"] = stripe.url
        web = threads.submit(site.start_web)
        worker = threads.submit(site.start_worker, concurrency=1)
        with standing_on(site, django_db_blocker):
            world = lay_out(site.url, FORM_LIMIT)
        web.result()
        worker.result()
        yield site, world


@pytest.fixture(scope="session")
def site(_everything: tuple[Site, World]) -> Site:
    """Gunicorn, Celery's worker and a mail server, for all journeys of this process."""
    return _everything[0]


@pytest.fixture(scope="session")
def world(_everything: tuple[Site, World]) -> World:
    """The association of the journeys, its pages and its activities."""
    return _everything[1]


@pytest.fixture(scope="module", autouse=True)
def _same_rows(site: Site, world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with standing_on(site, django_db_blocker):
        yield


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return browsers.path()


@pytest.fixture(scope="module")
def _playwright(chromium_path: str, _same_rows: None) -> Iterator[Playwright]:
    with browsers.playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(_playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    browser = _playwright.chromium.launch(
        executable_path=chromium_path, args=list(chromium.ARGUMENTS)
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def open_context(browser: Browser, site: Site) -> Iterator[OpenContext]:
    """A new visitor: no cookies, and an address of its own. Takes new_context's options."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        number = next(_visitors)
        headers = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
        defaults: dict[str, Any] = {
            "base_url": site.url,
            "locale": "sv-SE",
            "timezone_id": "Europe/Stockholm",
            "viewport": PHONE,
            "extra_http_headers": headers,
        }
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, open_context: OpenContext) -> Iterator[Page]:
    """A visitor's page. Every journey is walked twice: with JavaScript and without."""
    context = open_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()
