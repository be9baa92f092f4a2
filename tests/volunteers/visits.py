"""Clinics, lecturers and bookings, for tests."""

import uuid
from itertools import count
from typing import Any

from django.utils import timezone

from members.models import User
from tests.factories import UserFactory
from tests.volunteers.rooms import day
from volunteers.models import Clinic, LectureBooking, Lecturer
from volunteers.services import lectures, requests

_number = count(1000)
State = LectureBooking.State


def clinic(**facts: Any) -> Clinic:
    """An affective clinic with an address."""
    known = {"name": f"Mottagning {next(_number)}", "street": "Gatan 1", "postcode": "118 20"}
    return Clinic.objects.create(**{**known, "town": "Stockholm", **facts})


def lecturer(trained: int | None = -100, until: int | None = 300, **facts: Any) -> Lecturer:
    row = Lecturer(name=facts.pop("name", f"Rut {next(_number)}"), **facts)
    row.trained_on = None if trained is None else day(trained)
    row.training_until = None if until is None else day(until)
    return lectures.save_lecturer(row)


def coordinator() -> User:
    return User.objects.filter(groups__name="samordnare").first() or UserFactory(role="samordnare")


def asks(**typed: Any) -> LectureBooking:
    """Somebody at a clinic asks us to come."""
    coordinator()
    known = {"host": "Mottagningen vid sjön", "name": "Pia", "email": "pia@exempel.se"}
    return requests.ask_for_lecture(uuid.uuid4(), **{**known, **typed})


def booked(**typed: Any) -> LectureBooking:
    facts = {"starts_at": timezone.now(), "lecturers": [lecturer()]}
    return lectures.move(asks(**typed), State.CONFIRMED, facts, seen="asked", actor=coordinator())


def held(number: int = 12, **typed: Any) -> LectureBooking:
    row = booked(**typed)
    return lectures.move(row, State.DONE, {"actual": number}, seen="confirmed", actor=coordinator())
