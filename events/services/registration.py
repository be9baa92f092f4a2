"""Signing up and cancelling: the visitor's own deeds."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events import emails
from events.models import Event, Occasion, Registration, Submission
from events.services import answers, paying, places, waiting_list
from privacy.addresses import mail_key, tidy_email
from privacy.models import ConsentText
from privacy.prepared import Prepared
from privacy.services import note_consent

# How long a cancelled place is kept for the one who cancelled (ux.md 2d: at least ten minutes).
UNDO_FOR = timedelta(minutes=10)


class SignUpClosed(Exception):
    """The activity takes no sign-ups now: not open yet, closed, cancelled or over."""


class NoPlaceLeft(Exception):
    """Every place is held or spoken for. The visitor may stand in the queue instead."""

    def __init__(self, event: Event) -> None:
        super().__init__("no place is left")
        self.event = event


class NoQueue(Exception):
    """The activity is full and has no queue."""


_PUBLIC = Prepared(lambda: Event.objects.public().filter(slug="slug"), slug="slug")
_OCCASIONS = Prepared(lambda: Occasion.objects.filter(event=-1).order_by("starts_at"), event=-1)


def read_for_press(slug: str, words: str | None = None) -> Event | None:
    """A public activity with its occasions; what decides is read anew and counted under the lock.

    `words`: the edition of what editors write, when it is known; then it is read once for it.
    """
    for event in _PUBLIC.made_of(_PUBLIC.kept(words, slug=slug)):
        event.all_occasions = _OCCASIONS.made_of(_OCCASIONS.kept(words, event=event.pk))
        return event
    return None


def sign_up(
    event: Event,
    *,
    key: uuid.UUID,
    name: str,
    email: str,
    party: int = 1,
    words: ConsentText | None = None,
    answer: str = "",
) -> Submission:
    """Give a place while there are any; to those who come together, one each or none.

    Raises SignUpClosed or NoPlaceLeft. The same key again is the same press: nothing new happens.
    The same key with another address is somebody who saw that the first was wrong: the place moves
    with them. An address that has a place already gets the same answer and another letter.
    """
    if _plainly_full(event, key):
        raise NoPlaceLeft(event)
    sealed = answers.seal(event, answer)
    with transaction.atomic(durable=True):
        places.lock_again(event)
        press = Submission(key=key, event=event, kind=Submission.Kind.PLACE, name=name, email=email)
        return _submit(press, words, party, sealed)


@transaction.atomic(durable=True)
def join_queue(
    event: Event,
    *,
    key: uuid.UUID,
    name: str,
    email: str,
    party: int = 1,
    words: ConsentText | None = None,
    answer: str = "",
) -> Submission:
    """A place in the queue; or a place at once, when one became free since the page was shown.

    Raises SignUpClosed or NoQueue.
    """
    sealed = answers.seal(event, answer)
    places.lock_again(event)
    press = Submission(key=key, event=event, kind=Submission.Kind.QUEUE, name=name, email=email)
    return _submit(press, words, party, sealed)


def _plainly_full(event: Event, key: uuid.UUID) -> bool:
    """Seen without the lock: who comes much too late need not stand in line for the answer.

    What is seen may be old by a moment. Nobody is turned away by that: the page that follows offers
    the queue, and a press there gives a place when one is free.
    """
    now = timezone.now()
    seen = places.count(event, now)
    if seen.open_to_all or seen.lapsed or not event.takes_sign_ups(now):
        return False
    # The second press of somebody who got their place with the first.
    return _earlier(key, event) is None


def _submit(press: Submission, words: ConsentText | None, party: int, sealed: str) -> Submission:
    event, now = press.event, timezone.now()
    press.email, press.email_key = tidy_email(press.email), mail_key(press.email)
    earlier = _earlier(press.key, event)
    press.is_repeated = earlier is not None
    if earlier and earlier.email_key == press.email_key:
        earlier.is_repeated = True
        return earlier
    if not event.takes_sign_ups(now):
        raise SignUpClosed
    press.created_at = now
    if earlier:
        _take_back(earlier)
        press.pk, press.created_at = earlier.pk, earlier.created_at
    _register(press, words, party, sealed)
    press.save(force_insert=earlier is None)
    return press


def _earlier(key: uuid.UUID, event: Event) -> Submission | None:
    found: Submission | None = _PRESS.first(key=key, event=event.pk)
    if found:
        found.event = event
    return found


_PRESS = Prepared(
    lambda: Submission.objects.filter(key=uuid.UUID(int=0), event=-1),
    key=uuid.UUID(int=0),
    event=-1,
)


_HAD = Prepared(
    lambda: Registration.objects.active().filter(event=-1, person_key="the one who asks"),
    event=-1,
    person="the one who asks",
)


def _take_back(earlier: Submission) -> None:
    """The address was wrong: what it led to is gone, without a letter, and its place is free."""
    wrong = earlier.registration
    if wrong and wrong.is_active:
        wrong.state = Registration.State.CANCELLED
        wrong.cancelled_at = timezone.now()
        wrong.save(update_fields=["state", "cancelled_at"])


def _register(submission: Submission, words: ConsentText | None, party: int, sealed: str) -> None:
    """A new registration, or a letter to whom has one already.

    Both cost the same number of statements: how long the answer takes tells nobody which it was.
    """
    event, now, person_key = submission.event, timezone.now(), submission.email_key
    now_held = places.count_for(person_key, event, now)
    if now_held.lapsed:
        waiting_list.take_back_lapsed(event, now)
        now_held = places.count_for(person_key, event, now)
    placed = now_held.has_room_for(party)
    if submission.kind == Submission.Kind.PLACE and not placed:
        raise NoPlaceLeft(event)
    if not now_held.mine and not placed and not event.waiting_list:
        raise NoQueue
    submission.registration = None
    submission.consent = note_consent("events", at=now, text=words)
    if now_held.mine:
        had = _HAD.first(event=event.pk, person=person_key)
        emails.post(emails.ALREADY, had, public=True)
        return
    registration = Registration(
        event=event,
        name=submission.name,
        email=submission.email,
        person_key=person_key,
        party=party,
        answer=sealed,
        consent=submission.consent,
        created_at=now,
    )
    letter = paying.seat(registration, event, now)
    if not placed:
        letter, registration.pay_until = emails.QUEUED, None
        registration.state, registration.queued_at = Registration.State.WAITING, now
    # A queue that grows when it was full already changes nothing for visitors.
    registration.seen_by_visitors = now_held.is_filled_by(party)
    registration.save(force_insert=True)
    emails.post(letter, registration, public=True)
    submission.registration = registration


@transaction.atomic
def cancel(registration: Registration, *, at_once: bool = False) -> Registration:
    """Give the place back, without a question why. It is kept ten minutes in case of regret.

    `at_once`: it is a matter of hours, so the place goes on now; undone while it is free.
    """
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    if over(event):
        return registration
    if registration.state != Registration.State.CONFIRMED:
        return waiting_list.leave(registration, event)
    now = timezone.now()
    registration.state, registration.cancelled_at = Registration.State.CANCELLED, now
    registration.undo_until = None if at_once else now + UNDO_FOR
    registration.save(update_fields=["state", "cancelled_at", "undo_until"])
    emails.post(emails.SELF_CANCELLED, registration)
    if at_once:
        waiting_list.release(event, now)
    return registration


@transaction.atomic
def undo_cancel(registration: Registration) -> Registration:
    """The place back, while it is kept or free. Raises NoPlaceLeft when it has gone on."""
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    now = timezone.now()
    if registration.state != Registration.State.CANCELLED or over(event):
        return registration
    if _signed_up_again(registration):
        return registration
    kept = registration.can_undo(now)
    if registration.queued_at is None or kept:
        if not kept and not places.count(event, now).has_room_for(registration.party):
            raise NoPlaceLeft(event)
        if kept:
            registration.state = Registration.State.CONFIRMED
        elif paying.seat_again(registration, event, now) == emails.TO_PAY:
            emails.post(emails.TO_PAY, registration)
    else:
        registration.state = Registration.State.WAITING
    registration.cancelled_at = registration.undo_until = None
    registration.save(update_fields=["state", "pay_until", "cancelled_at", "undo_until"])
    return registration


def _signed_up_again(registration: Registration) -> bool:
    return (
        Registration.objects.active()
        .filter(event_id=registration.event_id, person_key=registration.person_key)
        .exists()
    )


def over(event: Event) -> bool:
    """The last occasion has begun: nothing can be cancelled or taken any more."""
    held = event.held
    return not held or held[-1].starts_at <= timezone.now()


def set_reminder(registration: Registration, *, wanted: bool) -> Registration:
    registration.reminder_off = not wanted
    registration.save(update_fields=["reminder_off"])
    return registration


def say_coming(registration: Registration) -> Registration:
    """A tick for the host; it changes nothing about the place."""
    registration.coming = True
    registration.save(update_fields=["coming"])
    return registration


@transaction.atomic
def withdraw(registration: Registration) -> None:
    """Leave at once and for good, without a letter: the person asked to be forgotten."""
    event = places.lock(registration.event_id)
    Registration.objects.filter(pk=registration.pk).exclude(
        state=Registration.State.CANCELLED
    ).update(state=Registration.State.CANCELLED, cancelled_at=timezone.now(), undo_until=None)
    waiting_list.release(event, timezone.now())
