"""The office's telephone: three taps, a sum, and never a person."""

import uuid
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from tests.doors import CSRF_FREE, log_in
from tests.factories import UserFactory
from tests.volunteers.rooms import day
from volunteers.models import PhoneCall
from volunteers.services import phone as calls

pytestmark = pytest.mark.django_db

TALLY, SUMS = "/samordning/telefon/", "/admin/paverkan/telefonen/"


def tap(client: Client, **more: Any) -> Any:
    typed = {"minutes": "10", "category": "support", "on": day(0), **more}
    return client.post(TALLY, typed, **CSRF_FREE)


def test_three_taps_are_a_call(office: Client) -> None:
    answer = tap(office)
    assert answer.status_code == 303
    row = PhoneCall.objects.get()
    assert (row.on, row.minutes, row.category) == (day(0), 10, "support")
    page = office.get(answer["Location"]).content.decode()
    assert ("Sparat." in page, "I dag: 1 samtal, 10 minuter." in page) == (True, True)


def test_a_slip_of_the_thumb_is_taken_back(office: Client) -> None:
    tap(office)
    key = PhoneCall.objects.get().submission
    office.post(f"{TALLY}angra/", {"submission": key}, **CSRF_FREE)
    assert not PhoneCall.objects.exists()
    assert office.post(f"{TALLY}angra/", {"submission": "x"}, **CSRF_FREE).status_code == 404


def test_the_same_press_is_one_call(office: Client) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        tap(office, submission=key)
    assert PhoneCall.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": ""}, {"minutes": "7"}, {"category": ""}, {"on": day(1)}, {"on": day(-40)}],
    ids=["no length", "a strange length", "about nothing", "not yet", "long ago"],
)
def test_what_is_missing_is_said(office: Client, wrong: dict[str, Any]) -> None:
    assert tap(office, **wrong).status_code == 422
    assert not PhoneCall.objects.exists()


def test_no_column_is_about_a_person() -> None:
    """Neither the one who called nor the one who answered."""
    kinds = {field.name: type(field) for field in PhoneCall._meta.concrete_fields}
    assert set(kinds) == {"id", "submission", "on", "minutes", "category"}
    assert models.ForeignKey not in kinds.values()


def test_months_are_summed_by_what_they_were_about(office: Client) -> None:
    first = timezone.localdate().replace(day=1)
    for minutes, category in ((10, "support"), (20, "support"), (5, "care")):
        calls.note_call(uuid.uuid4(), on=first, minutes=minutes, category=category)
    (month,) = calls.months(first.year)
    assert (month.first, month.calls, month.minutes) == (first, 3, 35)
    assert [number for _label, number in month.parts] == [0, 0, 2, 0, 1, 0]
    assert "35" in office.get(SUMS).content.decode()


def test_who_may_tap_and_who_may_see(client: Client) -> None:
    for role, code in (("styrelse", 200), ("samordnare", 200), ("kassor", 404), ("ledare", 404)):
        log_in(client, UserFactory(role=role))
        assert (client.get(TALLY).status_code, client.get(SUMS).status_code) == (code, code)
