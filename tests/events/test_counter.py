"""Counting visits without names: pressed on a phone, corrected after the shift."""

import re
import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from events.models import Event, Leader, Registration, VisitTally
from events.services import counter
from members.models import Person
from tests.doors import log_in
from tests.events.desk import send, text_of
from tests.events.test_evening_pages import filled_in
from tests.factories import EventFactory, UserFactory, days_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def alex() -> Any:
    return UserFactory(role="ledare", first_name="Alex")


@pytest.fixture
def cafe(alex: Any) -> Event:
    event: Event = EventFactory(
        slug="cafe", title="Öppet hus", starts_at=timezone.now(), no_sign_up=True
    )
    Leader.objects.create(event=event, user=alex)
    return event


@pytest.fixture
def phone(client: Client, alex: Any) -> Client:
    return log_in(client, alex)


def address(event: Event) -> str:
    day = timezone.localdate(event.schedule[0].starts_at)
    return f"/ledare/raknare/{event.slug}/{day:%Y-%m-%d}/"


def press(phone: Client, event: Event, do: str, key: str = "") -> Any:
    return send(phone, address(event), {"do": do, "press": key or str(uuid.uuid4())})


def total(phone: Client, event: Event) -> str:
    found = re.search(r'class="count">([^<]+)<', phone.get(address(event)).content.decode())
    assert found
    return found[1].strip()


def test_the_counter_of_the_day_opens_at_once(phone, cafe):
    assert phone.get("/ledare/raknare/").headers["Location"] == address(cafe)
    assert total(phone, cafe) == "0 besök"


def test_each_press_is_one_visit_more_and_a_slip_one_less(phone, cafe):
    for do in ("+visit", "+visit", "+women", "+men", "-visit", "+first_timers"):
        assert press(phone, cafe, do).status_code == 303
    assert total(phone, cafe) == "3 besök"
    tally = VisitTally.objects.get()
    assert (tally.women, tally.men, tally.first_timers) == (1, 1, 1)


def test_a_double_press_is_one(phone, cafe):
    key = str(uuid.uuid4())
    for _time in range(2):
        press(phone, cafe, "+visit", key)
    assert total(phone, cafe) == "1 besök"


def test_parts_never_exceed_the_visits(phone, cafe):
    answer = press(phone, cafe, "+first_timers")
    assert answer.status_code == 422
    assert "Räkna besöket först." in text_of(answer)
    press(phone, cafe, "+women")
    assert press(phone, cafe, "-visit").status_code == 422
    assert total(phone, cafe) == "1 besök"


@pytest.mark.parametrize(
    "parts",
    [{"women": 2, "men": 2}, {"first_timers": 4}, {"from_here": 2, "from_elsewhere": 2},
     {"relatives": 1, "staff": 3}],
)  # fmt: skip
def test_the_database_refuses_more_parts_than_visits(cafe, parts):
    now = timezone.now()
    facts = {"event": cafe, "occasion_uid": uuid.uuid4(), "changed_at": now, "opened_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitTally.objects.create(
            total=3, closed_at=now + timezone.timedelta(hours=1), **facts, **parts
        )


def test_nothing_below_zero(phone, cafe):
    answer = press(phone, cafe, "-visit")
    assert (answer.status_code, total(phone, cafe)) == (422, "0 besök")


def test_after_the_shift_numbers_hours_and_a_note_are_saved(phone, cafe):
    press(phone, cafe, "+visit")
    page = phone.get(f"{address(cafe)}pass/")
    typed = {"total": "12", "women": "4", "opened": "11.00", "closed": "15.00"}
    typed |= {"on_duty": "3", "duty_hours": "7,5", "note": "Kaffet tog slut."}
    answer = send(phone, f"{address(cafe)}pass/", filled_in(page) | typed)
    assert answer.status_code == 303
    tally = VisitTally.objects.get()
    assert (tally.total, tally.women, tally.on_duty, tally.duty_minutes) == (12, 4, 3, 450)
    assert (f"{timezone.localtime(tally.opened_at):%H.%M}", tally.note) == (
        "11.00",
        "Kaffet tog slut.",
    )


def test_whom_they_helped_on_is_counted_without_a_name_and_is_at_most_the_visits(phone, cafe):
    page = phone.get(f"{address(cafe)}pass/")
    assert "Hjälpte ni någon vidare? (valfritt)" in text_of(page)
    typed = filled_in(page) | {"total": "3", "to_group": "2", "to_care": "3", "became_member": "1"}
    assert send(phone, f"{address(cafe)}pass/", typed).status_code == 303
    tally = VisitTally.objects.get()
    assert (tally.to_group, tally.to_care, tally.became_member, tally.to_crisis) == (2, 3, 1, 0)
    answer = send(phone, f"{address(cafe)}pass/", typed | {"to_crisis": "4"})
    assert answer.status_code == 422
    assert "De ni hjälpte vidare är fler än besöken" in text_of(answer)


def test_more_women_than_visits_is_told_beside_the_field(phone, cafe):
    page = phone.get(f"{address(cafe)}pass/")
    answer = send(phone, f"{address(cafe)}pass/", filled_in(page) | {"total": "3", "women": "4"})
    assert answer.status_code == 422
    assert "Kvinnor, män, annat och vet ej är fler än besöken" in text_of(answer)


def test_only_who_leads_the_cafe_and_the_office_counts(client, cafe):
    log_in(client, UserFactory(role="ledare"))
    assert client.get(address(cafe)).status_code == 404
    assert press(client, cafe, "+visit").status_code == 404
    client.logout()
    log_in(client, UserFactory(role="samordnare"))
    assert press(client, cafe, "+visit").status_code == 303


def test_nothing_is_counted_before_the_day(phone, alex):
    coming = EventFactory(slug="sedan", no_sign_up=True, starts_at=days_away(3))
    Leader.objects.create(event=coming, user=alex)
    assert press(phone, coming, "+visit").status_code == 422
    assert VisitTally.objects.count() == 0


def test_no_column_of_a_tally_leads_to_a_visitor():
    """Only to the activity, and to the one of the staff who pressed last."""
    seen: set[type[models.Model]] = set()
    ahead: list[type[models.Model]] = [VisitTally]
    found = {field.name for field in VisitTally._meta.get_fields() if field.is_relation}
    assert found == {"event", "changed_by"}
    while ahead:
        model = ahead.pop()
        seen.add(model)
        ahead += [
            field.related_model
            for field in model._meta.concrete_fields
            if field.is_relation and field.name != "changed_by" and field.related_model not in seen
        ]
    assert seen & {Person, Registration} == set()


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_press_at_the_same_moment_count_both():
    alex = UserFactory(role="samordnare")
    event = EventFactory(starts_at=timezone.now(), no_sign_up=True)
    occasion = event.schedule[0]
    at_once = threading.Barrier(4)

    def one() -> None:
        at_once.wait(timeout=10)
        counter.press(event, occasion, "women", step=1, key=uuid.uuid4(), actor=alex)
        connection.close()

    threads = [threading.Thread(target=one) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    tally = VisitTally.objects.get()
    assert (tally.total, tally.women) == (4, 4)
