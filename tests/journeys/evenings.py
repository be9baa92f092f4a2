"""A leader, an evening that is today, and the way to its pages."""

import uuid
from typing import Any

from django.test import Client
from playwright.sync_api import Page, Response

from events.emails import evening as letters
from events.models import Event, Leader
from events.services import attendance, leading
from events.services.attendance_values import Filled, Tick
from members.models import User
from tests.doors import log_in
from tests.factories import EventFactory, RegistrationFactory, UserFactory, days_away
from tests.journeys.world import World, day

NAMES = ("Kim", "Robin", "Maja", "Elin", "Amir", "Sara", "Johan", "Lina", "Hassan", "Ebba")


def lay_evening(*, people: int = 10, **facts: Any) -> tuple[Event, User]:
    """An evening that begins about now, whatever the time of day, and the one who leads it."""
    mark = uuid.uuid4().hex[:8]
    event: Event = EventFactory(
        **{"slug": f"kvall-{mark}", "title": f"Skrivargrupp {mark}", "kind": "circle",
           "starts_at": day(0, 12), "neutral_title": "Kvällsträff", "capacity": 10, **facts}
    )  # fmt: skip
    for number in range(people):
        name = f"{NAMES[number]} Almljung"
        RegistrationFactory(event=event, name=name, created_at=days_away(-9))
    user: User = UserFactory(role="ledare", first_name="Alex", last_name="Mossvilja")
    Leader.objects.create(event=event, user=user)
    return Event.objects.get(pk=event.pk), user


def link_to(event: Event) -> str:
    """What the leader's letter opens."""
    return letters.door_to(Leader.objects.get(event=event), event.schedule[0])


def let_in(page: Page, user: User, world: World) -> None:
    session = log_in(Client(), user).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": world.url}])


def address(event: Event, base: str = "/ledare/") -> str:
    return f"{base}{event.slug}/{leading.address_of(event, event.schedule[0])}/"


def as_leader(what: str, *, saved: bool = False, more: str = "", **facts: Any) -> Any:
    """`what`: list, evening, link or counter."""

    def way(page: Page, world: World) -> Response | None:
        event, user = lay_evening(**facts)
        if saved:
            rows = attendance.read(event, event.schedule[0])
            ticks = [Tick(row.key, None, here=at < 7) for at, row in enumerate(rows)]
            filled = Filled(ticks=ticks)
            attendance.save(event, event.schedule[0], filled, actor=user)
        if what != "link":
            let_in(page, user, world)
        places = {
            "list": "/ledare/",
            "evening": address(event),
            "counter": address(event, "/ledare/raknare/"),
            "link": link_to(event),
        }
        return page.goto(places[what] + more)

    return way
