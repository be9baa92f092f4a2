"""The pages under /ledare/: who may open them, what they show, and how few presses it takes."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.emails import evening as letters
from events.models import AttendanceSheet, CircleSettings, Event, Leader
from events.services import leading
from privacy.models import AccessLog
from tests.doors import log_in
from tests.events.desk import send, text_of
from tests.factories import (
    CircleFactory,
    EventFactory,
    RegistrationFactory,
    UserFactory,
    days_away,
)

pytestmark = pytest.mark.django_db

NAMES = ["Kim Almljung", "Alex Bergljung", "Maja Ekhage"]


@pytest.fixture
def alex() -> Any:
    return UserFactory(role="ledare", first_name="Alex", last_name="Mossvilja")


@pytest.fixture
def circle(alex: Any) -> Event:
    event: Event = EventFactory(
        slug="skrivargrupp", title="Skrivargrupp", kind="circle", starts_at=days_away(-0.1)
    )
    for name in NAMES:
        RegistrationFactory(event=event, name=name, created_at=days_away(-9))
    Leader.objects.create(event=event, user=alex)
    return event


def address(event: Event) -> str:
    day = timezone.localdate(Event.objects.get(pk=event.pk).schedule[0].starts_at)
    return f"/ledare/{event.slug}/{day:%Y-%m-%d}/"


def filled_in(page: Any, *names: str, **more: Any) -> dict[str, Any]:
    """The form of the page with these people ticked; everybody else as the page has it."""
    html = page.content.decode()
    data: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        name = attributes.get("name", "")
        ticked = " checked" in tag or attributes.get("type") != "checkbox"
        if ticked and name != "csrfmiddlewaretoken":
            data.setdefault(name, []).append(attributes.get("value", ""))
    for name in names:
        key = re.search(rf'value="(\w+)"[^>]*><span>{name}', html)
        assert key, name
        data.setdefault("here", []).append(key[1])
    return data | more


def shown_names(page: Any) -> list[str]:
    return re.findall(r'name="here"[^>]*><span>([^<]+?)\s*<', page.content.decode())


@pytest.fixture
def phone(client: Client, alex: Any) -> Client:
    return log_in(client, alex)


@pytest.fixture
def link(circle: Event, alex: Any, settings: Any) -> str:
    """The address that the leader's letter opens."""
    occasion = circle.schedule[0]
    leader = Leader.objects.get()
    return letters.door_to(leader, occasion).removeprefix(settings.SITE_URL)


# --- who --------------------------------------------------------------------------------------


def test_a_leader_sees_what_they_lead_and_nothing_else(phone, circle):
    other = EventFactory(slug="annan", title="Annan grupp", starts_at=days_away(-0.1))
    page = phone.get("/ledare/")
    assert "Skrivargrupp" in text_of(page)
    assert "Annan grupp" not in text_of(page)
    assert phone.get(address(circle)).status_code == 200
    assert phone.get(address(other)).status_code == 404


def test_a_leader_who_is_removed_loses_the_page_on_the_next_request(phone, client, circle, link):
    assert phone.get(address(circle)).status_code == 200
    form = filled_in(phone.get(address(circle)))
    Leader.objects.all().delete()
    assert phone.get(address(circle)).status_code == 404
    assert send(phone, address(circle), form).status_code == 404
    assert Client().get(link).status_code == 404
    assert AttendanceSheet.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "code"), [("samordnare", 200), ("styrelse", 404), ("redaktor", 404), ("kassor", 404)]
)
def test_of_the_staff_only_the_office_opens_what_others_lead(client, circle, role, code):
    log_in(client, UserFactory(role=role))
    assert client.get("/ledare/").status_code == code
    assert client.get(address(circle)).status_code == code


def test_a_stranger_is_sent_to_log_in(client, circle):
    assert client.get(address(circle)).headers["Location"].startswith("/logga-in/")


