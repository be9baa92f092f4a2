"""The counter of visits on a phone: large buttons, a number in words, and nobody's name."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from events.forms.counter import ShiftForm
from events.models import Event, Occasion
from events.services import counter, leading
from privacy.responses import for_one_reader, see_other

# What the buttons say, by the value they send.
ONE = {"women": _("kvinna"), "men": _("man"), "other": _("annat"), "unknown": _("vet ej")}
ALSO = {
    "first_timers": _("Första gången"),
    "from_here": _("Härifrån (uppskattat)"),
    "from_elsewhere": _("Från andra områden (uppskattat)"),
}
REFUSALS: dict[type[Exception], Any] = {
    counter.PartsExceedAll: _("Räkna besöket först. Delarna kan inte bli fler än besöken."),
    counter.NothingToTakeAway: _("Det finns inget att ta bort."),
    counter.NotCounted: _("Träffen går inte att räkna nu."),
}


@require_safe
@for_one_reader
def shifts(request: HttpRequest) -> HttpResponse:
    """Straight to today's café when there is one; otherwise what there is to choose from."""
    if not leading.may_look(request.user):
        raise Http404
    rows = counter.shifts_of(request.user, timezone.now())
    today = [row for row in rows if row.is_today]
    if len(today) == 1 and "alla" not in request.GET:
        return see_other(_url(today[0].event, today[0].occasion))
    return render(request, "events/counter/list.html", {"shifts": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_one_reader
def count(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    event, occasion = _found(request, slug, day)
    if request.method != "POST":
        return _page(request, event, occasion)
    sign, what = request.POST.get("do", "")[:1], request.POST.get("do", "")[1:]
    if what not in counter.PRESSES or sign not in "+-":
        raise Http404
    try:
        counter.press(
            event,
            occasion,
            what,
            step=1 if sign == "+" else -1,
            key=_key(request),
            actor=request.user,
        )
    except tuple(REFUSALS) as error:
        return _page(request, event, occasion, code=422, refusal=REFUSALS[type(error)])
    return see_other(_url(event, occasion))


@require_http_methods(["GET", "HEAD", "POST"])
@for_one_reader
def shift(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """After the shift: numbers, hours and a note."""
    event, occasion = _found(request, slug, day)
    tally = counter.tally_of(event, occasion)
    form = ShiftForm(request.POST if request.method == "POST" else None, tally=tally)
    if request.method == "POST" and form.is_valid():
        try:
            counter.note_shift(event, occasion, form.facts(), actor=request.user)
        except tuple(REFUSALS) as error:
            form.add_error(None, REFUSALS[type(error)])
        else:
            return see_other(f"{_url(event, occasion)}?sparat")
    context = {"event": event, "occasion": occasion, "form": form, "back": _url(event, occasion)}
    code = 422 if form.errors else 200
    return render(request, "events/counter/shift.html", context, status=code)


def _found(request: HttpRequest, slug: str, day: str) -> tuple[Event, Occasion]:
    event = get_object_or_404(Event.objects.with_occasions(), slug=slug)
    occasion = leading.find(event, day)
    if occasion is None or not counter.is_counted(event) or not leading.leads(request.user, event):
        raise Http404
    return event, occasion


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("press", ""))
    except ValueError:
        return uuid.uuid4()


def _url(event: Event, occasion: Occasion) -> str:
    return reverse("events:count", args=[event.slug, leading.address_of(event, occasion)])


def _page(
    request: HttpRequest, event: Event, occasion: Occasion, *, code: int = 200, refusal: Any = ""
) -> HttpResponse:
    tally = counter.tally_of(event, occasion)
    context = {
        "event": event,
        "occasion": occasion,
        "tally": tally,
        "can_count": counter.can_count(event, occasion, timezone.now()),
        "press": uuid.uuid4(),
        "refusal": refusal,
        "here": _url(event, occasion),
        "sex": [(name, label, getattr(tally, name)) for name, label in ONE.items()],
        "also": [(name, label, getattr(tally, name)) for name, label in ALSO.items()],
        "shift_url": reverse(
            "events:shift", args=[event.slug, leading.address_of(event, occasion)]
        ),
    }
    return render(request, "events/counter/count.html", context, status=code)
