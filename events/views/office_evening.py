"""The office's pages about one activity's evenings: leaders, attendance, figures, paper."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from events.forms.office_evening import BudgetForm, LeaderForm
from events.models import Event, Leader
from events.services import attendance_grid, figures, leading
from events.views import desk
from members.adapter import fresh_proof_required
from privacy.responses import see_other

View = Callable[..., HttpResponse]
# Where these addresses live: wagtail_hooks hangs them under /admin/narvaro/.
NAMESPACE = "evenings"


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not request.user.has_perm(f"events.{permission}"):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return decorate


def about_one(view: View) -> View:
    """`pk` in the address is an activity."""

    @functools.wraps(view)
    def found(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        event = get_object_or_404(Event.objects.with_occasions(), pk=pk)
        return view(request, event, **more)

    return found


def grid_url(event: Event) -> str:
    return reverse(f"{NAMESPACE}:activity", args=[event.pk])


@require_safe
@may("view_registration")
@about_one
def activity(request: HttpRequest, event: Event) -> HttpResponse:
    return _page(request, event)


def _page(request: HttpRequest, event: Event, code: int = 200, **forms: Any) -> HttpResponse:
    counted = figures.of_event(event)
    context = {
        "grid": attendance_grid.open_grid(event, actor=request.user),
        "figures": counted,
        "leader_form": LeaderForm(event=event),
        "budget_form": BudgetForm(initial=_in_kronor(counted)),
        **forms,
    }
    # The form that was not right, for the summary of what is missing.
    context["form"] = next((form for form in forms.values() if form.errors), None)
    return desk.page(request, "attendance", event, _("Närvaro"), code, **context)


def _in_kronor(counted: figures.Figures) -> dict[str, int | None]:
    amounts = {"budget": counted.budget, "cost": counted.cost}
    return {name: None if ore is None else ore // 100 for name, ore in amounts.items()}


@require_POST
@may("change_registration")
@about_one
def add_leader(request: HttpRequest, event: Event) -> HttpResponse:
    form = LeaderForm(request.POST, event=event)
    if not form.is_valid():
        return _page(request, event, 422, leader_form=form)
    user = form.cleaned_data["user"]
    leading.appoint(event, user, actor=request.user)
    messages.success(request, _("%(name)s leder nu aktiviteten.") % {"name": user})
    return see_other(grid_url(event))


@require_POST
@may("change_registration")
@about_one
def drop_leader(request: HttpRequest, event: Event, leader_pk: int) -> HttpResponse:
    leader = get_object_or_404(Leader.objects.select_related("user", "event"), pk=leader_pk)
    if leader.event_id != event.pk:
        raise Http404
    leading.dismiss(leader, actor=request.user)
    done = _("%(name)s leder inte aktiviteten längre och ser inte listan.")
    messages.success(request, done % {"name": leader.user})
    return see_other(grid_url(event))


@require_POST
@may("change_event")
@about_one
def budget(request: HttpRequest, event: Event) -> HttpResponse:
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _page(request, event, 422, budget_form=form)
    figures.set_budget(event, budget=form.in_ore("budget"), cost=form.in_ore("cost"))
    messages.success(request, _("Budgeten är sparad."))
    return see_other(grid_url(event))


@require_POST
@may("export_registration")
@fresh_proof_required
@about_one
def paper(request: HttpRequest, event: Event, day: str) -> HttpResponse:
    occasion = leading.find(event, day)
    if occasion is None:
        raise Http404
    file = attendance_grid.sign_in_sheet(event, occasion, actor=request.user)
    response = HttpResponse(file, content_type="application/pdf")
    # A neutral name: the file lies in a folder of downloads that others may see.
    response["Content-Disposition"] = f'attachment; filename="lista-{day}.pdf"'
    return response
