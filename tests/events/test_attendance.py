"""Who was there: how a list is read and saved, from one phone and from two."""

import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from events.models import Attendance, AttendanceSheet, Event, Leader, Occasion
from events.services import attendance
from events.services.attendance_values import Count, Extra, Filled, Row, Tick
from tests.factories import EventFactory, RegistrationFactory, UserFactory, days_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def alex() -> Any:
    return UserFactory(role="ledare", first_name="Alex")


@pytest.fixture
def circle(alex: Any) -> Event:
    """Eight people, last evening, two hours; Alex leads."""
    event = of_eight(kind="circle")
    Leader.objects.create(event=event, user=alex)
    return event


def of_eight(**facts: Any) -> Event:
    event: Event = EventFactory(starts_at=days_away(-0.5), **facts)
    RegistrationFactory.create_batch(8, event=event, created_at=days_away(-9))
    return event


def occasion_of(event: Event) -> Occasion:
    return Event.objects.get(pk=event.pk).schedule[0]


def rows_of(event: Event) -> list[Row]:
    return attendance.read(Event.objects.get(pk=event.pk), occasion_of(event))


def guests(event: Event) -> list[str]:
    return [row.key for row in rows_of(event) if row.kind == "listed"]


def save(event: Event, filled: Filled, actor: Any) -> AttendanceSheet:
    return attendance.save(Event.objects.get(pk=event.pk), occasion_of(event), filled, actor=actor)


def phone(event: Event, here: list[str], shown: dict[str, bool | None] | None = None) -> Filled:
    """What a phone sends that was shown the list as it was, or as `shown` says."""
    was = {row.key: row.here for row in rows_of(event)} if shown is None else shown
    return Filled(ticks=[Tick(key, value, key in here) for key, value in was.items()])


def here(event: Event) -> dict[str, bool | None]:
    return {row.key: row.here for row in rows_of(event) if row.kind == "listed"}


def test_until_somebody_saves_nobody_is_here_or_away(circle):
    assert set(here(circle).values()) == {None}
    assert attendance.count(rows_of(circle)) == Count(here=0, of=0, leaders=0)


def test_unticked_is_saved_as_not_here(circle, alex):
    keys = guests(circle)
    save(circle, phone(circle, keys[:6]), alex)
    assert here(circle) == {key: key in keys[:6] for key in keys}
    assert attendance.count(rows_of(circle)) == Count(here=6, of=8, leaders=0)


def test_two_phones_that_tick_half_each_save_the_whole(circle, alex):
    keys = guests(circle)
    before = dict.fromkeys(keys)
    save(circle, phone(circle, keys[:4], before), alex)
    save(circle, phone(circle, keys[4:], before), UserFactory(role="ledare"))
    assert set(here(circle).values()) == {True}


def test_of_two_who_touched_the_same_row_the_last_decides(circle, alex):
    one, *others = guests(circle)
    save(circle, phone(circle, [one, *others]), alex)
    shown = here(circle)
    save(circle, phone(circle, others, shown), alex)
    assert here(circle)[one] is False
    save(circle, phone(circle, [one, *others]), alex)
    assert here(circle)[one] is True


def test_a_row_that_a_phone_was_never_shown_is_not_written_by_it(circle, alex):
    shown = here(circle)
    late = RegistrationFactory(event=circle, created_at=days_away(-3))
    save(circle, phone(circle, [], shown), alex)
    assert here(circle)[f"r{late.pk}"] is None


def test_those_who_come_together_have_a_row_each(circle, alex):
    kim = RegistrationFactory(
        event=circle, name="Kim Almljung", party=3, created_at=days_away(-9)
    )  # fmt: skip
    rows = [row for row in rows_of(circle) if row.registration == kim.pk]
    assert [(row.key, row.first_name, row.is_new) for row in rows] == [
        (f"r{kim.pk}", "Kim", True),
        (f"r{kim.pk}_1", "Med Kim (1)", False),
        (f"r{kim.pk}_2", "Med Kim (2)", False),
    ]
    save(circle, phone(circle, [rows[0].key, rows[2].key]), alex)
    assert [here(circle)[row.key] for row in rows] == [True, False, True]
    assert attendance.count(rows_of(circle)) == Count(here=2, of=11, leaders=0)


def test_who_came_anyway_is_saved_once_however_often_the_form_is_sent(circle, alex):
    extra = Extra(uuid.uuid4(), "Sam")
    for _time in range(2):
        save(circle, Filled(extras=[extra]), alex)
    names = [row.first_name for row in rows_of(circle) if row.kind == "extra"]
    assert names == ["Sam"]


