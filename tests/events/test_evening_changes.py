"""A leader calls an evening off or moves it, from the phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.models import Event, Leader, Occasion
from events.services import attendance, leader_letters
from events.services.attendance_values import Filled
from mail.models import Letter
from tests.doors import log_in
from tests.events.desk import send, text_of
from tests.factories import EventFactory, RegistrationFactory, UserFactory, days_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def alex() -> Any:
    return UserFactory(role="ledare", first_name="Alex")


@pytest.fixture
def phone(client: Client, alex: Any) -> Client:
    return log_in(client, alex)


def led_by(user: Any, **facts: Any) -> Event:
    event: Event = EventFactory(kind="circle", **facts)
    RegistrationFactory.create_batch(3, event=event, created_at=days_away(-20))
    Leader.objects.create(event=event, user=user)
    return event


def address(event: Event, more: str = "") -> str:
    day = timezone.localdate(event.schedule[0].starts_at)
    return f"/ledare/{event.slug}/{day:%Y-%m-%d}/{more}"


def to_guests() -> int:
    return Letter.objects.exclude(kind__startswith="leader").count()


def test_before_it_begins_everyone_is_told_that_it_is_off(phone, alex):
    event = led_by(alex, starts_at=days_away(3), times=2)
    assert "Alla som är anmälda får ett mejl" in text_of(phone.get(address(event, "installd/")))
    assert (
        send(phone, address(event, "installd/"), {"because": "Salen är låst."}).status_code == 303
    )
    first, second = Occasion.objects.order_by("starts_at")
    assert (first.cancelled_at is None, second.cancelled_at is None) == (False, True)
    assert to_guests() == 3
    assert "Träffen är inställd." in text_of(phone.get(address(event)))


def test_afterwards_it_is_noted_and_nobody_is_written_to(phone, alex):
    event = led_by(alex, starts_at=days_away(-0.1))
    assert "Ingen får något mejl." in text_of(phone.get(address(event, "installd/")))
    send(phone, address(event, "installd/"))
    assert Occasion.objects.get().cancelled_at is not None
    assert (to_guests(), leader_letters.write_due(), mail.outbox) == (0, 0, [])


def test_what_has_attendance_took_place(phone, alex):
    event = led_by(alex, starts_at=days_away(-0.1))
    attendance.save(event, event.schedule[0], Filled(), actor=alex)
    answer = send(phone, address(event, "installd/"))
    assert answer.status_code == 422
    assert "Närvaron är redan sparad" in text_of(answer)
    assert Occasion.objects.get().cancelled_at is None


def test_an_evening_is_moved_and_everyone_is_told(phone, alex):
    event = led_by(alex, starts_at=days_away(3))
    day = timezone.localdate() + timedelta(days=5)
    typed = {"day": day.isoformat(), "starts": "18.00", "ends": "20:00"}
    assert send(phone, address(event, "flytta/"), typed).status_code == 303
    starts = timezone.localtime(Occasion.objects.get().starts_at)
    assert (starts.date(), starts.hour) == (day, 18)
    assert to_guests() == 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": "2020-01-01", "starts": "18.00", "ends": "20.00"}, "Den tiden har varit."),
        ({"day": "2027-03-28", "starts": "02.30", "ends": "04.00"}, "Den tiden finns inte"),
        ({"day": "2027-03-01", "starts": "18.00", "ends": "17.00"}, "måste sluta efter"),
        ({"day": "i morgon", "starts": "18.00", "ends": "20.00"}, "Skriv dagen så här"),
    ],
)
def test_a_time_that_cannot_be_is_told_kindly(phone, alex, typed, told):
    event = led_by(alex, starts_at=days_away(3))
    answer = send(phone, address(event, "flytta/"), typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert to_guests() == 0


def test_what_has_begun_is_not_moved_and_others_may_do_neither(phone, alex):
    begun = led_by(alex, starts_at=days_away(-0.1))
    assert phone.get(address(begun, "flytta/")).status_code == 404
    others = led_by(UserFactory(role="ledare"), starts_at=days_away(3))
    for page in ("flytta/", "installd/"):
        assert phone.get(address(others, page)).status_code == 404
        assert send(phone, address(others, page)).status_code == 404
