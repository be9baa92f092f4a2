"""Clinics with what was said to them, lecturers, and visits in each state."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from mail.models import Letter
from members.models import Campaign, User
from samvaro.demo_data.clinics import (
    CLINICS,
    CONTACT,
    GUIDELINE,
    LECTURERS,
    NO_LETTERS,
    SCHOOL,
    VISITS,
)
from samvaro.demo_data.people import MAIL_DOMAINS
from volunteers.models import (
    Clinic,
    ClinicContact,
    LectureBooking,
    Lecturer,
    Organisation,
    Term,
    Touch,
)
from volunteers.services import clinics, lectures, requests, term_letters

State = LectureBooking.State


def load_clinics(coordinator: User) -> None:
    places = [_clinic(*row) for row in CLINICS]
    name, role, email = CONTACT
    clinics.save_contact(ClinicContact(clinic=places[0], name=name, role=role, email=email))
    able = [_lecturer(*row) for row in LECTURERS][:2]
    _letters(coordinator, places)
    for number, who, state, days, came, new in VISITS:
        _visit(places[number], who, state, days, came, new, able, coordinator)
    requests.order_brochures(
        uuid.uuid4(), host=SCHOOL, name="Siri Vassbro", email=f"siri.vassbro@{MAIL_DOMAINS[0]}",
        copies=25, street="Ekudden 1", postcode="178 00", town="Ekerö",
    )  # fmt: skip
    # They are written to once already, as far as anybody knows.
    Letter.objects.filter(kind__in=["request_received", "staff_new_request"]).delete()


def _clinic(name: str, kind: str, of: str, street: str, postcode: str, town: str) -> Clinic:
    row = Clinic(name=name, kind=kind, street=street, postcode=postcode, town=town)
    row.organisation = Organisation.objects.get(name=of)
    if name == NO_LETTERS:
        row.no_letters_since = timezone.localdate() - timedelta(days=200)
    return clinics.save_clinic(row)


def _lecturer(name: str, mailbox: str, topics: str, since: int, until: int) -> Lecturer:
    today = timezone.localdate()
    row = Lecturer(name=name, email=f"{mailbox}@{MAIL_DOMAINS[0]}", topics=topics)
    row.trained_on, row.training_until = (
        today + timedelta(days=since),
        today + timedelta(days=until),
    )
    row.guideline = GUIDELINE
    return lectures.save_lecturer(row)


def _letters(coordinator: User, places: list[Clinic]) -> None:
    """Last term's letters are posted and followed up; this term's wait to be made."""
    term = Term.of(timezone.localdate()).before
    Campaign.objects.update_or_create(code=term.code, defaults={"newcomers": 3})
    term_letters.prepare(term)
    term_letters.mark_posted(term, actor=coordinator)
    posted = term.starts_on + timedelta(days=60)
    term_letters.of(term).update(made_on=posted, posted_on=posted)
    Touch.objects.update(
        on=posted, closed_on=posted + timedelta(days=30), due_on=None, next_step=""
    )
    facts: dict[str, Any] = {"on": posted + timedelta(days=20), "channel": Touch.Channel.ANSWER}
    clinics.note_touch(
        places[0], actor=coordinator, note="De vill gärna ha fler broschyrer.", **facts
    )
    today = timezone.localdate()
    clinics.note_touch(
        places[5], actor=coordinator, on=today - timedelta(days=9), channel=Touch.Channel.PHONE,
        note="Ny chef. Ring igen när hon har börjat.", next_step="Ring den nya chefen",
        due_on=today + timedelta(days=4),
    )  # fmt: skip


def _visit(
    place: Clinic, who: str, state: str, days: Any, came: Any, new: Any, able: Any, by: User
) -> None:
    mailbox = who.lower().replace(" ", ".")
    row = requests.ask_for_lecture(
        uuid.uuid4(), host=place.name, name=who, email=f"{mailbox}@{MAIL_DOMAINS[1]}",
        audience=LectureBooking.Audience.BOTH, wished_time="En tisdag efter lunch", clinic=place,
    )  # fmt: skip
    if state == State.ASKED:
        return
    at = datetime.combine(timezone.localdate() + timedelta(days=days), time(13))
    asked_on = timezone.make_aware(at) - timedelta(days=40)
    LectureBooking.objects.filter(pk=row.pk).update(created_at=min(asked_on, timezone.now()))
    facts = {"starts_at": timezone.make_aware(at), "place": place.name, "lecturers": able}
    lectures.move(row, State.CONFIRMED, {**facts, "expected": 15}, seen=State.ASKED, actor=by)
    if state == State.DONE:
        lectures.move(row, State.DONE, {"actual": came}, seen=State.CONFIRMED, actor=by)
    if new is not None:
        lectures.follow_up(row, {"new_members": new, "material": "Broschyrer"})