def test_the_break_is_taken_off_and_the_last_one_is_remembered(circle, alex):
    begins = occasion_of(circle).starts_at
    filled = Filled(starts_at=begins, ends_at=begins + timedelta(minutes=135), break_minutes=45)
    assert save(circle, filled, alex).study_hours == 2
    assert attendance.usual_break(circle) == 45


def test_what_two_wrote_to_the_coordinator_is_kept_of_both(circle, alex):
    for words in ("Vi saknade kaffe.", "Vi saknade kaffe.", "Kim ringer dig."):
        sheet = save(circle, Filled(note=words), alex)
    assert sheet.note == "Vi saknade kaffe.\nKim ringer dig."
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM events_attendancesheet")
        assert "kaffe" not in cursor.fetchone()[0]


def test_somebody_is_new_on_the_first_occasion_and_not_on_the_second(alex):
    event = EventFactory(starts_at=days_away(-8), times=2)
    kim = RegistrationFactory(event=event, created_at=days_away(-20))
    fresh = Event.objects.get(pk=event.pk)
    filled = Filled(ticks=[Tick(f"r{kim.pk}", None, here=True)])
    for occasion in fresh.schedule:
        attendance.save(fresh, occasion, filled, actor=alex)
    found = Attendance.objects.order_by("sheet__starts_at").values_list("first_time", flat=True)
    assert list(found) == [True, False]


def test_who_signed_up_after_the_occasion_was_not_expected(circle):
    late = RegistrationFactory(event=circle, created_at=timezone.now())
    assert f"r{late.pk}" not in guests(circle)


def test_nothing_is_saved_before_the_day_or_of_what_is_cancelled(alex):
    coming = EventFactory(starts_at=days_away(2))
    with pytest.raises(attendance.NotYet):
        save(coming, Filled(), alex)
    with pytest.raises(attendance.TakesNoPlace):
        save(EventFactory(over=True, cancelled=True), Filled(), alex)


def test_the_list_stays_when_the_occasion_is_written_anew(circle, alex):
    """As publishing does: another row with the same uid."""
    save(circle, phone(circle, guests(circle)), alex)
    old = occasion_of(circle)
    facts = {"uid": old.uid, "starts_at": old.starts_at, "ends_at": old.ends_at}
    old.delete()
    Occasion.objects.create(event=circle, **facts)
    assert set(here(circle).values()) == {True}


def test_the_database_knows_what_a_row_is(circle, alex):
    sheet = save(circle, Filled(), alex)
    row = {"sheet": sheet, "present": True, "set_at": timezone.now()}
    for wrong in ({"kind": "listed"}, {"kind": "extra"}, {"kind": "leader", "first_name": "Bo"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.create(**row, **wrong)


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_save_at_the_same_moment_lose_nothing(monkeypatch):
    assert each_ticks_a_half_at_once(monkeypatch, locked=True) == {True}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_two_phones_lose_ticks(monkeypatch):
    """Should this ever fail, the test above proves nothing."""
    assert each_ticks_a_half_at_once(monkeypatch, locked=False) == {True, False}


def take_the_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_locked(event: Event, occasion: Occasion, *about: Any) -> AttendanceSheet:
        return AttendanceSheet.objects.get(occasion_uid=occasion.uid)

    monkeypatch.setattr(attendance, "_locked", not_locked)
    # To write in the row of the list would make the second one wait as well.
    monkeypatch.setattr(attendance, "_write_facts", lambda *about: None)


def each_ticks_a_half_at_once(monkeypatch: pytest.MonkeyPatch, *, locked: bool) -> set[bool]:
    """Two phones tick half of the people each, of whom nothing is saved. Says what is saved then."""
    alex, event = UserFactory(role="ledare"), of_eight()
    keys = guests(event)
    save(event, Filled(), alex)
    if not locked:
        take_the_lock_away(monkeypatch)
    read, both_have_read = attendance.read, threading.Barrier(2)

    def read_together(*about: Any) -> list[Row]:
        rows = read(*about)
        # Whoever is alone here holds the lock that the other one waits for.
        with suppress(threading.BrokenBarrierError):
            both_have_read.wait(timeout=1)
        return rows

    def press(half: list[str]) -> None:
        save(event, phone(event, half, dict.fromkeys(keys)), alex)
        connection.close()

    monkeypatch.setattr(attendance, "read", read_together)
    in_parallel([lambda half=half: press(half) for half in (keys[:4], keys[4:])])
    return set(Attendance.objects.values_list("present", flat=True))


def in_parallel(deeds: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
