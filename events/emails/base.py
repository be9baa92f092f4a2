"""What all letters about activities share: how they are posted, and the doors that they open."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Occasion, Registration
from mail.letters import Content
from mail.models import Letter
from mail.services import mint
from mail.services import post as post_letter

# What a door may do. One purpose each: a link to an offer cannot cancel a booking.
BOOKING = "events-booking"
ANSWER = "events-offer"
# Doors stay open this long after the last occasion, so that a late reader meets a kind page.
OPEN_AFTER = timedelta(days=30)

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


def row_of(row: Letter) -> Registration | None:
    found = Registration.objects.select_related("event").filter(pk=row.about["registration"])
    return found.first()


def doors(
    registration: Registration, purpose: str, *names: str, uid: uuid.UUID | None = None
) -> list[str]:
    """The addresses of these pages, opened by one new token. `uid`: of one occasion, for the last."""
    ends = registration.event.ends_at or timezone.now()
    token = mint(purpose, about=str(registration.pk), expires_at=ends + OPEN_AFTER)
    paths = [reverse(name, args=[token]) for name in (names[:-1] if uid else names)]
    if uid:
        paths.append(reverse(names[-1], args=[token, uid]))
    return [settings.SITE_URL + path for path in paths]


def booking_url(registration: Registration) -> str:
    return doors(registration, BOOKING, "events:booking")[0]


def answer_url(registration: Registration) -> str:
    return doors(registration, ANSWER, "events:offer")[0]


def content_of(name: str, registration: Registration, **context: Any) -> Content:
    event = registration.event
    return Content(
        template=f"events/mail/{name}",
        context={
            "registration": registration,
            "name": registration.name,
            "event": event,
            "occasion": coming_or_last(event),
            "activities_url": settings.SITE_URL + "/aktiviteter/",
            **context,
        },
        because=because(registration),
    )


def because(registration: Registration) -> str:
    if registration.state in (State.WAITING, State.OFFERED):
        return _("Du får det här mejlet för att du står i kö till en träff hos oss.")
    return _("Du får det här mejlet för att du är anmäld till en träff hos oss.")


def coming_or_last(event: Event) -> Occasion | None:
    return event.next_occasion() or (event.schedule[-1] if event.schedule else None)
