"""What the office does for people: takes them in by phone, moves them, asks them, strikes them.

Every deed leaves a line in the access log, in the same transaction as the deed.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import emails
from events.models import Event, Registration
from events.services import places, waiting_list
from events.services.registration import NoPlaceLeft, NoQueue, over
from privacy.addresses import mail_key, tidy_email
from privacy.models import AccessLog, Consent
from privacy.services import note_access, note_consent

State = Registration.State
# What the access log says that the rows are.
ABOUT = "events.Registration"
LONGEST_KEY = Registration._meta.get_field("person_key").max_length


class WhenFull(models.TextChoices):
    """What the office wants for somebody when every place is taken."""

    QUEUE = "queue", _("Ställ personen i kön")
    EXTRA = "extra", _("Ge en extra plats, utöver dem som finns")


class AlreadyThere(Exception):
    """The same person has a place in that activity, or stands in its queue."""


class ActivityIsOff(Exception):
    """Nobody can come in: a draft, cancelled, over, or without sign-up."""


class NotThereAnyMore(Exception):
    """Somebody else changed the registration first: it was cancelled, moved or answered."""


def _note(actor: Any, registration: Registration, deed: str) -> None:
    note_access(
        actor,
        action=AccessLog.Action.CHANGE,
        about=ABOUT,
        reference=f"{registration.event.slug}#{registration.pk}",
        reason=deed,
    )


def _must_be_on(event: Event) -> None:
    wants_names = event.sign_up == Event.SignUp.FORM
    if not event.live or event.cancelled_at or not wants_names or over(event):
        raise ActivityIsOff


def _free_key(event: Event, *, name: str, email: str) -> str:
    """Who this is in this activity. Two who share a mailbox are told apart by their names.

    Raises AlreadyThere when this very person is in.
    """
    if not email:
        return f"phone:{uuid.uuid4()}"
    mailbox, person = mail_key(email), _folded(name)
    there = Registration.objects.active().of_mailbox(mailbox).filter(event=event)
    if any(_folded(other.name) == person for other in there):
        raise AlreadyThere
    taken = any(other.person_key == mailbox for other in there)
    return f"{mailbox}|{person}"[:LONGEST_KEY] if taken else mailbox


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


# The columns that `_seat` sets.
SEAT = [
    "state", "why", "pay_until", "queued_at", "offered_at", "offer_expires_at", "offers_unanswered",
    "coming",
]  # fmt: skip


def _seat(registration: Registration, *, placed: bool, now: datetime) -> None:
    """A place, or last in the queue. What was asked and answered elsewhere is forgotten."""
    registration.state = State.CONFIRMED if placed else State.WAITING
    registration.pay_until = None
    registration.queued_at = None if placed else now
    registration.offered_at = registration.offer_expires_at = None
    registration.offers_unanswered = 0
    registration.coming = False
    registration.why = Registration.Why.OFFICE


@transaction.atomic
def register_by_phone(
    event: Event,
    *,
    actor: Any,
    name: str,
    email: str = "",
    phone: str = "",
    party: int = 1,
    when_full: str | None = None,
) -> Registration:
    """Give a place to each who comes while there are any; when there are none, what the office chose for that.

    Raises ActivityIsOff, AlreadyThere, NoPlaceLeft (nothing was chosen) or NoQueue.
    """
    event, now = places.lock(event.pk), timezone.now()
    _must_be_on(event)
    key = _free_key(event, name=name, email=email)
    placed = _has_room(event, now, party) or when_full == WhenFull.EXTRA
    if not placed and when_full is None:
        raise NoPlaceLeft(event)
    if not placed and not event.waiting_list:
        raise NoQueue
    registration = Registration(
        event=event,
        name=" ".join(name.split()),
        email=tidy_email(email),
        phone=phone.strip(),
        person_key=key,
        party=party,
        source=Registration.Source.OFFICE,
        consent=note_consent("events", at=now, channel=Consent.Channel.OFFICE),
        created_at=now,
    )
    _seat(registration, placed=placed, now=now)
    registration.save()
    emails.post(emails.CONFIRMED if placed else emails.QUEUED, registration)
    extra = placed and when_full == WhenFull.EXTRA
    _note(actor, registration, "lade till per telefon" + (", extra plats" if extra else ""))
    return registration


def _has_room(event: Event, now: datetime, party: int) -> bool:
    waiting_list.take_back_lapsed(event, now)
    return places.count(event, now).has_room_for(party)


@transaction.atomic
def move(
    registration: Registration, *, to: Event, actor: Any, queue_if_full: bool = False
) -> Registration:
    """Another activity, with the same yes. The place that was left goes to its queue.

    Two at once make one move. Raises ActivityIsOff, AlreadyThere, NoPlaceLeft, NoQueue or
    NotThereAnyMore.
    """
    source_id = registration.event_id
    # One order for everybody, so that two who move in opposite directions never wait for each
    # other.
    events = {pk: places.lock(pk) for pk in sorted({source_id, to.pk})}
    source, to, now = events[source_id], events[to.pk], timezone.now()
    registration = Registration.objects.get(pk=registration.pk)
    if registration.event_id == to.pk and registration.is_active:
        return registration
    if registration.event_id != source_id or not registration.is_active:
        raise NotThereAnyMore
    _must_be_on(to)
    if not registration.person_key.startswith("phone:"):
        registration.person_key = _free_key(to, name=registration.name, email=registration.email)
    placed = _has_room(to, now, registration.party)
    if not placed and not queue_if_full:
        raise NoPlaceLeft(to)
    if not placed and not to.waiting_list:
        raise NoQueue
    registration.event = to
    _seat(registration, placed=placed, now=now)
    registration.save(update_fields=["event", "person_key", *SEAT])
    waiting_list.release(source, now)
    emails.post(emails.MOVED, registration, from_event=source_id)
    _note(actor, registration, f"flyttade från {source.slug}"[:200])
    return registration


@transaction.atomic
def cancel_for(registration: Registration, *, actor: Any) -> Registration:
    """Strike somebody, with a letter. The place goes on at once, without time to regret.

    Raises ActivityIsOff when the activity is over.
    """
    event, now = places.lock(registration.event_id), timezone.now()
    registration = Registration.objects.get(pk=registration.pk)
    if not registration.is_active:
        return registration
    if over(event):
        raise ActivityIsOff
    waited = registration.state != State.CONFIRMED
    registration.state, registration.cancelled_at = State.CANCELLED, now
    registration.undo_until = registration.offer_expires_at = None
    registration.why = Registration.Why.OFFICE
    registration.save(
        update_fields=["state", "why", "cancelled_at", "undo_until", "offer_expires_at"]
    )
    emails.post(emails.OFFICE_CANCELLED, registration, waited=waited)
    waiting_list.release(event, now)
    _note(actor, registration, "avbokade")
    return registration


@transaction.atomic
def offer_now(registration: Registration, *, actor: Any) -> Registration:
    """Ask this one about a free place, also one who rests. Two at once ask once.

    Raises ActivityIsOff, NoPlaceLeft or NotThereAnyMore.
    """
    event, now = places.lock(registration.event_id), timezone.now()
    waiting_list.take_back_lapsed(event, now)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state == State.OFFERED:
        return registration
    if registration.state != State.WAITING:
        raise NotThereAnyMore
    _must_be_on(event)
    if not places.count(event, now).seats(registration.party):
        raise NoPlaceLeft(event)
    waiting_list.offer(registration, now, why=Registration.Why.OFFICE)
    _note(actor, registration, "erbjöd plats")
    return registration


@transaction.atomic
def skip(registration: Registration, *, actor: Any) -> Registration:
    """Somebody else is asked first, this once. An open offer is taken back; the number is kept.

    Raises NotThereAnyMore.
    """
    event, now = places.lock(registration.event_id), timezone.now()
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state not in (State.WAITING, State.OFFERED):
        raise NotThereAnyMore
    registration.state, registration.offer_expires_at = State.WAITING, None
    registration.save(update_fields=["state", "offer_expires_at"])
    waiting_list.pass_over(registration, now, why=Registration.Why.SKIPPED)
    waiting_list.release(event, now)
    _note(actor, registration, "hoppade över")
    return registration


@transaction.atomic
def answer_for(registration: Registration, *, yes: bool, actor: Any) -> Registration:
    """The answer to an offer, given by phone.

    Raises waiting_list.PlaceWentOn or NotThereAnyMore.
    """
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    wanted = State.CONFIRMED if yes else State.DECLINED
    if registration.state == wanted:
        return registration
    if registration.state != State.OFFERED:
        raise NotThereAnyMore
    registration.event = event
    registration = (waiting_list.accept if yes else waiting_list.decline)(registration)
    _note(actor, registration, "svarade ja åt personen" if yes else "svarade nej åt personen")
    return registration
