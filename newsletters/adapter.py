"""The provider that carries our mail, through anymail: what it tells of letters that came back.

Each provider has its own way of signing what it sends; anymail knows them. What it makes of it is
turned into a report of ours here, and nothing else of anymail is known to the rest.
"""

from importlib import import_module
from typing import Any
from uuid import UUID

from anymail.signals import EventType, RejectReason, tracking
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from mail.provider import NUMBER
from newsletters.returns import Kind, Report, number_in, without_addresses
from newsletters.services import returns

ABOUT_THE_ADDRESS = (RejectReason.INVALID, RejectReason.BOUNCED)
# A provider that has given up on a mailbox says only why it did not try.
REFUSALS = {RejectReason.SPAM: Kind.COMPLAINT, RejectReason.UNSUBSCRIBED: Kind.ENDED}


def hear(request: HttpRequest) -> HttpResponse:
    """The request is proven and read; each event in it comes to `heard`."""
    module = import_module(f"anymail.webhooks.{settings.MAIL_PROVIDER}")
    view = next(
        found
        for name, found in vars(module).items()
        if name.endswith(("TrackingWebhookView", "CombinedWebhookView"))
        and found.__module__ == module.__name__
    )
    answer: HttpResponse = view.as_view()(request)
    return answer


@receiver(tracking, dispatch_uid="mail_came_back")
def heard(event: Any, **kwargs: Any) -> None:
    if (kind := _kind(event)) and event.recipient:
        said = str(event.mta_response or event.description or "")
        number = _number(event)
        returns.note(Report(kind, number, without_addresses(said)[:200], event.recipient))


def _number(event: Any) -> UUID | None:
    """Ours: what it was handed over with, or the Message-ID that it had by SMTP."""
    carried = str((event.metadata or {}).get(NUMBER, ""))
    return number_in(f"{carried}@") or number_in(str(event.message_id or ""))


def _kind(event: Any) -> Kind | None:
    """None for what we do not want to know: that it arrived, was opened, was clicked."""
    match event.event_type:
        case EventType.COMPLAINED:
            return Kind.COMPLAINT
        case EventType.UNSUBSCRIBED:
            return Kind.ENDED
        case EventType.BOUNCED | EventType.REJECTED:
            if event.reject_reason in ABOUT_THE_ADDRESS:
                return Kind.HARD
            return REFUSALS.get(event.reject_reason, Kind.SOFT)
    return None
