"""A question that is put together once answers as the queryset that it was made from."""

import gc
import threading
import weakref

import pytest
from django.db import connections
from django.db.models import Count

from events.models import Event, Occasion
from privacy.models import ConsentText
from privacy.prepared import Prepared
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_it_finds_what_the_queryset_finds_with_every_value():
    one, other = EventFactory(slug="en"), EventFactory(slug="annan")
    asked = Prepared(lambda: Event.objects.filter(slug="slug"), slug="slug")
    for slug in ("en", "annan", "ingen"):
        usual = Event.objects.filter(slug=slug).first()
        found = asked.first(slug=slug)
        assert found == usual
        assert usual is None or vars(found).keys() == vars(usual).keys()
    assert {one.pk, other.pk} == {asked.first(slug=slug).pk for slug in ("en", "annan")}


def test_a_row_of_it_can_be_changed_and_saved():
    EventFactory(slug="en")
    asked = Prepared(lambda: Event.objects.filter(slug="slug"), slug="slug")
    found = asked.first(slug="en")
    found.title = "Ny rubrik"
    found.save(update_fields=["title"])
    assert Event.objects.get(slug="en").title == "Ny rubrik"


def test_times_and_sums_come_as_the_queryset_gives_them():
    event = EventFactory()
    rows = Prepared(
        lambda: Occasion.objects.filter(event=-1).values("event").annotate(number=Count("pk"))
        .values_list("number", "starts_at"),
        event=-1,
    )  # fmt: skip
    usual = list(event.occasions.values_list("starts_at", flat=True))
    assert rows.rows(event=event.pk) == [(1, usual[0])]


def test_it_keeps_no_connection_of_the_thread_that_asked_first():
    asked = Prepared(lambda: Event.objects.filter(slug="slug"), slug="slug")
    kept = []

    def ask() -> None:
        asked.first(slug="ingen")
        kept.append(weakref.ref(connections["default"]))
        connections.close_all()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()
    assert [one() for one in kept] == [None]


def test_a_value_is_never_part_of_the_question():
    asked = Prepared(lambda: ConsentText.objects.filter(purpose="purpose"), purpose="purpose")
    assert asked.all(purpose="x' OR '1'='1") == []
