"""Activities in the admin: the list of them, and the editor."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from events.models import Event, Registration
from tests.events.desk import LIST, send, text_of, told
from tests.factories import EventFactory, RegistrationFactory, days_away

pytestmark = pytest.mark.django_db
State = Registration.State


def typed(**facts: Any) -> dict[str, Any]:
    """What the editor sends: an activity on one occasion."""
    times = facts.pop("times", [("2027-01-14 17:00", "2027-01-14 19:00")])
    rows = [{"starts_at": start, "ends_at": end, "note": ""} for start, end in times]
    form = {
        "title": "Föreläsning: Sömn",
        "neutral_title": "Föreläsning",
        "slug": "",
        "kind": "lecture",
        "summary": "En kväll om sömn.",
        "body": rich_text(""),
        "where": "on_site",
        "place": "Instrumentvägen 10",
        "price": "0",
        "refund_days": "2",
        "question_readers": "office",
        "sign_up": "form",
        "capacity": "20",
        "most_together": "1",
        "waiting_list": "on",
        "occasions": inline_formset(rows),
    }
    return nested_form_data(form | facts)


def save(client: Client, event: Event | None = None, *, publish: bool = True, **facts: Any) -> Any:
    url = f"{LIST}edit/{event.pk}/" if event else f"{LIST}add/"
    data = typed(**facts) | ({"action-publish": "1"} if publish else {})
    return send(client, url, data)


# --- the list -----------------------------------------------------------------------------------


def test_the_list_tells_how_full_it_is_and_how_it_stands(office: Client) -> None:
    EventFactory(title="Fullt", capacity=2, with_queue=1)
    text = text_of(office.get(LIST))
    facts = ["Fullt", "Promenad", "2 / 2", ">1<", "Fullt, kö"]
    assert [fact for fact in facts if fact not in text] == []


def test_what_comes_first_stands_first_and_what_has_been_stands_last(office: Client) -> None:
    EventFactory(title="Utan tid", times=0)
    EventFactory(title="Har varit", over=True)
    EventFactory(title="Sedan", starts_at=days_away(20))
    EventFactory(title="Snart", draft=True)
    rows = office.get(LIST).context["object_list"]
    assert [event.title for event in rows] == ["Snart", "Sedan", "Har varit", "Utan tid"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=yog", ["Yoga"]),
        ("kind=yoga", ["Yoga"]),
        ("when=coming", ["Yoga", "Utkast", "Kö"]),
        ("when=past", ["Förr"]),
        ("state=draft", ["Utkast"]),
        ("state=cancelled", []),
        ("queue=yes", ["Kö"]),
    ],
)
def test_the_list_can_be_searched_and_sifted(office: Client, asked: str, found: list[str]) -> None:
    EventFactory(title="Yoga", kind="yoga")
    EventFactory(title="Utkast", draft=True)
    EventFactory(title="Kö", capacity=1, with_queue=1)
    EventFactory(title="Förr", over=True)
    rows = office.get(f"{LIST}?{asked}").context["object_list"]
    assert [event.title for event in rows] == found


# Of which the rows are three: how many, which, and when they are. The rest is who asks.
QUERIES_OF_THE_ROWS = 11


def test_the_list_asks_as_much_for_one_as_for_fifty(
    office: Client, django_assert_num_queries: Any
) -> None:
    RegistrationFactory(event__times=2)
    office.get(LIST)
    with CaptureQueriesContext(connection) as whole_page:
        office.get(LIST)
    with django_assert_num_queries(QUERIES_OF_THE_ROWS):
        office.get(f"{LIST}results/")
    for event in EventFactory.create_batch(49, times=2):
        RegistrationFactory(event=event)
    with django_assert_num_queries(QUERIES_OF_THE_ROWS):
        assert len(office.get(f"{LIST}results/").context["object_list"]) == 50
    with django_assert_num_queries(len(whole_page)):
        office.get(LIST)


# --- the editor ---------------------------------------------------------------------------------


def test_an_activity_is_typed_and_published(office: Client) -> None:
    save(office)
    event = Event.objects.get()
    assert told(office) == ["”Föreläsning: Sömn” är publicerad."]
    assert (event.live, event.slug, event.capacity) == (True, "forelasning-somn", 20)
    assert str(event.starts_at) == "2027-01-14 16:00:00+00:00"


def test_a_draft_is_not_seen_by_visitors(office: Client, client: Client) -> None:
    save(office, publish=False)
    event = Event.objects.get()
    assert not event.live
    assert Client().get(event.url).status_code == 404


def test_two_with_the_same_title_have_addresses_of_their_own(office: Client) -> None:
    save(office)
    save(office, slug="forelasning-somn")
    slugs = Event.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["forelasning-somn", "forelasning-somn-2"]


WRONG = {
    "a health word in the neutral title": (
        {"neutral_title": "Depressionsgrupp"},
        "Ordet ”Depressionsgrupp” syns på låsta skärmar.",
    ),
    "closes before it opens": (
        {"opens_at": "2026-12-10 10:00", "closes_at": "2026-12-01 10:00"},
        "Anmälan måste stänga efter att den har öppnat.",
    ),
    "ends before it starts": (
        {"times": [("2027-01-14 17:00", "2027-01-14 16:00")]},
        "Träffen måste sluta efter att den har börjat.",
    ),
    "no place": ({"place": ""}, "Skriv var träffen är."),
    "no time": ({"times": []}, "Lägg till minst en tid"),
    "an hour that spring leaves out": (
        {"times": [("2027-03-28 02:30", "2027-03-28 04:00")]},
        "Den tiden finns inte, för klockan ställs fram då.",
    ),
    "no time at all": (
        {"times": [("torsdag", "2027-01-14 19:00")]},
        "Skriv dag och tid så här: 2026-12-10 17:00",
    ),
    "an address of another activity": ({"slug": "upptagen"}, "Den adressen används redan."),
    "an address of ours": ({"slug": "kalender"}, "Den adressen används redan. Välj en annan."),
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_is_wrong_is_said_in_words_and_nothing_is_lost(office: Client, fault: str) -> None:
    taken = EventFactory(slug="upptagen")
    facts, words = WRONG[fault]
    response = save(office, summary="Det här har jag skrivit länge på.", **facts)
    assert response.status_code == 200
    text = text_of(response)
    assert words in text
    assert "Det här har jag skrivit länge på." in text
    assert Event.objects.get() == taken


def test_times_are_those_on_the_wall_in_sweden(office: Client) -> None:
    save(office, times=[("2027-07-01 17:00", "2027-07-01 19:00")])
    assert str(Event.objects.get().starts_at) == "2027-07-01 15:00:00+00:00"
    page = text_of(office.get(f"{LIST}edit/{Event.objects.get().pk}/"))
    assert 'value="2027-07-01 17:00"' in page


def test_a_copy_is_a_draft_with_an_address_of_its_own(office: Client) -> None:
    original = EventFactory(slug="promenad", title="Promenad", cancelled=True, times=2)
    page = office.get(f"{LIST}copy/{original.pk}/")
    form = page.context["form"]
    assert (form.instance.pk, form.initial["slug"]) == (None, "")
    assert [row.instance.pk for row in form.formsets["occasions"]] == [None, None]
    save(office, title="Promenad", publish=False)
    copy = Event.objects.exclude(pk=original.pk).get()
    assert (copy.slug, copy.live, copy.cancelled_at) == ("promenad-2", False, None)
    assert original.occasions.count() == 2


def test_an_activity_is_seen_before_it_is_published(office: Client) -> None:
    event = EventFactory(draft=True)
    url = f"{LIST}preview/{event.pk}/"
    send(office, url, typed(title="Så här blir titeln"))
    response = office.get(f"{url}?mode=")
    assert response.status_code == 200
    assert "Så här blir titeln" in text_of(response)
    assert response.context["status"] == Event.Status.OPEN


@pytest.mark.parametrize("publish", [True, False])
def test_fewer_places_than_people_is_allowed_and_explained(office: Client, publish: bool) -> None:
    event = EventFactory(capacity=6, full=True)
    save(office, event, capacity="2", publish=publish)
    assert told(office)[-1] == (
        "4 fler än platserna har redan plats. De behåller sina platser. "
        "Höj antalet platser igen, eller flytta några."
    )
    assert event.registrations.filter(state=State.CONFIRMED).count() == 6


def test_more_places_go_to_the_queue_when_they_are_published(office: Client) -> None:
    event = EventFactory(capacity=1, with_queue=2)
    save(office, event, capacity="2")
    assert event.registrations.filter(state=State.OFFERED).count() == 1


def test_publishing_again_keeps_everyone_who_signed_up(office: Client) -> None:
    event = EventFactory(full=True)
    before = list(event.registrations.order_by("pk").values())
    save(office, event, capacity="5")
    assert list(event.registrations.order_by("pk").values()) == before


REFUSED = (
    "”Promenad” går inte att ta bort, för 1 person har anmält sig. "
    "Avpublicera i stället, så syns den inte för besökare."
)


def test_what_somebody_signed_up_to_is_not_deleted(office: Client) -> None:
    event = RegistrationFactory(event__title="Promenad").event
    for url in (f"{LIST}delete/{event.pk}/", f"/admin/bulk/events/event/delete/?id={event.pk}"):
        send(office, url)
        assert told(office) == [REFUSED]
    assert Event.objects.filter(pk=event.pk).exists()


def test_what_nobody_signed_up_to_can_be_deleted(office: Client) -> None:
    send(office, f"{LIST}delete/{EventFactory().pk}/")
    assert not Event.objects.exists()


def test_the_word_for_a_kind_of_activity_is_ours(office: Client) -> None:
    """In English "sort" is something else, and Wagtail has a translation of it."""
    text = text_of(office.get(f"{LIST}add/"))
    assert "Sortera" not in text
