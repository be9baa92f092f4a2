"""Invented people in every state. Nobody is written to because of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from events import emails
from events.models import RESTS_AFTER, Event, Registration
from events.services.reminders import remind_due
from mail.models import Letter
from privacy.addresses import mail_key
from privacy.models import Consent
from privacy.services import current_text
from samvaro.demo_data.people import REGULARS, Person, person
from samvaro.demo_data.shapes import Guests

State = Registration.State
# People sign up over so many days.
OVER = timedelta(days=20)
# Nobody signed up later than this before now, or before sign-up closed.
AT_LATEST = timedelta(hours=3)
# Where somebody was asked about a place, everyone was in the queue by then.
ASKED = timedelta(days=3)


class Crowd:
    """Who signs up: the regulars in turn, and each newcomer once."""

    def __init__(self) -> None:
        self.next_regular = 0
        self.next_newcomer = REGULARS

    def take(self, number: int, *, new: int) -> list[Person]:
        found = []
        for position in range(number):
            if position < new:
                found.append(person(self.next_newcomer))
                self.next_newcomer += 1
            else:
                found.append(person(self.next_regular % REGULARS))
                self.next_regular += 1
        return found


@dataclass(frozen=True)
class Seat:
    """One line of the list, in the order in which people came."""

    state: str
    person: Person
    by_phone: bool = False
    rests: bool = False


def load_registrations(event: Event, guests: Guests, crowd: Crowd) -> None:
    seats = _seats(guests, crowd)
    moments = _moments(event, len(seats), calm=bool(guests.offered or guests.resting))
    text = current_text("events")
    consents = Consent.objects.bulk_create(
        Consent(
            text=text,
            channel=Consent.Channel.OFFICE if seat.by_phone else Consent.Channel.WEB,
            given_at=moment,
        )
        for seat, moment in zip(seats, moments, strict=True)
    )
    Registration.objects.bulk_create(
        _registration(event, seat, moment, consent)
        for seat, moment, consent in zip(seats, moments, consents, strict=True)
    )


def _seats(guests: Guests, crowd: Crowd) -> list[Seat]:
    placed = crowd.take(guests.placed, new=guests.new)
    # The newcomers are spread among the others.
    placed.sort(key=lambda one: one.email[::-1])
    seats = [
        Seat(State.CONFIRMED, one, by_phone=number < guests.by_phone)
        for number, one in enumerate(placed)
    ]
    others = [
        (State.CANCELLED, guests.cancelled, False),
        (State.DECLINED, guests.declined, False),
        (State.WAITING, guests.resting, True),
        (State.OFFERED, guests.offered, False),
        (State.WAITING, guests.waiting, False),
    ]
    for state, number, rests in others:
        seats += [Seat(state, one, rests=rests) for one in crowd.take(number, new=0)]
    return seats


def _moments(event: Event, number: int, *, calm: bool) -> list[datetime]:
    """When each signed up: in turn, by day, before now and before the activity begins."""
    start = event.starts_at or timezone.now()
    end = min(timezone.now() - (ASKED + AT_LATEST if calm else AT_LATEST), start - AT_LATEST)
    if event.closes_at:
        end = min(end, event.closes_at - AT_LATEST)
    # Close to the end, so that somebody is there who came in since yesterday.
    shares = [(place + 0.7) / number for place in range(number)]
    return [min(_by_day(end - OVER + OVER * share), end) for share in shares]


def _by_day(moment: datetime) -> datetime:
    """The same order, moved into the hours from 8 to 21."""
    local = timezone.localtime(moment)
    return local.replace(hour=8 + local.hour * 13 // 24)


def _registration(event: Event, seat: Seat, moment: datetime, consent: Consent) -> Registration:
    row = Registration(
        event=event,
        name=seat.person.name,
        email="" if seat.by_phone else seat.person.email,
        phone=seat.person.phone if seat.by_phone else "",
        person_key=f"phone:{uuid.uuid4()}" if seat.by_phone else mail_key(seat.person.email),
        source=Registration.Source.OFFICE if seat.by_phone else Registration.Source.WEB,
        state=seat.state,
        consent=consent,
        created_at=moment,
    )
    for name, value in _dates(event, seat, moment).items():
        setattr(row, name, value)
    return row


def _dates(event: Event, seat: Seat, moment: datetime) -> dict[str, Any]:
    """What goes with each state."""
    now = timezone.now()
    if seat.state == State.CANCELLED:
        return {"cancelled_at": min(moment + timedelta(hours=20), now)}
    if seat.rests:
        asked = moment + timedelta(hours=44)
        return {"queued_at": moment, "offered_at": asked, "offers_unanswered": RESTS_AFTER}
    if seat.state == State.DECLINED:
        asked = min(moment + timedelta(hours=20), now)
        return {"queued_at": moment, "offered_at": asked}
    if seat.state == State.OFFERED:
        asked = timezone.localtime(now - timedelta(days=1)).replace(hour=14, minute=0)
        return {
            "queued_at": moment,
            "offered_at": asked,
            # Later than from the letter by itself, so that there is time to look at it.
            "offer_expires_at": event.answer_by(now + timedelta(hours=1)),
        }
    return {"queued_at": moment} if seat.state == State.WAITING else {}


def note_reminders() -> int:
    """Who should have been reminded today has been: the clock finds nothing to make up for."""
    number = remind_due()
    now = timezone.now()
    Letter.objects.filter(kind=emails.REMINDER, state=Letter.State.QUEUED).update(
        state=Letter.State.SENT, sent_at=now, attempts=1
    )
    return number
