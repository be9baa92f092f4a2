"""The list of one activity in the admin: who comes, who waits, and what is done for them."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from events.forms import MoveForm, OfficeSignUpForm
from events.models import Event, Registration
from events.services import (
    export,
    giving_back,
    history,
    office,
    overview,
    participants,
    places,
    waiting_list,
)
from events.services.registration import NoPlaceLeft, NoQueue, over
from events.views.desk import NAMESPACE, list_url
from events.views.desk import page as _page
from members.adapter import fresh_proof_required
from privacy.responses import see_other

View = Callable[..., HttpResponse]
# What the office is told when somebody else, the clock or the activity came in between.
REFUSALS: dict[type[Exception], Any] = {
    office.ActivityIsOff: gettext_lazy(
        "Det går inte. Aktiviteten är ett utkast, inställd eller redan slut."
    ),
    office.AlreadyThere: gettext_lazy("Personen finns redan på den listan."),
    office.NotThereAnyMore: gettext_lazy("Någon hann före. Så här ser listan ut nu."),
    waiting_list.PlaceWentOn: gettext_lazy("Platsen har gått vidare till nästa i kön."),
    NoPlaceLeft: gettext_lazy("Ingen plats är ledig just nu."),
    NoQueue: gettext_lazy("Det är fullt, och aktiviteten har ingen kö."),
}
CAME_BETWEEN = tuple(REFUSALS)


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            if not request.user.has_perm(f"events.{permission}_registration"):
                raise Http404
            event = get_object_or_404(Event.objects.with_occasions(), pk=pk)
            try:
                return view(request, event, **more)
            except office.NotThereAnyMore as error:
                return _told(request, event, error)

        return guarded

    return decorate


@require_safe
@may("view")
def people(request: HttpRequest, event: Event) -> HttpResponse:
    rows = participants.open_list(event, actor=request.user)
    return _page(request, "people", event, _("Anmälningar"), people=rows, over=over(event))


@require_safe
@may("view")
def happened(request: HttpRequest, event: Event) -> HttpResponse:
    """What happened to the places, without names: it can be told to whoever asks."""
    return _page(request, "happened", event, _("Platserna"), happenings=history.told(event))


@require_http_methods(["GET", "HEAD", "POST"])
@may("add")
def add(request: HttpRequest, event: Event) -> HttpResponse:
    is_full = not places.count(event, timezone.now()).open_to_all
    form = OfficeSignUpForm(request.POST or None, event=event, is_full=is_full)
    if not form.is_bound or not form.is_valid():
        return _add_page(request, event, form)
    typed = {name: value for name, value in form.cleaned_data.items() if name != "consent"}
    try:
        row = office.register_by_phone(event, actor=request.user, **typed)
    except NoPlaceLeft:
        # Full since the page was shown: the same values and one more question.
        form = OfficeSignUpForm(request.POST, event=event, is_full=True)
        return _add_page(request, event, form)
    except CAME_BETWEEN as error:
        form.add_error(None, REFUSALS[type(error)])
        return _add_page(request, event, form)
    messages.success(request, _said_of_new(row))
    return see_other(list_url(event))


def _said_of_new(row: Registration) -> str:
    if row.state != Registration.State.CONFIRMED:
        return _("%(name)s står i kö.") % {"name": row.name}
    text = ngettext(
        "%(name)s har fått en plats.", "%(name)s har fått %(number)d platser.", row.party
    )
    return text % {"name": row.name, "number": row.party}


def _add_page(request: HttpRequest, event: Event, form: OfficeSignUpForm) -> HttpResponse:
    code = 422 if form.errors else 200
    return _page(request, "add", event, _("Lägg till per telefon"), code, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def move(request: HttpRequest, event: Event, registration_pk: int) -> HttpResponse:
    registration = _on_the_list(event, registration_pk)
    choices = overview.open_to_more(event, timezone.now())
    form = MoveForm(request.POST or None, choices=choices)
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            moved = office.move(
                registration,
                to=to,
                actor=request.user,
                queue_if_full=form.cleaned_data["queue_if_full"],
            )
        except NoPlaceLeft:
            form.add_error("queue_if_full", _("Det är fullt där. Kryssa i om kön duger"))
        except (office.ActivityIsOff, office.AlreadyThere, NoQueue) as error:
            form.add_error("to", REFUSALS[type(error)])
        else:
            messages.success(request, _said_of_move(moved, to))
            return see_other(list_url(event))
    code = 422 if form.errors else 200
    title = _("Flytta")
    return _page(request, "move", event, title, code, form=form, registration=registration)


def _said_of_move(moved: Registration, to: Event) -> str:
    words = {"name": moved.name, "title": to.title}
    if moved.state == Registration.State.CONFIRMED:
        return _("%(name)s har nu plats i ”%(title)s”.") % words
    return _("%(name)s står nu i kö till ”%(title)s”.") % words


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def cancel(request: HttpRequest, event: Event, registration_pk: int) -> HttpResponse:
    registration = _on_the_list(event, registration_pk)
    if request.method != "POST":
        waits = registration.state != Registration.State.CONFIRMED
        title = _("Ta bort ur kön") if waits else _("Avboka")
        return _page(request, "cancel", event, title, registration=registration, waits=waits)
    try:
        office.cancel_for(registration, actor=request.user)
    except office.ActivityIsOff as error:
        return _told(request, event, error)
    messages.success(request, _("%(name)s är avbokad.") % {"name": registration.name})
    if giving_back.left_of(registration):
        return see_other(reverse(f"{NAMESPACE}:person_give_back", args=[event.pk, registration.pk]))
    return see_other(list_url(event))


@require_POST
@may("change")
def queue(request: HttpRequest, event: Event, registration_pk: int) -> HttpResponse:
    """The buttons in the queue: ask this one, or note the answer that came by phone."""
    registration = _on_the_list(event, registration_pk)
    actor, name = request.user, {"name": registration.name}
    try:
        match request.POST.get("do"):
            case "offer":
                office.offer_now(registration, actor=actor)
                done = _("%(name)s har fått en fråga om platsen.") % name
            case "yes":
                office.answer_for(registration, yes=True, actor=actor)
                done = _("%(name)s har fått platsen.") % name
            case "skip":
                office.skip(registration, actor=actor)
                done = _("%(name)s hoppades över den här gången och behåller sitt nummer.") % name
            case "no":
                office.answer_for(registration, yes=False, actor=actor)
                done = _("%(name)s har tackat nej. Platsen går till nästa.") % name
            case _:
                raise Http404
    except CAME_BETWEEN as error:
        return _told(request, event, error)
    messages.success(request, done)
    return see_other(list_url(event))


@require_POST
@may("export")
@fresh_proof_required
def take_out(request: HttpRequest, event: Event) -> HttpResponse:
    file = export.take_out(event, actor=request.user)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(file, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{export.name_of_file(event)}"'
    return response


def _on_the_list(event: Event, pk: int) -> Registration:
    """The registration, while it is there. Somebody may just have moved or cancelled it."""
    registration = get_object_or_404(Registration.objects.exclude(name=""), pk=pk)
    if registration.event_id != event.pk or not registration.is_active:
        raise office.NotThereAnyMore
    return registration


def _told(request: HttpRequest, event: Event, error: Exception) -> HttpResponse:
    messages.warning(request, REFUSALS[type(error)])
    return see_other(list_url(event))
