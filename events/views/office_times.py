"""The times of one activity in the admin: a series laid out, one time moved, cancelled, on again."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from events.forms.times import BecauseForm, MoveTimeForm, SeriesForm
from events.models import Change, Event, Occasion
from events.services import changes, series
from events.views.desk import page, times_url
from privacy.responses import see_other

View = Callable[..., HttpResponse]

REFUSALS: dict[type[Exception], Any] = {
    changes.AlreadyBegun: gettext_lazy("Det går inte. Träffen har redan börjat."),
    changes.NotLater: gettext_lazy("Den tiden har varit. Välj en som kommer."),
}


def may_change(view: View) -> View:
    """For those who may publish the activity: what is done here is public at once."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        if not request.user.has_perm("events.publish_event"):
            raise Http404
        event = get_object_or_404(Event.objects.with_occasions(), pk=pk)
        if "uid" in more:
            uid: uuid.UUID = more.pop("uid")
            more["occasion"] = get_object_or_404(Occasion, event=event, uid=uid)
        return view(request, event, **more)

    return guarded


def _page(
    request: HttpRequest, name: str, event: Event, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    if name != "times":
        context["up"] = (times_url(event), _("Tider och ändringar"))
    else:
        context["up"] = None
    context["told"] = _told(event)
    return page(request, name, event, title, code, **context)


def _told(event: Event) -> dict[str, int]:
    """How many a letter would reach, and how many must be called."""
    active = event.registrations.active()
    return {
        "by_mail": active.exclude(email="").count(),
        "by_phone": active.filter(email="").count(),
    }


@require_safe
@may_change
def times(request: HttpRequest, event: Event) -> HttpResponse:
    history = Change.objects.filter(event=event).select_related("by").prefetch_related("times")
    return _page(
        request, "times", event, _("Tider och ändringar"), now=timezone.now(), history=history
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def lay_out(request: HttpRequest, event: Event) -> HttpResponse:
    """First the times are shown, then those that are still ticked are written."""
    form = SeriesForm(request.POST or None)
    proposed: list[series.Proposed] = []
    if form.is_bound and form.is_valid():
        proposed = series.propose(event, **form.cleaned_data)
        if "add" in request.POST:
            wanted = set(request.POST.getlist("day"))
            chosen = [one for one in proposed if one.day.isoformat() in wanted]
            return _written(request, event, chosen)
    code = 422 if form.errors else 200
    return _page(
        request, "series", event, _("Lägg upp en serie"), code, form=form, proposed=proposed
    )


def _written(request: HttpRequest, event: Event, chosen: list[series.Proposed]) -> HttpResponse:
    new = series.lay_out(event, chosen, actor=request.user)
    text = ngettext("%(number)d tid är tillagd.", "%(number)d tider är tillagda.", len(new))
    messages.success(request, text % {"number": len(new)})
    return see_other(times_url(event))


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def move(request: HttpRequest, event: Event, occasion: Occasion) -> HttpResponse:
    initial = {"starts_at": occasion.starts_at, "ends_at": occasion.ends_at}
    form = MoveTimeForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        return _done(
            request,
            event,
            lambda: changes.move(
                event, occasion.uid, data["starts_at"], data["ends_at"],
                actor=request.user, because=data["because"],
            ),
            _("Tiden är flyttad."),
        )  # fmt: skip
    code = 422 if form.errors else 200
    return _page(request, "move_time", event, _("Flytta en tid"), code, form=form, one=occasion)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def cancel(request: HttpRequest, event: Event, occasion: Occasion) -> HttpResponse:
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        because = form.cleaned_data["because"]
        return _done(
            request,
            event,
            lambda: changes.cancel(event, occasion.uid, actor=request.user, because=because),
            _("Tiden är inställd."),
        )
    code = 422 if form.errors else 200
    return _page(request, "cancel_time", event, _("Ställ in"), code, form=form, one=occasion)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def cancel_all(request: HttpRequest, event: Event) -> HttpResponse:
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        because = form.cleaned_data["because"]
        return _done(
            request,
            event,
            lambda: changes.cancel_all(event, actor=request.user, because=because),
            _("Hela aktiviteten är inställd."),
        )
    code = 422 if form.errors else 200
    return _page(request, "cancel_time", event, _("Ställ in"), code, form=form, one=None)


@require_POST
@may_change
def restore(request: HttpRequest, event: Event, occasion: Occasion) -> HttpResponse:
    return _done(
        request,
        event,
        lambda: changes.restore(event, occasion.uid, actor=request.user),
        _("Träffen blir av."),
    )


@require_POST
@may_change
def restore_all(request: HttpRequest, event: Event) -> HttpResponse:
    return _done(
        request,
        event,
        lambda: changes.restore_all(event, actor=request.user),
        _("Aktiviteten blir av."),
    )


def _done(
    request: HttpRequest, event: Event, deed: Callable[[], Change | None], said: str
) -> HttpResponse:
    try:
        change = deed()
    except tuple(REFUSALS) as error:
        messages.warning(request, REFUSALS[type(error)])
    else:
        messages.success(request, f"{said} {_who_hears(event)}" if change else said)
    return see_other(times_url(event))


def _who_hears(event: Event) -> str:
    told = _told(event)
    if not told["by_mail"]:
        return ""
    text = ngettext(
        "%(number)d person får ett mejl om tio minuter.",
        "%(number)d personer får ett mejl om tio minuter.",
        told["by_mail"],
    )
    return text % {"number": told["by_mail"]}