def test_the_link_shows_first_names_only_and_the_list_behind_the_log_in_all(phone, circle, link):
    assert shown_names(phone.get(address(circle))) == [*NAMES, "Alex Mossvilja"]
    page = Client().get(link)
    assert shown_names(page) == ["Kim", "Alex", "Maja", "Alex"]
    assert [name for name in ("Almljung", "Bergljung", "Ekhage") if name in text_of(page)] == []
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_that_somebody_looked_is_in_the_log(phone, circle):
    """A phone that only asks whether the net is there has not looked."""
    phone.head(address(circle))
    phone.get(address(circle))
    look = AccessLog.objects.get()
    assert (look.action, look.reference, look.reason) == ("view", "skrivargrupp", "närvaro")


def test_the_list_asks_the_same_number_of_questions_for_many(
    phone, alex, django_assert_num_queries
):
    for _number in range(12):
        Leader.objects.create(event=EventFactory(times=3, starts_at=days_away(-8)), user=alex)
    with django_assert_num_queries(3):
        found = leading.evenings_of(alex, timezone.now())
    assert (len(found.unsaved), len(found.coming)) == (24, 6)


def test_who_leads_and_has_no_desk_comes_to_their_evenings_after_the_log_in(phone):
    assert phone.get("/efter-inloggning/").headers["Location"] == "/ledare/"


# --- filling in -------------------------------------------------------------------------------


def test_ticks_and_a_save_are_told_in_one_line(phone, circle):
    page = phone.get(address(circle))
    answer = send(phone, address(circle), filled_in(page, "Kim", "Maja"))
    assert (answer.status_code, answer.headers["Location"]) == (303, address(circle))
    saved = text_of(phone.get(address(circle)))
    clock = f"{timezone.localtime(AttendanceSheet.objects.get().saved_at):%H}".lstrip("0")
    assert re.search(rf"Sparat kl\. {clock or 0}(\.\d\d)?\. 2 av 3 var här\.", saved)
    assert "Det blir 2 studietimmar" in saved
    assert "2 deltagare, 1 ledare" in saved


def test_a_save_through_the_link_is_the_leaders(circle, alex, link):
    visitor = Client()
    answer = send(visitor, link, filled_in(visitor.get(link), "Kim"))
    assert answer.headers["Location"] == link
    sheet = AttendanceSheet.objects.get()
    assert sheet.saved_by == alex
    assert sheet.rows.filter(kind="listed", present=True).count() == 1


def test_everyone_is_here_ticks_all_and_saves_nothing(phone, circle):
    page = send(phone, address(circle), filled_in(phone.get(address(circle)), do="all"))
    assert page.status_code == 200
    assert page.content.decode().count(" checked") == 4
    assert AttendanceSheet.objects.count() == 0
    send(phone, address(circle), filled_in(page))
    assert AttendanceSheet.objects.get().rows.filter(present=True).count() == 4


def test_one_more_came_and_what_was_ticked_stays(phone, circle):
    page = phone.get(address(circle))
    more = filled_in(page, "Kim", do="add", extra_name="Sam", note="Vi saknade kaffe.")
    page = send(phone, address(circle), more)
    assert "Sam" in text_of(page)
    assert "Vi saknade kaffe." in text_of(page)
    wrong = filled_in(page, extra_name="Lo", note="Vi saknade kaffe.") | {"starts": "snart"}
    page = send(phone, address(circle), wrong)
    assert page.status_code == 422
    right = filled_in(page, note="Vi saknade kaffe.") | {"starts": "17.00", "ends": "19.00"}
    send(phone, address(circle), right)
    sheet = AttendanceSheet.objects.get()
    found = {row.first_name: row.present for row in sheet.rows.filter(kind="extra")}
    assert found == {"Sam": True, "Lo": True}
    assert sheet.rows.filter(kind="listed", present=True).count() == 1
    assert sheet.note == "Vi saknade kaffe."


def test_two_phones_merge(phone, circle, link):
    other = Client()
    mine, theirs = phone.get(address(circle)), other.get(link)
    send(phone, address(circle), filled_in(mine, "Kim"))
    send(other, link, filled_in(theirs, "Maja"))
    assert "2 av 3 var här" in text_of(phone.get(address(circle)))


