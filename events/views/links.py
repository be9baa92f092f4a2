"""What the links in our letters open. A GET shows a page with a button; only the POST acts."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events import emails
from events.models import Registration
from events.services import absence, answers, papers, paying, waiting_list
from events.services import registration as registrations
from mail.services import LinkExpired, LinkUnknown, open_door
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other

Deed = Callable[[Registration], Registration]
State = Registration.State

# What the buttons of the booking page do, by the value they send.
BOOKING_DEEDS: dict[str, Deed] = {
    "coming": registrations.say_coming,
    "remind": lambda row: registrations.set_reminder(row, wanted=True),
    "no-reminder": lambda row: registrations.set_reminder(row, wanted=False),
    "undo": registrations.undo_cancel,
    "stay": waiting_list.stay,
    "leave": registrations.cancel,
}


def _behind(token: str, purpose: str) -> Registration:
    """The registration that the link opens. Raises Http404 or LinkExpired."""
    try:
        about = open_door(token, purpose=purpose)
    except LinkUnknown as error:
        raise Http404 from error
    rows = Registration.objects.select_related("event").exclude(name="")
    row = rows.filter(pk=about).first()
    if row is None:
        raise Http404
    return row


def door(purpose: str) -> Callable[..., Callable[..., HttpResponse]]:
    """A view behind a link: GET, HEAD and POST only, counted, and kind when its time is over."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @limited("link")
        @for_one_reader
        def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
            try:
                registration = _behind(token, purpose)
            except LinkExpired:
                return render(
                    request, "expired_link.html", {"next_url": "/aktiviteter/"}, status=410
                )
            return view(request, token, registration, **more)

        return opened

    return decorate


@door(emails.BOOKING)
def booking(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    here = reverse("events:booking", args=[token])
    if request.method == "POST":
        deed = BOOKING_DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            raise Http404
        try:
            deed(registration)
        except registrations.NoPlaceLeft:
            return _booking_page(request, token, registration, code=422, place_went_on=True)
        return see_other(here)
    return _booking_page(request, token, registration)


def _booking_page(
    request: HttpRequest, token: str, registration: Registration, code: int = 200, **more: Any
) -> HttpResponse:
    now = timezone.now()
    event = registration.event
    context = {
        "registration": registration,
        "event": event,
        "occasion": event.next_occasion(now) or (event.schedule[-1] if event.schedule else None),
        "over": registrations.over(event),
        "number": registration.queue_number() if registration.queued_at else None,
        "can_undo": registration.state == State.CANCELLED and not registrations.over(event),
        "token": token,
        "papers_left": papers.left_to_do(registration),
        "answer_dies_on": answers.dies_on(registration),
        "now": now,
        "times": absence.coming_times(registration) if absence.is_series(event) else [],
        **more,
    }
    return render(request, "events/booking.html", context, status=code)


@door(emails.BOOKING)
def cancel(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        registrations.cancel(registration)
        return see_other(reverse("events:booking", args=[token]))
    if not registration.is_active or registrations.over(registration.event):
        return see_other(reverse("events:booking", args=[token]))
    event = registration.event
    context = {
        "registration": registration,
        "event": event,
        "occasion": event.next_occasion(),
        "refund_until": paying.refund_until(event),
        "now": timezone.now(),
        "token": token,
    }
    return render(request, "events/cancel.html", context)


@door(emails.BOOKING)
def away(
    request: HttpRequest, token: str, registration: Registration, uid: uuid.UUID
) -> HttpResponse:
    """From the reminder: I cannot come this time. One press, and nobody asks why."""
    event, now = registration.event, timezone.now()
    occasion = next((one for one in event.schedule if one.uid == uid), None)
    if occasion is None:
        raise Http404
    if request.method == "POST":
        deed = absence.can_come if request.POST.get("do") == "undo" else absence.cannot_come
        deed(registration, uid)
        return see_other(reverse("events:away", args=[token, uid]))
    if registration.state != State.CONFIRMED:
        return see_other(reverse("events:booking", args=[token]))
    context = {
        "registration": registration,
        "event": event,
        "occasion": occasion,
        "is_series": absence.is_series(event),
        "is_away": registration.absences.filter(occasion_uid=uid).exists(),
        "is_off": occasion.cancelled_at is not None or event.cancelled_at is not None,
        "begun": occasion.starts_at <= now,
        "token": token,
    }
    return render(request, "events/away.html", context)


@door(emails.ANSWER)
def offer(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        return _answer(request, token, registration)
    return _offer_page(request, token, registration)


def _answer(request: HttpRequest, token: str, registration: Registration) -> HttpResponse:
    deeds: dict[str, Deed] = {
        "yes": waiting_list.accept,
        "no": waiting_list.decline,
        "later": waiting_list.one_more_day,
        "stay": waiting_list.stay,
        "leave": registrations.cancel,
    }
    deed = deeds.get(request.POST.get("answer", ""))
    if deed is None:
        raise Http404
    if deed is waiting_list.accept and not _has_read(request, registration):
        return _offer_page(request, token, registration, code=422, must_read=True)
    try:
        registration = deed(registration)
    except waiting_list.PlaceWentOn:
        registration.refresh_from_db()
        return _offer_page(request, token, registration, code=422, went_on=True)
    if deed is waiting_list.accept:
        papers.agree(registration)
    return see_other(reverse("events:offer", args=[token]))


def _has_read(request: HttpRequest, registration: Registration) -> bool:
    """A talk group begins with what everybody promises each other."""
    return "agree" in request.POST or papers.agreement_to_read(registration) is None


def _offer_page(
    request: HttpRequest, token: str, registration: Registration, code: int = 200, **more: Any
) -> HttpResponse:
    now = timezone.now()
    event = registration.event
    context = {
        "registration": registration,
        "event": event,
        "occasion": event.next_occasion(now),
        "stands": registration.offer_stands(now),
        "may_wait": registration.may_wait_a_day(event, now),
        # A quick reader is here before the clock of the offer has been started.
        "until": registration.offer_expires_at or event.answer_by(now),
        "number": registration.queue_number() if registration.queued_at else None,
        "agreement": papers.agreement_to_read(registration),
        "token": token,
        **more,
    }
    return render(request, "events/offer.html", context, status=code)
