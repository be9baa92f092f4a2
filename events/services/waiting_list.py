"""The queue: a freed place is offered to the first, and a place is never lost by silence.

One release of places serves every cause: a cancellation, an offer that ran out, more places, a
move. It runs under the lock of the activity, so a place is offered to one person at a time.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events import emails
from events.models import LAPSED, NEAR, RESTS_AFTER, UNPAID, Event, Registration
from events.services import paying, places
from mail.services.hours import OFFER_HOURS, next_decent_hour

State, Why = Registration.State, Registration.Why
# Who asks for it gets this much more time, once.
ONE_MORE_DAY = timedelta(hours=24)


class PlaceWentOn(Exception):
    """The offer ran out and somebody else has the place. The number in the queue is kept."""


def take_back_lapsed(event: Event, now: datetime) -> int:
    """Those who did not answer go back to the queue with their number, and what nobody paid for is
    free. Returns how many."""
    unpaid = _take_back_unpaid(event, now)
    lapsed = Registration.objects.filter(LAPSED(now), event=event)
    rows = list(lapsed.in_queue_order())
    for registration in rows:
        registration.state, registration.why = State.WAITING, Why.SILENCE
        registration.offers_unanswered += 1
        registration.offer_expires_at = None
        registration.save(update_fields=["state", "why", "offers_unanswered", "offer_expires_at"])
        if registration.offers_unanswered >= RESTS_AFTER:
            # Who stayed, and rests again, is asked again.
            once = f"{registration.offered_at:%Y%m%d%H%M%S}"
            emails.post(emails.RESTS, registration, due_at=next_decent_hour(now), once=once)
    return len(rows) + unpaid


def _take_back_unpaid(event: Event, now: datetime) -> int:
    """Whoever did not pay in time has no place; money that comes later is met by paying.fee_came."""
    rows = list(Registration.objects.filter(UNPAID(now), event=event))
    for registration in rows:
        registration.state, registration.cancelled_at = State.CANCELLED, now
        registration.save(update_fields=["state", "cancelled_at"])
        emails.post(emails.UNPAID, registration, due_at=next_decent_hour(now))
    return len(rows)


def take_back_offers(event: Event) -> int:
    """The activity is cancelled: nobody is asked any more, and everyone keeps their number. The
    activity must be locked."""
    offered = Registration.objects.filter(event=event, state=State.OFFERED)
    return offered.update(state=State.WAITING, offer_expires_at=None)


def release(event: Event, now: datetime) -> list[Registration]:
    """Offer every free place to the next in the queue. The activity must be locked.

    Those who were asked and did not answer come after those who have not been asked. Those who come
    together are asked together: while their places are too few, somebody behind them is asked, and
    they keep their number. When it is soon there is no time to ask in turn: then everyone is.
    """
    take_back_lapsed(event, now)
    start = event.starts_at
    if event.cancelled_at or not event.live or start is None or start <= now:
        return []
    left = places.count(event, now)
    if left.free is not None and left.free <= 0:
        _end_the_telling(event, left)
        return []
    hopeful = list(
        Registration.objects.filter(
            event=event, state=State.WAITING, offers_unanswered__lt=RESTS_AFTER
        ).in_turn()
    )
    if start - now < NEAR:
        news = [row for row in hopeful if row.why != Why.SOON and left.seats(row.party)]
        return [tell_of_a_place(row, now) for row in news]
    return _ask_in_turn(hopeful, left.free, now)


def _ask_in_turn(
    hopeful: list[Registration], free: int | None, now: datetime
) -> list[Registration]:
    asked, passed = [], []
    for row in hopeful:
        if free is not None and row.party > free:
            passed.append(row)
            continue
        for one in passed:
            pass_over(one, now, why=Why.TOO_MANY)
        passed = []
        asked.append(offer(row, now, why=Why.TURN))
        if free is not None:
            free -= row.party
    if asked:
        # Skipped once, not for ever.
        skipped = Registration.objects.filter(event=asked[0].event_id, why=Why.SKIPPED)
        skipped.filter(state=State.WAITING).update(why="")
    return asked


def pass_over(registration: Registration, now: datetime, *, why: str) -> None:
    """Somebody behind this one is asked instead. The number in the queue is kept."""
    registration.passed_over_at, registration.why = now, why
    registration.save(update_fields=["passed_over_at", "why"])


def offer(registration: Registration, now: datetime, *, why: str) -> Registration:
    """Ask this one. The activity must be locked and have a free place."""
    registration.state, registration.offered_at, registration.why = State.OFFERED, now, why
    registration.extra_day = False
    leaves_at = next_decent_hour(now, OFFER_HOURS)
    # The time to answer begins when the letter has left (start_clock), not before. Who has no
    # mailbox is called by the office.
    registration.offer_expires_at = (
        None if registration.email else registration.event.answer_by(leaves_at)
    )
    registration.save(update_fields=["state", "why", "extra_day", "offered_at", "offer_expires_at"])
    emails.post(emails.OFFER, registration, due_at=leaves_at, once=now.isoformat())
    return registration


def tell_of_a_place(registration: Registration, now: datetime) -> Registration:
    """There is a place, and whoever of the queue answers first has it (ux.md 2d)."""
    registration.offered_at, registration.why = now, Why.SOON
    registration.save(update_fields=["offered_at", "why"])
    leaves_at = next_decent_hour(now, OFFER_HOURS)
    emails.post(emails.SOON, registration, due_at=leaves_at, once=now.isoformat())
    return registration


@transaction.atomic
def start_clock(registration_id: int, *, sent_at: datetime) -> None:
    """The letter with the offer has left: now the reader can know, and the time begins."""
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    event = places.lock(event_id)
    registration = Registration.objects.get(pk=registration_id)
    if registration.state != State.OFFERED or registration.offer_expires_at is not None:
        return
    registration.offer_expires_at = event.answer_by(sent_at)
    registration.save(update_fields=["offer_expires_at"])
    half = sent_at + (registration.offer_expires_at - sent_at) / 2
    emails.post(
        emails.OFFER_HALF_TIME,
        registration,
        due_at=next_decent_hour(half),
        once=f"{registration.offered_at:%Y%m%d%H%M%S}",
    )


@transaction.atomic
def letter_was_refused(registration_id: int) -> None:
    """The mailbox does not exist: nobody can answer, so the place goes on at once."""
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    event = places.lock(event_id)
    now = timezone.now()
    offered = Registration.objects.filter(pk=registration_id, state=State.OFFERED)
    offered.update(offer_expires_at=now, why=Why.NO_MAILBOX)
    release(event, now)


@transaction.atomic
def accept(registration: Registration) -> Registration:
    """Take the offered place. Late is fine as long as the place has not gone on.

    Raises PlaceWentOn.
    """
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    now = timezone.now()
    if registration.state in (State.CONFIRMED, State.PAYING):
        return registration
    asked = registration.offered_at is not None and registration.state != State.CANCELLED
    if not asked or event.cancelled_at or (event.starts_at and event.starts_at <= now):
        raise PlaceWentOn
    if not registration.offer_stands(now):
        take_back_lapsed(event, now)
        registration.refresh_from_db()
        if not _is_there_for(registration, places.count(event, now)):
            raise PlaceWentOn
    letter = paying.seat(registration, event, now)
    registration.offer_expires_at, registration.why = None, ""
    registration.save(update_fields=["state", "why", "offer_expires_at", "pay_until"])
    emails.post(letter, registration)
    _end_the_telling(event, places.count(event, now))
    return registration


def _is_there_for(registration: Registration, left: places.Places) -> bool:
    """A late yes, or one of many who were told: the place may be there still."""
    if registration.is_told_of_a_place:
        return left.seats(registration.party)
    counted = registration.state == State.WAITING and not registration.rests
    return left.has_room_for(0 if counted else registration.party)


def _end_the_telling(event: Event, left: places.Places) -> None:
    """The last place is taken: the next that becomes free is news again for those who were told."""
    if left.free is not None and left.free <= 0:
        told = Registration.objects.filter(event=event, state=State.WAITING, why=Why.SOON)
        told.update(why="")


@transaction.atomic
def one_more_day(registration: Registration) -> Registration:
    """A day more to answer, once, when there is time for it. Else nothing changes."""
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.may_wait_a_day(event, timezone.now()) and registration.offer_expires_at:
        registration.extra_day = True
        registration.offer_expires_at += ONE_MORE_DAY
        registration.save(update_fields=["extra_day", "offer_expires_at"])
    return registration


@transaction.atomic
def decline(registration: Registration) -> Registration:
    """No to this place. It goes to the next at once."""
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state != State.OFFERED:
        return registration
    registration.state, registration.offer_expires_at, registration.why = State.DECLINED, None, ""
    registration.save(update_fields=["state", "why", "offer_expires_at"])
    release(event, timezone.now())
    return registration


@transaction.atomic
def stay(registration: Registration) -> Registration:
    """Stand in the queue still, with the number kept: after a no, or after two silences."""
    event = places.lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state == State.DECLINED or registration.rests:
        registration.state, registration.offers_unanswered, registration.why = State.WAITING, 0, ""
        registration.save(update_fields=["state", "why", "offers_unanswered"])
        release(event, timezone.now())
    return registration


def leave(registration: Registration, event: Event) -> Registration:
    """Out of the queue for good. The activity must be locked; an offered place goes on."""
    if registration.state == State.CANCELLED:
        return registration
    registration.state, registration.cancelled_at = State.CANCELLED, timezone.now()
    registration.offer_expires_at, registration.why = None, ""
    registration.save(update_fields=["state", "why", "cancelled_at", "offer_expires_at"])
    release(event, timezone.now())
    return registration


@transaction.atomic
def release_places(event_id: int) -> int:
    """One activity's free places go to its queue. Returns how many were offered."""
    return len(release(places.lock(event_id), timezone.now()))


def start_missed_clocks() -> int:
    """A worker that died between the letter and the news of it: the time begins all the same."""
    stopped = Registration.objects.filter(state=State.OFFERED, offer_expires_at__isnull=True)
    started = 0
    for registration in stopped:
        sent_at = emails.offer_left_at(registration)
        if sent_at is not None:
            start_clock(registration.pk, sent_at=sent_at)
            started += 1
    return started


def release_due() -> int:
    """The clock: every activity whose queue may have something to be offered."""
    start_missed_clocks()
    now = timezone.now()
    due = (
        Event.objects.filter(registrations__state__in=[State.WAITING, State.OFFERED, State.PAYING])
        .filter(occasions__ends_at__gt=now)
        .order_by("pk")
        .values_list("pk", flat=True)
        .distinct()
    )
    return sum(release_places(event_id) for event_id in due)
