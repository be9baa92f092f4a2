"""A talk group that is a study circle, and somebody who has a place in it or is offered one."""

from typing import Any

from playwright.sync_api import Page, Response

from events import emails
from events.services import papers
from tests.events.circle_people import given
from tests.factories import CircleFactory, RegistrationFactory
from tests.journeys.ways import Way, pressing
from tests.journeys.world import World


def somebody(**state: Any) -> Any:
    circle = CircleFactory(talk=True, event__title="Samtalsgrupp")
    return RegistrationFactory(event=circle.event, name="Kim", **state)


def has_a_place(more: str, *, press: str = "", known: bool = False) -> Way:
    """On one of the two pages that a place in a circle leads to."""

    def way(page: Page, world: World) -> Response | None:
        row = somebody()
        if known:
            papers.give(row, given())
        answer = page.goto(emails.booking_url(row) + more)
        return pressing(page, press) if press else answer

    return way


def is_offered(*, press: str = "") -> Way:
    def way(page: Page, world: World) -> Response | None:
        answer = page.goto(emails.answer_url(somebody(offered=True)))
        return pressing(page, press) if press else answer

    return way
