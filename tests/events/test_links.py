"""What the links in letters open: a GET shows, a POST acts, and nobody is scolded."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import emails
from events.models import Event, Registration
from events.services import waiting_list
from mail.models import Letter, Link
from tests.events.conftest import make_event, stand_in_queue, take_place

pytestmark = pytest.mark.django_db


def path(url: str) -> str:
    return url.removeprefix("http://testserver")


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def offered(event: Event) -> Registration:
    """Somebody in the queue who has just been offered the only place."""
    Event.objects.filter(pk=event.pk).update(capacity=1)
    first = take_place(event, "first@exempel.se")
    bo = stand_in_queue(event)
    Registration.objects.filter(pk=first.pk).update(state="cancelled")
    waiting_list.release_due()
    bo.refresh_from_db()
    return bo


def everything() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())  # type: ignore[attr-defined]
        for model in (Registration, Letter, Link)
    ]


def test_a_scanner_that_opens_every_link_changes_nothing(event: Event, client: Client) -> None:
    bo = offered(event)
    booking = path(emails.booking_url(bo))
    links = [booking, booking + "avboka/", path(emails.answer_url(bo))]
    before = everything()
    for link in links:
        for method in (client.get, client.head, client.options):
            for _ in range(2):
                method(link)
    assert everything() == before


def test_pages_behind_links_are_for_one_reader(event: Event, client: Client) -> None:
    page = client.get(path(emails.booking_url(take_place(event))))
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_cancelling_takes_two_presses_and_asks_nothing(event: Event, client: Client) -> None:
    kim = take_place(event)
    page = client.get(path(emails.booking_url(kim)) + "avboka/")
    assert "Avboka din plats?" in words(page)
    assert "<textarea" not in page.content.decode()
    answer = client.post(path(emails.booking_url(kim)) + "avboka/")
    assert answer.status_code == 303
    assert "Din plats är avbokad" in words(client.get(answer["Location"]))


def test_a_cancelled_place_can_be_taken_back(event: Event, client: Client) -> None:
    booking = path(emails.booking_url(take_place(event)))
    client.post(booking + "avboka/")
    client.post(booking, {"do": "undo"})
    assert Registration.objects.get().state == "confirmed"


def test_somebody_in_the_queue_sees_the_number_and_can_leave(event: Event, client: Client) -> None:
    Event.objects.update(capacity=0)
    booking = path(emails.booking_url(stand_in_queue(event)))
    assert "Du är nummer 1." in words(client.get(booking))
    client.post(booking, {"do": "leave"})
    assert "Du har lämnat kön" in words(client.get(booking))


def test_yes_to_an_offer(event: Event, client: Client) -> None:
    bo = offered(event)
    link = path(emails.answer_url(bo))
    assert "Du har fått en plats" in words(client.get(link))
    answer = client.post(link, {"answer": "yes"})
    assert "Bra, platsen är din" in words(client.get(answer["Location"]))
    bo.refresh_from_db()
    assert bo.state == "confirmed"


def test_who_is_quicker_than_the_clock_of_the_offer_also_reads_a_time(
    event: Event, client: Client
) -> None:
    bo = offered(event)
    assert bo.offer_expires_at is None
    assert "Svara gärna senast" in words(client.get(path(emails.answer_url(bo))))


def test_no_to_an_offer_and_staying_in_the_queue(event: Event, client: Client) -> None:
    bo = offered(event)
    stand_in_queue(event, "cy@exempel.se")
    link = path(emails.answer_url(bo))
    answer = client.post(link, {"answer": "no"})
    assert "Tack för att du sa till" in words(client.get(answer["Location"]))
    client.post(link, {"answer": "stay"})
    bo.refresh_from_db()
    assert (bo.state, bo.queue_number()) == ("waiting", 1)


def test_no_and_leaving_for_good(event: Event, client: Client) -> None:
    bo = offered(event)
    link = path(emails.answer_url(bo))
    client.post(link, {"answer": "no"})
    client.post(link, {"answer": "leave"})
    assert "Du har lämnat kön" in words(client.get(link))


def test_a_late_yes_meets_a_kind_page(event: Event, client: Client) -> None:
    bo = offered(event)
    stand_in_queue(event, "cy@exempel.se")
    Registration.objects.filter(pk=bo.pk).update(offer_expires_at=timezone.now())
    waiting_list.release_due()
    answer = client.post(path(emails.answer_url(bo)), {"answer": "yes"})
    assert answer.status_code == 422
    assert "Platsen har gått vidare" in words(answer)
    assert "Du står kvar i kön som nummer 1." in words(answer)


def test_a_link_to_an_offer_cannot_cancel_and_a_booking_cannot_answer(
    event: Event, client: Client
) -> None:
    bo = offered(event)
    answer_token = path(emails.answer_url(bo)).split("/")[2]
    booking_token = path(emails.booking_url(bo)).split("/")[2]
    assert client.post(f"/bokning/{answer_token}/avboka/").status_code == 404
    assert client.post(f"/plats/{booking_token}/", {"answer": "yes"}).status_code == 404


def test_an_unknown_token_is_a_page_that_is_not_there(client: Client) -> None:
    assert client.get("/bokning/abcdefghijklmnop/").status_code == 404


def test_an_expired_link_says_so_kindly(client: Client) -> None:
    old = make_event("gammal")
    booking = path(emails.booking_url(take_place(old)))
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = client.get(booking)
    assert page.status_code == 410
    assert "Länken har gått ut" in words(page)


def test_the_reminder_can_be_switched_off_and_on(event: Event, client: Client) -> None:
    kim = take_place(event)
    booking = path(emails.booking_url(kim))
    client.post(booking, {"do": "no-reminder"})
    kim.refresh_from_db()
    assert kim.reminder_off
    client.post(booking, {"do": "remind"})
    kim.refresh_from_db()
    assert not kim.reminder_off


def test_the_digital_link_is_shown_only_to_those_who_have_a_place(client: Client) -> None:
    event = make_event(
        "digital", where="online", place="", digital_link="https://mote.exempel.se/1"
    )
    kim = take_place(event)
    assert "mote.exempel.se" not in client.get("/aktiviteter/digital/").content.decode()
    assert "mote.exempel.se" in client.get(path(emails.booking_url(kim))).content.decode()


def test_tokens_are_not_in_the_database(event: Event) -> None:
    token = path(emails.booking_url(take_place(event))).split("/")[2]
    assert len(token) >= 43
    assert Link.objects.filter(token_hash__contains=token).count() == 0
