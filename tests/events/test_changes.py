"""Moved and cancelled times: everyone with a place is told once, the old beside the new."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.models import Change, Event, Occasion, Registration
from events.services import changes, waiting_list
from events.services.reminders import remind_due
from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import User
from tests.events.conftest import make_event, stand_in_queue, take_place
from tests.events.desk import LIST, send, text_of
from tests.factories import RegistrationFactory

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
START = datetime.fromisoformat("2026-12-10T17:00:00+01:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kim() -> Registration:
    """Has a place in what is published, and has read the confirmation."""
    row = take_place(make_event(starts_at=START))
    deliver_due()
    mail.outbox.clear()
    return row


def only(event: Event) -> Occasion:
    return Occasion.objects.get(event=event)


def move(event: Event, anna: User, by: timedelta = DAY, because: str = "") -> Change | None:
    one = only(event)
    return changes.move(
        event, one.uid, one.starts_at + by, one.ends_at + by, actor=anna, because=because
    )


def letters(clock: Any, wait: timedelta = timedelta(minutes=10)) -> list[Any]:
    clock.shift(wait)
    deliver_due()
    return list(mail.outbox)


def test_a_moved_time_is_told_with_the_old_beside_the_new(
    kim: Registration, anna: User, clock: Any
) -> None:
    move(kim.event, anna, because="Lokalen var upptagen.")
    (letter,) = letters(clock)
    assert letter.subject == "Ny tid för din träff"
    assert "Förut: torsdag 10 december 2026, kl. 17–19." in letter.body
    assert "Nu: fredag 11 december 2026, kl. 17–19." in letter.body
    assert "Platsen är densamma." in letter.body
    assert "Lokalen var upptagen." in letter.body


def test_a_change_in_the_editor_is_told_when_it_is_published(
    kim: Registration, anna: User, clock: Any
) -> None:
    event = Event.objects.get(pk=kim.event_id)
    event.save_revision(user=anna).publish(user=anna)
    draft = Event.objects.get(pk=kim.event_id)
    draft.place = "Instrumentvägen 10"
    draft.save_revision(user=anna).publish(user=anna)
    (letter,) = letters(clock)
    assert letter.subject == "Ny plats för din träff"
    assert "Plats förut: Zinkensdamm. Plats nu: Instrumentvägen 10." in letter.body


def test_publishing_other_words_tells_nobody(kim: Registration, anna: User, clock: Any) -> None:
    event = Event.objects.get(pk=kim.event_id)
    event.summary = "Andra ord."
    event.save_revision(user=anna).publish(user=anna)
    assert letters(clock) == []


def test_a_slip_that_is_undone_in_time_tells_nobody(
    kim: Registration, anna: User, clock: Any
) -> None:
    changes.cancel(kim.event, only(kim.event).uid, actor=anna, because="")
    changes.restore(kim.event, only(kim.event).uid, actor=anna)
    assert letters(clock) == []


def test_two_changes_before_the_letter_left_are_one_letter(
    kim: Registration, anna: User, clock: Any
) -> None:
    move(kim.event, anna)
    move(kim.event, anna)
    (letter,) = letters(clock)
    assert "Förut: torsdag 10 december 2026" in letter.body
    assert "Nu: lördag 12 december 2026" in letter.body


def test_a_second_change_speaks_of_what_the_reader_was_told_last(
    kim: Registration, anna: User, clock: Any
) -> None:
    move(kim.event, anna)
    letters(clock)
    move(kim.event, anna)
    second = letters(clock)[1]
    assert "Förut: fredag 11 december 2026" in second.body
    assert "Nu: lördag 12 december 2026" in second.body


def test_nobody_is_woken_for_what_is_days_away(kim: Registration, anna: User, clock: Any) -> None:
    clock.move_to(MORNING.replace(hour=23))
    move(kim.event, anna)
    assert letters(clock, timedelta(hours=8)) == []
    assert len(letters(clock, timedelta(hours=1))) == 1


def test_what_begins_within_hours_is_told_at_once(
    kim: Registration, anna: User, clock: Any
) -> None:
    clock.move_to(START - timedelta(hours=1))
    changes.cancel(kim.event, only(kim.event).uid, actor=anna, because="")
    (letter,) = letters(clock, timedelta())
    assert letter.subject == "Träffen torsdag 10 december är inställd"


def test_a_cancelled_activity_is_told_to_all_and_offers_are_void(anna: User, clock: Any) -> None:
    event = make_event(starts_at=START, capacity=1)
    take_place(event)
    stand_in_queue(event, "bo@exempel.se")
    RegistrationFactory(event=event, offered=True, email="vi@exempel.se")
    RegistrationFactory(event=event, by_phone=True)
    deliver_due()
    mail.outbox.clear()
    changes.cancel_all(event, actor=anna, because="Ledaren är sjuk.")
    found = letters(clock)
    assert sorted(letter.to[0] for letter in found) == [
        "bo@exempel.se", "kim@exempel.se", "vi@exempel.se",
    ]  # fmt: skip
    assert all("Ledaren är sjuk." in letter.body for letter in found)
    assert not event.registrations.filter(state="offered").exists()
    vi = Registration.objects.get(email="vi@exempel.se")
    with pytest.raises(waiting_list.PlaceWentOn):
        waiting_list.accept(vi)


def test_an_old_draft_does_not_bring_a_cancelled_activity_back(
    kim: Registration, anna: User
) -> None:
    draft = Event.objects.get(pk=kim.event_id)
    draft.summary = "Skrivet före."
    draft.save_revision(user=anna)
    changes.cancel_all(kim.event, actor=anna, because="")
    Event.objects.get(pk=kim.event_id).get_latest_revision().publish(user=anna)
    event = Event.objects.get(pk=kim.event_id)
    assert (event.summary, event.cancelled_at) == ("Skrivet före.", timezone.now())


def test_an_old_draft_does_not_move_a_time_back(kim: Registration, anna: User) -> None:
    draft = Event.objects.get(pk=kim.event_id)
    draft.summary = "Skrivet före."
    draft.save_revision(user=anna)
    move(kim.event, anna)
    Event.objects.get(pk=kim.event_id).get_latest_revision().publish(user=anna)
    assert only(kim.event).starts_at == START + DAY


def test_one_cancelled_time_of_a_series_keeps_the_places(
    kim: Registration, anna: User, clock: Any
) -> None:
    later = START + timedelta(days=7)
    Occasion.objects.create(event=kim.event, starts_at=later, ends_at=later + DAY / 12)
    first = kim.event.occasions.order_by("starts_at")[0]
    changes.cancel(kim.event, first.uid, actor=anna, because="")
    (letter,) = letters(clock)
    assert "Din plats gäller de andra gångerna." in letter.body
    kim.refresh_from_db()
    assert kim.state == "confirmed"


def test_a_time_that_is_taken_away_in_the_editor_is_cancelled_for_its_readers(
    kim: Registration, anna: User, clock: Any
) -> None:
    later = START + timedelta(days=7)
    Occasion.objects.create(event=kim.event, starts_at=later, ends_at=later + DAY / 12)
    event = Event.objects.get(pk=kim.event_id)
    event.save_revision(user=anna).publish(user=anna)
    event = Event.objects.get(pk=kim.event_id)
    event.occasions = [event.schedule[0]]  # type: ignore[misc]  # modelcluster takes a list
    event.save_revision(user=anna).publish(user=anna)
    (letter,) = letters(clock)
    assert letter.subject == "Träffen torsdag 17 december är inställd"


def test_what_has_begun_is_not_moved(kim: Registration, anna: User, clock: Any) -> None:
    clock.move_to(START)
    with pytest.raises(changes.AlreadyBegun):
        move(kim.event, anna)


def test_an_offer_does_not_outlive_a_start_that_came_nearer(anna: User) -> None:
    event = make_event(starts_at=START)
    row = RegistrationFactory(event=event, offered=True, offer_expires_at=START - DAY)
    move(event, anna, -3 * DAY)
    row.refresh_from_db()
    assert row.offer_expires_at == START - 3 * DAY


def test_a_reminder_follows_a_moved_time(kim: Registration, anna: User, clock: Any) -> None:
    clock.move_to(START - DAY - timedelta(hours=6))
    assert remind_due() == 1
    move(kim.event, anna, 7 * DAY)
    deliver_due()
    assert Letter.objects.get(kind="event_reminder").state == Letter.State.SKIPPED
    clock.move_to(START + 6 * DAY - timedelta(hours=6))
    assert remind_due() == 1
    deliver_due()
    assert Letter.objects.filter(kind="event_reminder", state="sent").count() == 1


def test_a_reminder_that_was_held_up_over_night_says_today(kim: Registration, clock: Any) -> None:
    clock.move_to(START - DAY - timedelta(hours=6))
    remind_due()
    clock.move_to(START - timedelta(hours=6))
    deliver_due()
    letter = mail.outbox[-1]
    assert letter.subject == "Vi ses i dag, kl. 17"
    assert "I dag, torsdag 10 december 2026" in letter.body


# --- the pages of the office ----------------------------------------------------------------------


def at(event: Event, more: str = "") -> str:
    return f"{LIST}{event.pk}/tider/{more}"


def test_the_office_moves_a_time_and_sees_what_was_changed(
    kim: Registration, office: Client, clock: Any
) -> None:
    uid = only(kim.event).uid
    page = office.get(at(kim.event, f"{uid}/flytta/"))
    assert "1 person får ett mejl med den gamla och den nya tiden." in text_of(page)
    typed = {"starts_at": "2026-12-11 18:00", "ends_at": "2026-12-11 20:00", "because": "Bokat."}
    assert send(office, at(kim.event, f"{uid}/flytta/"), typed).status_code == 303
    text = text_of(office.get(at(kim.event)))
    facts = ["torsdag 10 december 2026, kl. 17–19", "fredag 11 december 2026, kl. 18–20", "Bokat."]
    assert [fact for fact in facts if fact not in text] == []
    assert len(letters(clock)) == 1


def test_a_time_that_does_not_exist_is_refused_in_plain_words(
    kim: Registration, office: Client
) -> None:
    typed = {"starts_at": "2027-03-28 02:30", "ends_at": "2027-03-28 04:00"}
    answer = send(office, at(kim.event, f"{only(kim.event).uid}/flytta/"), typed)
    assert answer.status_code == 422
    assert "Den tiden finns inte, för klockan ställs fram då." in text_of(answer)


@pytest.mark.parametrize(("what", "field"), [("stall-in/", "event"), ("{uid}/stall-in/", "one")])
def test_the_office_cancels_and_regrets(
    kim: Registration, office: Client, clock: Any, what: str, field: str
) -> None:
    url = at(kim.event, what.format(uid=only(kim.event).uid))
    assert office.get(url).status_code == 200
    assert not is_off(kim.event)
    assert send(office, url, {"because": ""}).status_code == 303
    assert is_off(kim.event)
    assert send(office, url.replace("stall-in", "blir-av")).status_code == 303
    assert not is_off(kim.event)
    assert letters(clock) == []


def is_off(event: Event) -> bool:
    now = Event.objects.get(pk=event.pk)
    return now.cancelled_at is not None or only(now).cancelled_at is not None


def test_who_has_no_mailbox_is_counted_for_a_call(kim: Registration, office: Client) -> None:
    RegistrationFactory(event=kim.event, by_phone=True)
    assert "1 person saknar e-post. Ring och berätta" in text_of(office.get(at(kim.event)))
