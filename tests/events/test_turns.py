"""Turns in the queue: together or not at all, one more day, soon, skipped; and what the lines say."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client

from events.models import Event, Occasion, PlaceLine, Registration
from events.services import history, office, places, waiting_list
from events.services import registration as registrations
from mail.models import Letter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
State, Why = Registration.State, Registration.Why

# A Tuesday at eleven in Stockholm: offers may leave.
NOON = datetime.fromisoformat("2026-12-01T11:00:00+01:00")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def activity(*, capacity: int = 1, days: int = 20, together: int = 3) -> Event:
    event = Event.objects.create(
        title="Yoga",
        neutral_title="Träff",
        slug="yoga",
        summary="Lugn yoga.",
        place="Hägersten",
        capacity=capacity,
        most_together=together,
        live=True,
    )
    start = NOON + timedelta(days=days)
    Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=1))
    return event


def comes(event: Event, name: str, party: int = 1) -> Registration:
    who: dict[str, Any] = {"key": uuid.uuid4(), "name": name, "email": f"{name}@exempel.se"}
    row = registrations.sign_up(event, party=party, **who).registration
    assert row is not None
    return row


def waits(event: Event, name: str, party: int = 1) -> Registration:
    who: dict[str, Any] = {"key": uuid.uuid4(), "name": name, "email": f"{name}@exempel.se"}
    row = registrations.join_queue(event, party=party, **who).registration
    assert row is not None
    return row


def states(event: Event) -> dict[str, str]:
    return dict(event.registrations.order_by("id").values_list("name", "state"))


def gives_up(row: Registration) -> None:
    registrations.cancel(row, at_once=True)


def test_those_who_come_together_take_a_place_each():
    event = activity(capacity=3)

    comes(event, "par", party=2)

    assert places.count(event, NOON).free == 1
    with pytest.raises(registrations.NoPlaceLeft):
        comes(event, "tre", party=2)


def test_a_party_that_does_not_fit_is_passed_over_and_keeps_its_number():
    event = activity(capacity=1)
    first = comes(event, "ensam")
    party = waits(event, "par", party=2)
    waits(event, "kim")

    gives_up(first)

    party.refresh_from_db()
    assert states(event) == {"ensam": "cancelled", "par": "waiting", "kim": "offered"}
    assert (party.why, party.passed_over_at, party.queue_number()) == (Why.TOO_MANY, NOON, 1)


def test_a_party_is_asked_together_as_soon_as_it_fits():
    event = activity(capacity=2)
    one, other = comes(event, "en"), comes(event, "två")
    waits(event, "par", party=2)

    gives_up(one)
    assert states(event)["par"] == "waiting"
    gives_up(other)

    assert states(event)["par"] == "offered"
    assert places.count(event, NOON).free == 0


def test_nobody_is_marked_as_passed_when_nobody_was_asked_instead():
    event = activity(capacity=1)
    first = comes(event, "ensam")
    party = waits(event, "par", party=2)

    gives_up(first)

    party.refresh_from_db()
    assert (party.why, party.passed_over_at) == ("", None)


def offered(event: Event) -> Registration:
    first = comes(event, "en")
    row = waits(event, "kim")
    gives_up(first)
    waiting_list.start_clock(row.pk, sent_at=NOON)
    row.refresh_from_db()
    return row


def test_one_more_day_to_answer_is_given_once():
    row = offered(activity())
    before = row.offer_expires_at

    waiting_list.one_more_day(row)
    waiting_list.one_more_day(row)

    row.refresh_from_db()
    assert row.offer_expires_at == before + timedelta(days=1)


def test_there_is_no_more_day_when_the_activity_is_within_three_days():
    row = offered(activity(days=3))
    before = row.offer_expires_at

    waiting_list.one_more_day(row)

    row.refresh_from_db()
    assert row.offer_expires_at == before


def test_the_page_of_the_offer_gives_a_day_more_by_a_button(client: Client):
    from events.emails import answer_url

    row = offered(activity())
    page = answer_url(row).split("//", 1)[1].partition("/")[2]

    assert "Jag behöver en dag till" in client.get(f"/{page}").content.decode()
    assert client.post(f"/{page}", {"answer": "later"}).status_code == 303
    answer = client.get(f"/{page}").content.decode()
    assert "Jag behöver en dag till" not in answer
    assert "fredag 4 december 2026, kl. 11" in answer


def test_when_it_is_soon_everyone_in_the_queue_hears_of_the_place_and_the_first_has_it():
    event = activity(days=1)
    first = comes(event, "en")
    kim, alex = waits(event, "kim"), waits(event, "alex")

    gives_up(first)

    told = Letter.objects.filter(kind="queue_soon").order_by("to")
    assert [letter.to for letter in told] == ["alex@exempel.se", "kim@exempel.se"]
    waiting_list.accept(alex)
    with pytest.raises(waiting_list.PlaceWentOn):
        waiting_list.accept(kim)
    assert states(event) == {"en": "cancelled", "kim": "waiting", "alex": "confirmed"}


def test_when_it_is_soon_nobody_hears_twice_of_the_same_place_but_again_of_the_next(clock: Any):
    event = activity(days=1)
    first = comes(event, "en")
    waits(event, "kim")
    alex = waits(event, "alex")
    gives_up(first)

    waiting_list.release_due()
    assert Letter.objects.filter(kind="queue_soon").count() == 2
    waiting_list.accept(alex)
    clock.shift(timedelta(hours=1))
    gives_up(alex)

    assert Letter.objects.filter(kind="queue_soon", to="kim@exempel.se").count() == 2


def test_whom_the_office_skips_is_skipped_once_and_keeps_the_number():
    event = activity()
    first, kim, alex = comes(event, "en"), waits(event, "kim"), waits(event, "alex")
    gives_up(first)

    office.skip(kim, actor=UserFactory())

    kim.refresh_from_db()
    assert states(event) == {"en": "cancelled", "kim": "waiting", "alex": "offered"}
    assert kim.queue_number() == 1
    waiting_list.decline(alex)
    assert states(event)["kim"] == "offered"


def test_every_change_of_a_place_is_a_line_that_nobody_can_change():
    event = activity()
    first = comes(event, "en")
    waits(event, "kim")
    gives_up(first)

    lines = PlaceLine.objects.filter(event=event, registration__isnull=False)
    assert list(lines.values_list("was", "state", "why")) == [
        ("", "confirmed", ""),
        ("", "waiting", ""),
        ("confirmed", "cancelled", ""),
        ("waiting", "offered", "turn"),
    ]
    for deed in (
        "UPDATE events_placeline SET state = 'waiting'",
        "DELETE FROM events_placeline",
        "TRUNCATE events_placeline",
    ):
        with (
            pytest.raises(DatabaseError, match="only grows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)


def test_a_name_that_is_weeded_leaves_no_line():
    event = activity()
    row = comes(event, "kim")
    before = PlaceLine.objects.count()

    Registration.objects.filter(pk=row.pk).update(name="", email="")

    assert PlaceLine.objects.count() == before


def test_what_happened_is_told_in_words_without_names():
    event = activity()
    first = comes(event, "en")
    waits(event, "kim")
    gives_up(first)

    assert [happening.text for happening in history.told(event)] == [
        "Anmälan 2 fick frågan om en plats.",
        "Anmälan 1 avbokade sin plats.",
        "Anmälan 2 ställde sig i kö.",
        "Anmälan 1 fick en plats.",
        "Aktiviteten har 1 plats.",
    ]


def test_the_form_asks_who_comes_along_only_where_people_may_come_together(client: Client):
    activity(together=1)

    assert "Kommer ni flera?" not in client.get("/aktiviteter/yoga/anmalan/").content.decode()
    Event.objects.update(most_together=2, capacity=2)
    page = client.get("/aktiviteter/yoga/anmalan/?x=1").content.decode()
    assert "Kommer ni flera?" in page

    person = {"name": "Kim", "email": "kim@exempel.se", "consent": "on", "party": "2"}
    answer = client.post("/aktiviteter/yoga/anmalan/", person)
    assert answer.status_code == 303
    assert Registration.objects.get().party == 2
    person = {**person, "email": "alex@exempel.se", "submission": str(uuid.uuid4())}
    full = client.post("/aktiviteter/yoga/anmalan/", person)
    assert full.status_code == 422
    assert "Platserna räcker inte till er alla" in full.content.decode()
    assert '<option value="2" selected' in full.content.decode()
