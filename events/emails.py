"""Every letter about places, in one table of contents. The words are in templates/events/mail/."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.ical import feed
from events.models import Event, Occasion, Registration
from mail.letters import Attachment, Content, letter
from mail.models import Letter
from mail.services import mint
from mail.services import post as post_letter

CONFIRMED = "event_confirmed"
ALREADY = "event_already"
QUEUED = "queue_joined"
OFFER = "queue_offer"
OFFER_HALF_TIME = "queue_offer_half_time"
RESTS = "queue_rest"
REMINDER = "event_reminder"
SELF_CANCELLED = "event_self_cancelled"
OFFICE_CANCELLED = "event_office_cancelled"
MOVED = "event_moved"

# What a door may do. One purpose each: a link to an offer cannot cancel a booking.
BOOKING = "events-booking"
ANSWER = "events-offer"
# Doors stay open this long after the last occasion, so that a late reader meets a kind page.
OPEN_AFTER = timedelta(days=30)

# Coming bookings from which the letter says that less is fine too (ux.md D17).
MANY_BOOKINGS = 4

State = Registration.State


def post(
    kind: str,
    registration: Registration,
    *,
    due_at: datetime | None = None,
    once: str | None = None,
    public: bool = False,
    **about: Any,
) -> Letter | None:
    """Put a letter about this registration in the outbox. Nobody without a mailbox gets one.

    `once`: with the same word the same letter is written once only.
    """
    if not registration.email:
        return None
    return post_letter(
        kind,
        to=registration.email,
        about={"registration": registration.pk, **about},
        due_at=due_at,
        dedupe_key=f"{kind}:{registration.pk}:{once}" if once else None,
        public=public,
    )


def offer_left_at(registration: Registration) -> datetime | None:
    """When the letter about the present offer left; None while it has not."""
    sent = Letter.objects.filter(
        kind=OFFER,
        about__registration=registration.pk,
        created_at__gte=registration.offered_at,
        state=Letter.State.SENT,
    )
    return sent.values_list("sent_at", flat=True).first()


def _row(row: Letter) -> Registration | None:
    found = Registration.objects.select_related("event").filter(pk=row.about["registration"])
    return found.first()


def _doors(registration: Registration, purpose: str, *names: str) -> list[str]:
    """The addresses of these pages, opened by one new token."""
    ends = registration.event.ends_at or timezone.now()
    token = mint(purpose, about=str(registration.pk), expires_at=ends + OPEN_AFTER)
    return [settings.SITE_URL + reverse(name, args=[token]) for name in names]


def booking_url(registration: Registration) -> str:
    return _doors(registration, BOOKING, "events:booking")[0]


def answer_url(registration: Registration) -> str:
    return _doors(registration, ANSWER, "events:offer")[0]


def _content(name: str, registration: Registration, **context: Any) -> Content:
    event = registration.event
    return Content(
        template=f"events/mail/{name}",
        context={
            "registration": registration,
            "name": registration.name,
            "event": event,
            "occasion": _coming_or_last(event),
            "activities_url": settings.SITE_URL + "/aktiviteter/",
            **context,
        },
        because=_because(registration),
    )


def _because(registration: Registration) -> str:
    if registration.state in (State.WAITING, State.OFFERED):
        return _("Du får det här mejlet för att du står i kö till en träff hos oss.")
    return _("Du får det här mejlet för att du är anmäld till en träff hos oss.")


@letter(CONFIRMED)
def confirmed(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or registration.state != State.CONFIRMED:
        return None
    content = _content(
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
    registration = _row(row)
    if registration is None or not registration.is_active:
        return None
    return _content(
        ALREADY,
        registration,
        url=booking_url(registration),
        waits=registration.state != State.CONFIRMED,
    )


@letter(QUEUED)
def queued(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or registration.state != State.WAITING:
        return None
    return _content(
        QUEUED,
        registration,
        url=booking_url(registration),
        number=registration.queue_number(),
    )


@letter(OFFER)
def offer(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or registration.state != State.OFFERED:
        return None
    return _content(
        OFFER,
        registration,
        url=answer_url(registration),
        until=registration.offer_expires_at or registration.event.answer_by(timezone.now()),
    )


@letter(OFFER_HALF_TIME)
def offer_half_time(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or not registration.offer_stands(timezone.now()):
        return None
    return _content(
        OFFER_HALF_TIME,
        registration,
        url=answer_url(registration),
        until=registration.offer_expires_at,
    )


@letter(RESTS)
def rests(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or not registration.rests:
        return None
    return _content(RESTS, registration, url=answer_url(registration))


@letter(REMINDER)
def reminder(row: Letter) -> Content | None:
    """Decided when it leaves: nobody is reminded of what is cancelled or over."""
    registration = _row(row)
    if registration is None or registration.state != State.CONFIRMED or registration.reminder_off:
        return None
    occasion = registration.event.next_occasion()
    cancelled = registration.event.cancelled_at is not None
    if cancelled or occasion is None or occasion.uid.hex != row.about["occasion"]:
        return None
    url, cancel_url = _doors(registration, BOOKING, "events:booking", "events:cancel")
    return _content(REMINDER, registration, url=url, cancel_url=cancel_url)


@letter(SELF_CANCELLED)
def self_cancelled(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or registration.is_active:
        return None
    return _content(SELF_CANCELLED, registration, url=booking_url(registration))


@letter(OFFICE_CANCELLED)
def office_cancelled(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or registration.is_active:
        return None
    return _content(OFFICE_CANCELLED, registration, waited=row.about.get("waited", False))


@letter(MOVED)
def moved(row: Letter) -> Content | None:
    registration = _row(row)
    if registration is None or not registration.is_active:
        return None
    before = Event.objects.filter(pk=row.about["from_event"]).first()
    waits = registration.state != State.CONFIRMED
    return _content(
        MOVED,
        registration,
        before=before and _coming_or_last(before),
        before_title=before and before.neutral_title,
        waits=waits,
        number=registration.queue_number() if waits else None,
        url=booking_url(registration),
    )


def _coming_or_last(event: Event) -> Occasion | None:
    return event.next_occasion() or (event.schedule[-1] if event.schedule else None)