def test_what_was_saved_can_be_changed(phone, circle):
    send(phone, address(circle), filled_in(phone.get(address(circle)), "Kim", "Maja"))
    page = phone.get(f"{address(circle)}?andra")
    form = filled_in(page)
    form["here"] = form["here"][1:]
    send(phone, address(circle), form)
    assert "1 av 3 var här" in text_of(phone.get(address(circle)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"starts": "halv sex"}, "Skriv tiden så här: 18.00"),
        ({"starts": "18.00", "ends": "17.00"}, "Träffen måste sluta efter att den har börjat"),
        (
            {"starts": "18.00", "ends": "19.00", "break_minutes": "60"},
            "Rasten är längre än träffen",
        ),
    ],
)
def test_a_time_that_cannot_be_is_told_kindly_and_every_tick_stays(phone, circle, typed, told):
    page = phone.get(address(circle))
    page = send(phone, address(circle), filled_in(page, "Kim") | typed)
    assert page.status_code == 422
    assert told in text_of(page)
    assert page.content.decode().count(" checked") == 2
    assert AttendanceSheet.objects.count() == 0


def test_the_times_as_they_were_give_the_study_hours(phone, circle):
    page = phone.get(address(circle))
    times = {"starts": "17.00", "ends": "19.15", "break_minutes": "45"}
    send(phone, address(circle), filled_in(page) | times)
    assert AttendanceSheet.objects.get().study_hours == 2


def test_the_leader_types_the_hours_where_the_clock_does_not_tell_them(phone, circle):
    page = phone.get(address(circle))
    assert "Stämmer inte timmarna?" in text_of(page)
    times = {"starts": "17.00", "ends": "19.15", "break_minutes": "0"}
    send(phone, address(circle), filled_in(page) | times | {"study_hours": "2"})
    assert "Det blir 2 studietimmar" in text_of(phone.get(address(circle)))
    again = phone.get(f"{address(circle)}?andra")
    # Whoever saves again without touching the hours keeps them; an empty field is the clock's.
    send(phone, address(circle), filled_in(again))
    assert AttendanceSheet.objects.get().study_hours == 2
    send(phone, address(circle), filled_in(again) | {"study_hours": ""})
    sheet = AttendanceSheet.objects.get()
    assert (sheet.typed_hours, sheet.study_hours) == (None, 3)


def test_hours_that_are_no_number_are_told_kindly(phone, circle):
    page = phone.get(address(circle))
    answer = send(phone, address(circle), filled_in(page) | {"study_hours": "många"})
    assert answer.status_code == 422
    assert "Skriv hela timmar, till exempel 3" in text_of(answer)


def test_before_the_day_there_are_names_and_nothing_to_tick(phone, alex):
    event = EventFactory(starts_at=days_away(5))
    RegistrationFactory(event=event, name="Kim")
    Leader.objects.create(event=event, user=alex)
    page = phone.get(address(event))
    assert "Kim" in text_of(page)
    assert shown_names(page) == []


def test_a_cancelled_evening_asks_for_nothing(phone, circle):
    Event.objects.update(cancelled_at=timezone.now())
    assert "Träffen är inställd." in text_of(phone.get(address(circle)))
    form = {"shown": ["r1:"], "here": ["r1"]}
    assert send(phone, address(circle), form).status_code in (303, 422)
    assert AttendanceSheet.objects.count() == 0


def test_after_each_save_the_leader_reads_in_plain_words_what_the_circle_misses(client):
    circle = CircleFactory(starts_at=days_away(-14.05), people=3, leader=True, met=2)
    event = Event.objects.get(pk=circle.event_id)
    log_in(client, event.leaders.get().user)
    *_others, second, third = [f"/ledare/{event.slug}/{day}/" for day in days_of(event)]
    assert "Ett möte till så räknas cirkeln." in text_of(client.get(second))
    assert "Öppna e-listan" not in text_of(client.get(second))
    CircleSettings.objects.update(e_list="https://e-lista.exempel.se/")
    assert "https://e-lista.exempel.se/" in text_of(client.get(second))
    send(client, third, filled_in(send(client, third, filled_in(client.get(third), do="all"))))
    assert "Cirkeln räknas." in text_of(client.get(third))


def days_of(event: Event) -> list[str]:
    return [f"{timezone.localdate(one.starts_at):%Y-%m-%d}" for one in event.schedule]
