"""Interest in what has no date yet, to the day when there is one."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.models import Event, Interest, Registration
from events.services import interest as interests
from events.services import series
from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import User
from pages.coming import coming, with_places
from pages.wagtail_hooks.home import waiting_for
from privacy.services import erase_person, weed
from tests.events.desk import LIST, send, text_of
from tests.events.test_absence import links_in
from tests.events.test_admin_events import save
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
PROMISED = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def group() -> Event:
    return EventFactory(
        title="Skrivargrupp", neutral_title="Skrivargrupp", slug="skrivargrupp", times=0,
        sign_up=Event.SignUp.INTEREST, promised_on=PROMISED, wanted=6, capacity=None,
    )  # fmt: skip


def declare(group: Event, email: str = "kim@exempel.se", **wishes: Any) -> Interest:
    row = interests.declare(group, key=uuid.uuid4(), name="Kim", email=email, **wishes).interest
    assert row is not None
    return row


def flowing(body: str) -> str:
    """Without the ends of the lines."""
    return " ".join(body.split())


def plan(group: Event, times: int = 2) -> list[series.Proposed]:
    return series.propose(
        group, first=date(2027, 1, 11), starts=time(18), ends=time(20), every=1, times=times
    )


# --- the visitor ----------------------------------------------------------------------------------


def test_the_list_and_the_page_say_that_there_is_no_date_yet(group: Event, client: Client) -> None:
    (listed,) = with_places(coming(None, timezone.now()), timezone.now())
    assert listed.status(timezone.now()).label == "Inget datum än – anmäl intresse"
    page = text_of(client.get(group.url))
    assert "Senast 15 januari 2027 vet vi hur det går." in page
    assert "/aktiviteter/skrivargrupp/intresse/" in page


def test_a_visitor_says_what_suits_and_is_told_the_promise(
    group: Event, press: Any, client: Client
) -> None:
    typed = {"times": ["day", "evening"], "mode": "online"}
    answer = press(group, "intresse", **typed)
    assert answer.status_code == 303
    row = Interest.objects.get()
    assert (row.day, row.evening, row.weekend, row.mode) == (True, True, False, "online")
    page = text_of(client.get(answer["Location"]))
    assert "Tack. Vi hör av oss" in page
    assert "Vi startar när 6 personer vill vara med." in page
    assert "Senast 15 januari 2027 får du veta hur det går." in page
    deliver_due()
    assert mail.outbox[0].subject == "Tack för ditt intresse"
    assert "Du får besked senast 15 januari 2027" in flowing(mail.outbox[0].body)


def test_nothing_but_name_address_and_yes_is_needed(group: Event, press: Any) -> None:
    assert press(group, "intresse").status_code == 303
    assert press(group, "intresse", name="", email="").status_code == 422


def test_a_known_address_gets_the_same_page_and_nobody_elses_words(
    group: Event, press: Any
) -> None:
    first = press(group, "intresse", times=["day"])
    second = press(group, "intresse", times=["evening"], name="Någon annan")
    assert (first.status_code, second.status_code) == (303, 303)
    row = Interest.objects.get()
    assert (row.name, row.day, row.evening) == ("Kim", True, False)


def test_a_slip_in_the_address_is_put_right(group: Event) -> None:
    key = uuid.uuid4()
    interests.declare(group, key=key, name="Kim", email="kmi@exempel.se")
    interests.declare(group, key=key, name="Kim", email="kim@exempel.se")
    assert [row.email for row in Interest.objects.waiting()] == ["kim@exempel.se"]


def test_what_has_a_date_takes_no_interest(press: Any) -> None:
    assert press(EventFactory(), "intresse").status_code == 422


def test_by_the_link_one_changes_and_leaves(group: Event, client: Client) -> None:
    declare(group)
    deliver_due()
    url = next(one for one in links_in(mail.outbox[0].body) if "/intresse/" in one)
    assert "Du står på listan" in text_of(client.get(url))
    client.post(url, {"do": "change", "times": ["weekend"], "mode": "any"})
    assert Interest.objects.filter(weekend=True, mode="any").exists()
    assert Interest.objects.waiting().exists()
    client.post(url, {"do": "leave"})
    assert not Interest.objects.waiting().exists()
    assert Interest.objects.get().email == ""
    assert "Du står inte längre på listan" in text_of(client.get(url))


# --- the office -----------------------------------------------------------------------------------


def test_no_promise_no_publishing(office: Client) -> None:
    answer = save(office, sign_up="interest", times=[])
    assert "Skriv vilken dag de som är intresserade får besked." in text_of(answer)
    answer = save(office, sign_up="interest", times=[], promised_on="2027-01-15")
    assert answer.status_code == 302
    assert Event.objects.get().takes_interest


def test_the_office_sees_how_many_want_what(group: Event, office: Client) -> None:
    declare(group, times=["day", "evening"], mode="online")
    declare(group, "bo@exempel.se", times=["evening"])
    found = interests.wishes(group)
    assert found.everyone == 2
    assert [number for _, number in found.times] == [1, 2, 0]
    assert [number for _, number in found.modes] == [0, 1, 0]
    text = text_of(office.get(f"{LIST}{group.pk}/intresse/"))
    assert "2 personer är intresserade." in text
    assert "kim@exempel.se" not in text


def test_one_step_makes_the_times_and_asks_everyone_in_turn(group: Event, anna: User) -> None:
    for number in range(3):
        declare(group, f"nr{number}@exempel.se")
    Letter.objects.all().delete()
    interests.make_occasions(group, plan(group), capacity=2, actor=anna)
    group = Event.objects.get(pk=group.pk)
    assert (group.sign_up, group.occasions.count(), group.capacity) == ("form", 2, 2)
    rows = Registration.objects.order_by("queued_at", "pk")
    assert [(row.email, row.state) for row in rows] == [
        ("nr0@exempel.se", "offered"), ("nr1@exempel.se", "offered"), ("nr2@exempel.se", "waiting"),
    ]  # fmt: skip
    deliver_due()
    subjects = {one.to[0]: one.subject for one in mail.outbox}
    assert subjects == {
        "nr0@exempel.se": "Nu blir det av", "nr1@exempel.se": "Nu blir det av",
        "nr2@exempel.se": "Du står i kö",
    }  # fmt: skip
    offer = next(one for one in mail.outbox if one.subject == "Nu blir det av")
    assert "Vi startar måndag 11 januari 2027, kl. 18–20. Det blir 2 träffar." in offer.body


def test_the_office_does_it_on_one_page(group: Event, office: Client) -> None:
    declare(group)
    typed = {
        "first": "2027-01-11", "starts": "18:00", "ends": "20:00", "every": "1", "times": "2",
        "capacity": "8",
    }  # fmt: skip
    url = f"{LIST}{group.pk}/intresse/traffar/"
    assert "Måndag 11 januari 2027, kl. 18–20" in text_of(send(office, url, typed))
    chosen = typed | {"day": ["2027-01-11", "2027-01-18"], "add": "1"}
    assert send(office, url, chosen).status_code == 303
    assert Registration.objects.get().state == "offered"
    send(office, url, chosen)
    assert Registration.objects.count() == 1


def test_not_now_is_told_with_a_new_promise(group: Event, office: Client) -> None:
    declare(group)
    Letter.objects.all().delete()
    send(office, f"{LIST}{group.pk}/intresse/", {"promised_on": "2027-08-20"})
    deliver_due()
    assert mail.outbox[0].subject == "Det blir inte av just nu"
    assert "Nästa besked får du senast 20 augusti 2027." in flowing(mail.outbox[0].body)


def test_a_broken_promise_is_put_before_the_office(group: Event, anna: User, clock: Any) -> None:
    declare(group)
    words = "1 löfte om besked har gått ut"
    assert words not in [line.text for line in waiting_for(anna, timezone.now())]
    clock.move_to(datetime.fromisoformat("2027-01-16T09:00:00+01:00"))
    assert words in [line.text for line in waiting_for(anna, timezone.now())]


# --- a year later ---------------------------------------------------------------------------------


def test_after_a_year_they_are_asked_once_and_may_stay(
    group: Event, client: Client, clock: Any
) -> None:
    row = declare(group)
    clock.shift(timedelta(days=364))
    assert interests.ask_still() == 0
    clock.shift(timedelta(days=1))
    assert [interests.ask_still(), interests.ask_still()] == [1, 0]
    deliver_due()
    letter = next(one for one in mail.outbox if one.subject == "Är du fortfarande intresserad?")
    url = next(one for one in links_in(letter.body) if "/intresse/" in one)
    assert "Vill du stå kvar på listan?" in text_of(client.get(url))
    client.post(url, {"do": "stay"})
    clock.shift(timedelta(days=20))
    interests.ask_still()
    row.refresh_from_db()
    assert row.is_waiting


def test_who_does_not_answer_in_two_weeks_is_forgotten(group: Event, clock: Any) -> None:
    row = declare(group)
    clock.shift(timedelta(days=365))
    interests.ask_still()
    clock.shift(timedelta(days=14))
    interests.ask_still()
    row.refresh_from_db()
    assert (row.is_waiting, row.name, row.email) == (False, "", "")


def test_who_asks_to_be_forgotten_is(group: Event) -> None:
    declare(group)
    erase_person("kim@exempel.se")
    assert Interest.objects.get().email == ""


def test_what_became_a_place_is_kept_there(group: Event, anna: User, clock: Any) -> None:
    declare(group)
    interests.make_occasions(group, plan(group), capacity=2, actor=anna)
    clock.shift(timedelta(days=31))
    weed(timezone.now())
    assert (Interest.objects.get().name, Registration.objects.get().name) == ("", "Kim")
