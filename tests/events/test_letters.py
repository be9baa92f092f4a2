"""Every letter about places: the rules of ux.md 5.2 that a program can check."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from events import emails
from events.models import Circle, Registration
from events.services import changes
from events.services.papers import agreement_text
from mail.letters import kinds
from mail.models import Association, Letter
from mail.services.outbox import deliver_due
from privacy.words import health_word_in
from prose.lix import lix
from tests.events.conftest import make_event, take_place

pytestmark = pytest.mark.django_db

ALL = [
    emails.CONFIRMED,
    emails.ALREADY,
    emails.QUEUED,
    emails.OFFER,
    emails.OFFER_HALF_TIME,
    emails.SOON,
    emails.RESTS,
    emails.REMINDER,
    emails.SELF_CANCELLED,
    emails.OFFICE_CANCELLED,
    emails.MOVED,
    emails.CHANGED,
    emails.OFF,
    emails.TO_PAY,
    emails.UNPAID,
    emails.PAID_TOO_LATE,
    emails.PAPERS,
    emails.PAPERS_AGAIN,
]
STATES = {
    emails.QUEUED: {"state": "waiting"},
    emails.OFFER: {"state": "offered"},
    emails.OFFER_HALF_TIME: {"state": "offered"},
    emails.SOON: {"state": "waiting", "why": "soon"},
    emails.RESTS: {"state": "waiting", "offers_unanswered": 2},
    emails.TO_PAY: {"state": "paying"},
    emails.UNPAID: {"state": "cancelled"},
    emails.SELF_CANCELLED: {"state": "cancelled"},
    emails.OFFICE_CANCELLED: {"state": "cancelled"},
}


@pytest.fixture(autouse=True)
def association() -> Association:
    us = Association.load()
    us.name, us.short_name = "Föreningen Balans Stockholm", "Balans Stockholm"
    us.email, us.street = "hej@exempel.se", "Instrumentvägen 10"
    us.postcode, us.town = "126 53", "Hägersten"
    us.save()
    return us


def send(kind: str, *, name: str = "Kim", **event_facts: Any) -> Message:
    """The letter of this kind, as it left."""
    facts: dict[str, Any] = {
        "title": "Samtalsgrupp bipolär", "directions": "Ring på porttelefonen.",
    }  # fmt: skip
    hours = 20 if kind == emails.REMINDER else 240
    facts["starts_at"] = timezone.now() + timedelta(hours=hours)
    event = make_event("grupp", **(facts | event_facts))
    kim = take_place(event, name=name)
    now = timezone.now()
    change = {"queued_at": now, "offered_at": now, "offer_expires_at": now + timedelta(hours=48)}
    change["pay_until"] = now + timedelta(hours=48)
    Registration.objects.filter(pk=kim.pk).update(**(change | STATES.get(kind, {})))
    kim.refresh_from_db()
    Letter.objects.all().delete()
    occasion = event.schedule[0].uid.hex
    change = changed(event, off=kind == emails.OFF) if kind in (emails.CHANGED, emails.OFF) else 0
    Letter.objects.all().delete()
    if kind in (emails.PAPERS, emails.PAPERS_AGAIN):
        Circle.objects.create(event=event, season="autumn", year=2026, agreement=agreement_text())
    emails.post(kind, kim, occasion=occasion, from_event=make_event("gamla").pk, change=change)
    assert deliver_due() == 1
    return message_from_bytes(mail.outbox[-1].message().as_bytes())


def changed(event: Any, *, off: bool) -> int:
    """Its one time is moved a day, or cancelled."""
    one, day, said = event.schedule[0], timedelta(days=1), {"actor": None, "because": ""}
    if off:
        change = changes.cancel(event, one.uid, **said)
    else:
        change = changes.move(event, one.uid, one.starts_at + day, one.ends_at + day, **said)
    assert change
    return change.pk


def part(message: Message, kind: str) -> str:
    found = [p for p in message.walk() if p.get_content_type() == kind]
    return found[0].get_payload(decode=True).decode()  # type: ignore[union-attr]


def subject_of(message: Message) -> str:
    return mail.outbox[-1].subject


@pytest.mark.parametrize("kind", ALL)
def test_a_letter_is_written_to_one_reader_by_the_association(kind: str) -> None:
    message = send(kind)
    assert message["To"] == "kim@exempel.se"
    assert (message["Cc"], message["Bcc"]) == (None, None)
    assert message["From"].startswith("Balans Stockholm <")
    assert message["Reply-To"] == "hej@exempel.se"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None
    assert re.fullmatch(r"<[0-9a-f-]{36}@[\w.]+>", message["Message-ID"])


@pytest.mark.parametrize("kind", ALL)
def test_a_letter_has_text_first_and_then_html(kind: str) -> None:
    message = send(kind)
    kinds_of_parts = [p.get_content_type() for p in message.walk() if not p.is_multipart()]
    assert kinds_of_parts[:2] == ["text/plain", "text/html"]


@pytest.mark.parametrize("kind", ALL)
def test_outside_the_house_nothing_tells_about_health(kind: str) -> None:
    message = send(kind)
    everything = " ".join([subject_of(message), part(message, "text/plain")])
    body = everything.split("Mår du dåligt")[0]
    assert health_word_in(body) == ""
    assert "Samtalsgrupp" not in part(message, "text/html")


@pytest.mark.parametrize("kind", ALL)
def test_subjects_are_short_and_letters_are_easy_to_read(kind: str) -> None:
    message = send(kind)
    assert len(subject_of(message)) <= 50
    body = part(message, "text/plain")
    said = re.sub(r"https?://\S+", "", body.split("\n\n", 1)[1].split("Mår du dåligt")[0])
    count = len(said.split())
    assert count <= 120
    if count >= 25:
        assert lix(said) <= 30


@pytest.mark.parametrize("kind", ALL)
def test_text_and_html_say_the_same(kind: str) -> None:
    message = send(kind)

    def words(text: str) -> set[str]:
        return set(re.findall(r"\w+", re.sub(r"https?://\S+", "", text)))

    html = re.sub(r"<(style|title|head)\b.*?</\1>", "", part(message, "text/html"), flags=re.S)
    html = re.sub(r"<div[^>]*display:\s*none.*?</div>", "", html, flags=re.S)
    html = re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("&amp;", "&")
    assert words(part(message, "text/plain")) - words(html) == set()


@pytest.mark.parametrize("kind", ALL)
def test_a_letter_carries_no_spy_and_ends_with_help(kind: str) -> None:
    message = send(kind)
    html = part(message, "text/html")
    assert "<img" not in html
    assert "<script" not in html
    assert set(re.findall(r'href="https?://([^/"]+)', html)) == {"testserver"}
    for body in (html, part(message, "text/plain")):
        assert "90101" in body
        assert "Instrumentvägen 10" in body
        assert "Du får det här mejlet för att" in body
    assert len(html) <= 80_000


@pytest.mark.parametrize("kind", ALL)
def test_the_text_fits_a_narrow_window_and_the_preheader_adds_facts(kind: str) -> None:
    message = send(kind)
    lines = part(message, "text/plain").splitlines()
    assert [line for line in lines if len(line) > 72 and "http" not in line] == []
    hidden = re.search(
        r"<div[^>]*display:\s*none[^>]*>(.*?)</div>", part(message, "text/html"), re.S
    )
    assert hidden is not None
    shown = re.sub(r"&[#\w]+;|\s+", " ", hidden[1]).strip()
    assert 20 <= len(shown) <= 100
    assert shown != subject_of(message)


def test_the_confirmation_carries_a_calendar_file_and_the_others_do_not() -> None:
    names = [part_.get_filename() for part_ in send(emails.CONFIRMED).walk()]
    assert [name for name in names if name] == ["traff.ics"]


@pytest.mark.parametrize("kind", [emails.QUEUED, emails.OFFER, emails.REMINDER])
def test_other_letters_have_no_attachment(kind: str) -> None:
    assert [p.get_filename() for p in send(kind).walk() if p.get_filename()] == []


@pytest.mark.parametrize(
    ("typed", "greeting"),
    [
        ("Åsa & Bo", "Hej Åsa & Bo!"),
        ("{{ name }} {% now %}", "Hej {{ name }} {% now %}!"),
        ("Win http://x.example/abc", "Hej Win!"),
    ],
)
def test_a_typed_name_is_only_a_name(typed: str, greeting: str) -> None:
    body = part(send(emails.CONFIRMED, name=typed), "text/plain")
    assert body.splitlines()[0] == greeting
    assert "x.example" not in body


def test_the_fourth_booking_is_told_that_less_is_fine() -> None:
    for number in range(3):
        take_place(make_event(f"traff-{number}"))
    body = part(send(emails.CONFIRMED), "text/plain")
    assert "Lagom är bra." in body


def test_every_letter_about_places_is_checked_here() -> None:
    ours = [kind for kind in kinds() if kind.startswith(("circle_", "event_", "queue_"))]
    assert sorted(ours) == sorted(ALL)
