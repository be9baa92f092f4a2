"""A question that is put together once answers as the queryset that it was made from."""

import gc
import threading
import weakref

import pytest
from django.db import connections
from django.db.models import Count
from django.db.models.functions import Now
from django.utils import timezone

from events.models import Event, Occasion
from mail.models import Letter
from privacy.models import Consent, ConsentText
from privacy.prepared import Prepared
from privacy.services import note_consent
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
    assert asked.rows(purpose="x' OR '1'='1") == []


def test_what_editors_write_is_read_once_in_an_edition_and_anew_in_the_next():
    EventFactory(slug="en", title="Promenad")
    asked = Prepared(lambda: Event.objects.filter(slug="slug"), slug="slug")

    def title(words: str | None) -> str:
        return asked.made_of(asked.kept(words, slug="en"))[0].title

    assert title("first") == "Promenad"
    Event.objects.update(title="Fika")
    assert [title("first"), title("second"), title(None)] == ["Promenad", "Fika", "Fika"]
    assert asked.kept("second", slug="ingen") == []


def test_whoever_changes_what_was_kept_changes_only_their_own():
    EventFactory(slug="en", capacity=5)
    asked = Prepared(lambda: Event.objects.filter(slug="slug"), slug="slug")
    one, other = (asked.made_of(asked.kept("first", slug="en"))[0] for _ in range(2))
    one.capacity = 7
    assert other.capacity == 5


def test_a_row_that_is_put_in_is_as_django_puts_it_in():
    letter = Letter(kind="x", to="kim@exempel.se", to_key="k", about={"a": [1, "å"]}, private="x")
    letter.due_at = timezone.now()
    letter.save(force_insert=True)
    found = Letter.objects.get(pk=letter.pk)
    names = [field.attname for field in Letter._meta.concrete_fields]
    assert {name: getattr(found, name) for name in names} == {
        name: getattr(letter, name) for name in names
    }
    yes = note_consent("events", at=timezone.now())
    assert (yes.pk, Consent.objects.get(pk=yes.pk).text) == (yes.pk, yes.text)


def test_a_row_with_something_for_the_database_to_work_out_is_put_in_by_django():
    yes = Consent(text=note_consent("events", at=timezone.now()).text, given_at=Now())
    yes.save(force_insert=True)
    assert Consent.objects.get(pk=yes.pk).given_at is not None
