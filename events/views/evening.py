"""The evening on a phone: a leader's list of occasions, and who was there (ux.md 2h)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from events.emails import evening as letters
from events.forms.evening import EveningForm, with_the_one_more
from events.models import Event, Leader, Occasion
from events.services import attendance, counter, leading, papers
from events.views.evening_page import Reader, page
from mail.services import LinkExpired, LinkUnknown, open_door
from privacy.limits import limited
from privacy.models import AccessLog
from privacy.responses import for_one_reader, see_other
from privacy.services import note_access


@require_safe
@for_one_reader
def evenings(request: HttpRequest) -> HttpResponse:
    if not leading.may_look(request.user):
        raise Http404
    now = timezone.now()
    context = {
        "evenings": leading.evenings_of(request.user, now),
        "can_count": bool(counter.shifts_of(request.user, now)),
        "untold": papers.circles_to_tell(request.user),
    }
    return render(request, "events/evening/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_one_reader
def evening(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """For whoever has logged in and leads it, or works at the office."""
    event = get_object_or_404(Event.objects.with_occasions(), slug=slug)
    occasion = leading.find(event, day)
    if occasion is None or not leading.leads(request.user, event):
        raise Http404
    reader = Reader(request.user, reverse("events:evening", args=[slug, day]), in_full=True)
    return _answer(request, event, occasion, reader)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("leader", (120, 600))
@for_one_reader
def link(request: HttpRequest, token: str) -> HttpResponse:
    """From the leader's letter: the same page with first names only."""
    try:
        leader_pk, _colon, uid = open_door(token, purpose=letters.LEADER).partition(":")
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        return render(request, "expired_link.html", {"next_url": "/ledare/"}, status=410)
    # Whoever does not lead it any more finds nothing here.
    leader = get_object_or_404(Leader.objects.select_related("user"), pk=leader_pk)
    event = get_object_or_404(Event.objects.with_occasions(), pk=leader.event_id)
    occasion = next((one for one in event.schedule if one.uid.hex == uid), None)
    if occasion is None or not leader.user.works_here:
        raise Http404
    reader = Reader(leader.user, reverse("events:evening_link", args=[token]), in_full=False)
    return _answer(request, event, occasion, reader)


def _answer(request: HttpRequest, event: Event, occasion: Occasion, reader: Reader) -> HttpResponse:
    if request.method == "POST":
        return _post(request, event, occasion, reader)
    if request.method == "GET":  # a HEAD is the phone that asks whether the net is there
        note_access(
            reader.user,
            action=AccessLog.Action.VIEW,
            about="events.Registration",
            reference=event.slug,
            reason="närvaro",
        )
    sheet = attendance.sheet_of(occasion)
    if event.cancelled_at or occasion.cancelled_at:
        return page(request, "off", event, occasion, reader)
    if not attendance.can_fill_in(event, occasion, timezone.now()):
        return page(request, "before", event, occasion, reader)
    if sheet and "andra" not in request.GET:
        return page(request, "saved", event, occasion, reader, sheet=sheet)
    form = EveningForm(event=event, occasion=occasion, sheet=sheet)
    return page(request, "sheet", event, occasion, reader, form=form, sheet=sheet)


def _post(request: HttpRequest, event: Event, occasion: Occasion, reader: Reader) -> HttpResponse:
    about: dict[str, Any] = {
        "event": event,
        "occasion": occasion,
        "sheet": attendance.sheet_of(occasion),
    }
    form = EveningForm(request.POST, **about)
    if not form.is_valid():
        return page(request, "sheet", reader=reader, code=422, form=form, **about)
    if request.POST.get("do") in ("all", "add"):
        # Nothing is saved: the page comes back with more ticks.
        form = EveningForm(with_the_one_more(form), **about)
        return page(request, "sheet", reader=reader, form=form, **about)
    try:
        attendance.save(event, occasion, form.filled(), actor=reader.user)
    except (attendance.NotYet, attendance.TakesNoPlace):
        pass  # the page says how it stands
    return see_other(reader.here)
