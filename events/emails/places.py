"""Every letter about a place or the queue. The words are in templates/events/mail/."""

from datetime import datetime

from django.utils import timezone

from events.emails.base import (
    BOOKING,
    answer_url,
    booking_url,
    coming_or_last,
    content_of,
    doors,
    row_of,
)
from events.ical import feed
from events.models import Event, Interest, Occasion, Registration
from mail.letters import Attachment, Content, letter
from mail.models import Letter

CONFIRMED = "event_confirmed"
ALREADY = "event_already"
QUEUED = "queue_joined"
OFFER = "queue_offer"
OFFER_HALF_TIME = "queue_offer_half_time"
SOON = "queue_soon"
RESTS = "queue_rest"
REMINDER = "event_reminder"
SELF_CANCELLED = "event_self_cancelled"
OFFICE_CANCELLED = "event_office_cancelled"
MOVED = "event_moved"
TO_PAY = "event_to_pay"
UNPAID = "event_unpaid"
PAID_TOO_LATE = "event_paid_late"

# Coming bookings from which the letter says that less is fine too (ux.md D17).
MANY_BOOKINGS = 4

State = Registration.State


def offer_left_at(registration: Registration) -> datetime | None:
    """When the letter about the present offer left; None while it has not."""
    sent = Letter.objects.filter(
        kind=OFFER,
        about__registration=registration.pk,
        created_at__gte=registration.offered_at,
        state=Letter.State.SENT,
    )
    return sent.values_list("sent_at", flat=True).first()


@letter(CONFIRMED)
def confirmed(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.state != State.CONFIRMED:
        return None
    content = content_of(
        CONFIRMED,
        registration,
        url=booking_url(registration),
        many=_coming_bookings(registration) >= MANY_BOOKINGS,
    )
    content.attachments.append(Attachment("traff.ics", feed([registration.event]), "text/calendar"))
    return content


def _coming_bookings(registration: Registration) -> int:
    mine = Registration.objects.filter(
        person_key=registration.person_key,
        state=State.CONFIRMED,
        event__occasions__starts_at__gt=timezone.now(),
    )
    return mine.values("event").distinct().count()


@letter(ALREADY)
def already(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or not registration.is_active:
        return None
    if registration.state == State.PAYING:
        return to_pay(row)
    return content_of(
        ALREADY,
        registration,
        url=booking_url(registration),
        waits=registration.state != State.CONFIRMED,
    )


@letter(TO_PAY)
def to_pay(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.state != State.PAYING:
        return None
    url, pay_url = doors(registration, BOOKING, "events:booking", "events:pay")
    return content_of(TO_PAY, registration, until=registration.pay_until, url=url, pay_url=pay_url)


@letter(UNPAID)
def unpaid(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.is_active:
        return None
    return content_of(UNPAID, registration)


@letter(PAID_TOO_LATE)
def paid_too_late(row: Letter) -> Content | None:
    registration = row_of(row)
    return None if registration is None else content_of(PAID_TOO_LATE, registration)


@letter(QUEUED)
def queued(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.state != State.WAITING:
        return None
    return content_of(
        QUEUED,
        registration,
        url=booking_url(registration),
        number=registration.queue_number(),
    )


@letter(OFFER)
def offer(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.state != State.OFFERED:
        return None
    return content_of(
        OFFER,
        registration,
        url=answer_url(registration),
        starts_now=_was_interested(registration),
        number_of_times=len(registration.event.held),
        until=registration.offer_expires_at or registration.event.answer_by(timezone.now()),
    )


def _was_interested(registration: Registration) -> bool:
    """They asked for it before there was a date, and hear for the first time that there is one."""
    first = registration.offers_unanswered == 0
    return first and Interest.objects.filter(registration=registration).exists()


@letter(OFFER_HALF_TIME)
def offer_half_time(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or not registration.offer_stands(timezone.now()):
        return None
    return content_of(
        OFFER_HALF_TIME,
        registration,
        url=answer_url(registration),
        until=registration.offer_expires_at,
    )


@letter(SOON)
def soon(row: Letter) -> Content | None:
    """Only while the place is there: whoever answers first has it."""
    registration = row_of(row)
    if registration is None or not registration.is_told_of_a_place:
        return None
    return content_of(SOON, registration, url=answer_url(registration))


@letter(RESTS)
def rests(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or not registration.rests:
        return None
    return content_of(RESTS, registration, url=answer_url(registration))


@letter(REMINDER)
def reminder(row: Letter) -> Content | None:
    """Decided when it leaves: nobody is reminded of what is cancelled, moved, begun, or of a time
    for which they have said that they do not come."""
    registration = row_of(row)
    if registration is None or registration.state != State.CONFIRMED or registration.reminder_off:
        return None
    event = registration.event
    uid = row.about["occasion"]
    occasion = next((one for one in event.held if one.uid.hex == uid), None)
    if occasion is None or event.cancelled_at or _stays_at_home(registration, occasion):
        return None
    now = timezone.now()
    days = (timezone.localdate(occasion.starts_at) - timezone.localdate(now)).days
    if occasion.starts_at <= now or days > 1:
        return None  # it was moved: another reminder comes in time
    url, away_url = doors(registration, BOOKING, "events:booking", "events:away", uid=occasion.uid)
    return content_of(
        REMINDER,
        registration,
        occasion=occasion,
        is_today=days == 0,
        is_series=len(event.schedule) > 1,
        url=url,
        away_url=away_url,
    )


def _stays_at_home(registration: Registration, occasion: Occasion) -> bool:
    return registration.absences.filter(occasion_uid=occasion.uid).exists()


@letter(SELF_CANCELLED)
def self_cancelled(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.is_active:
        return None
    return content_of(SELF_CANCELLED, registration, url=booking_url(registration))


@letter(OFFICE_CANCELLED)
def office_cancelled(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or registration.is_active:
        return None
    return content_of(OFFICE_CANCELLED, registration, waited=row.about.get("waited", False))


@letter(MOVED)
def moved(row: Letter) -> Content | None:
    registration = row_of(row)
    if registration is None or not registration.is_active:
        return None
    before = Event.objects.filter(pk=row.about["from_event"]).first()
    waits = registration.state != State.CONFIRMED
    return content_of(
        MOVED,
        registration,
        before=before and coming_or_last(before),
        before_title=before and before.neutral_title,
        waits=waits,
        number=registration.queue_number() if waits else None,
        url=booking_url(registration),
    )
