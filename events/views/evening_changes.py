"""A leader calls an evening off or moves it. Everyone with a place is told by the same service as
when the office does it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.forms.evening import CallOffForm, MoveEveningForm
from events.models import Event, Occasion
from events.services import changes, evening_changes, leading
from privacy.responses import for_one_reader, see_other


def _found(request: HttpRequest, slug: str, day: str) -> tuple[Event, Occasion]:
    event = get_object_or_404(Event.objects.with_occasions(), slug=slug, cancelled_at=None)
    occasion = leading.find(event, day)
    if occasion is None or occasion.cancelled_at or not leading.leads(request.user, event):
        raise Http404
    return event, occasion


def _url(event: Event, occasion: Occasion) -> str:
    return reverse("events:evening", args=[event.slug, leading.address_of(event, occasion)])


def _page(
    request: HttpRequest, name: str, event: Event, occasion: Occasion, form: Any
) -> HttpResponse:
    context = {
        "event": event,
        "occasion": occasion,
        "form": form,
        "back": _url(event, occasion),
        "has_begun": occasion.starts_at <= timezone.now(),
    }
    code = 422 if form.errors else 200
    return render(request, f"events/evening/{name}.html", context, status=code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_one_reader
def call_off(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    event, occasion = _found(request, slug, day)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            evening_changes.call_off(event, occasion, actor=request.user, **form.cleaned_data)
        except evening_changes.HasAttendance:
            form.add_error(None, _("Närvaron är redan sparad, så träffen blev av."))
        else:
            return see_other(_url(event, occasion))
    return _page(request, "call_off", event, occasion, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_one_reader
def move(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    event, occasion = _found(request, slug, day)
    if occasion.starts_at <= timezone.now():
        raise Http404
    form = MoveEveningForm(request.POST if request.method == "POST" else None, occasion=occasion)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            changes.move(
                event,
                occasion.uid,
                typed["starts_at"],
                typed["ends_at"],
                actor=request.user,
                because=typed["because"],
            )
        except (changes.AlreadyBegun, changes.NotLater):
            form.add_error("day", _("Det går inte. Träffen har redan börjat."))
        else:
            return see_other(reverse("events:evenings"))
    return _page(request, "move", event, occasion, form)
