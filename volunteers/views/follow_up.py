"""Måndagskoll: the list, the board, one person, and the three buttons (ux.md 2g)."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.models import User
from privacy.models import AccessLog
from privacy.responses import see_other
from privacy.services import note_access
from volunteers.forms.follow_up import StepForm, WriteForm
from volunteers.models import Lead, LeadMove
from volunteers.services import drafts, monday, moves, readiness, writing

View = Callable[..., HttpResponse]
ABOUT = "volunteers.Lead"
FASTER = gettext_lazy("Någon hann före. Så här ser det ut nu.")


def may_follow_up(view: View) -> View:
    """Only for those who may. For all others the page does not exist."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **more: Any) -> HttpResponse:
        if not request.user.has_perm("volunteers.change_lead"):
            raise Http404
        return view(request, **more)

    return guarded


def with_lead(view: View) -> View:
    """`reference` in the address is somebody who is still known."""

    @functools.wraps(view)
    def found(request: HttpRequest, reference: UUID) -> HttpResponse:
        rows = Lead.objects.exclude(name="").select_related("owner")
        lead = get_object_or_404(rows.prefetch_related("interests"), reference=reference)
        return view(request, lead)

    return found


def me(request: HttpRequest) -> User:
    """Who is at the phone. The staff's door has let nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def page(request: HttpRequest, name: str, code: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"volunteers/follow_up/{name}.html", context, status=code)


def back_to(lead: Lead) -> HttpResponse:
    return see_other(reverse("volunteers:lead", args=[lead.reference]))


def _whose(request: HttpRequest) -> tuple[Any, bool]:
    """Everybody's or only one's own: one's own, when there are any."""
    everyone = request.GET.get("vems") == "alla"
    has_own = Lead.objects.open().filter(owner=me(request)).exists()
    return (me(request) if has_own and not everyone else None), has_own


@may_follow_up
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    whose, has_own = _whose(request)
    groups = monday.groups(whose, timezone.localdate(now))
    return page(
        request, "list", groups=groups, numbers=monday.numbers(groups, now), whose=whose,
        has_own=has_own, regrettable=writing.regrettable(me(request)),
        today=timezone.localdate(now),
    )  # fmt: skip


@may_follow_up
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    whose, has_own = _whose(request)
    return page(request, "board", columns=monday.board(whose), whose=whose, has_own=has_own)


@may_follow_up
@require_safe
@with_lead
def lead(request: HttpRequest, lead: Lead) -> HttpResponse:
    """One person, with what they wrote. Noted in the access log."""
    note_access(
        me(request), action=AccessLog.Action.VIEW, about=ABOUT, reference=str(lead.reference)
    )
    others = Lead.objects.of_mailbox(lead.email_key).exclude(pk=lead.pk).exclude(name="")
    return page(
        request, "lead", lead=lead, others=others.order_by("-created_at"),
        history=lead.moves.select_related("actor", "owner"),
        regrettable=writing.regrettable(me(request)),
    )  # fmt: skip


@may_follow_up
@require_POST
@with_lead
def called(request: HttpRequest, lead: Lead) -> HttpResponse:
    try:
        moves.call(lead, actor=me(request), version=_version(request))
    except moves.SomebodyWasFaster:
        messages.warning(request, FASTER)
    else:
        messages.success(request, _("Noterat. Vi påminner om en vecka."))
    return _where_from(request, lead)


def _version(request: HttpRequest) -> int:
    number = request.POST.get("version", "")
    if not number.isdecimal():
        raise Http404
    return int(number)


def _where_from(request: HttpRequest, lead: Lead) -> HttpResponse:
    if request.POST.get("from") == "list":
        return see_other(reverse("volunteers:monday"))
    return back_to(lead)


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
@with_lead
def step(request: HttpRequest, lead: Lead) -> HttpResponse:
    initial = {"version": lead.version, "stage": lead.stage}
    form = StepForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_bound or not form.is_valid():
        return page(request, "step", 422 if form.is_bound else 200, lead=lead, form=form)
    data = form.cleaned_data
    try:
        moves.step(
            lead, to=data["stage"], on=form.on, note=data["note"], actor=me(request),
            version=data["version"],
        )  # fmt: skip
    except moves.SomebodyWasFaster:
        messages.warning(request, FASTER)
        return back_to(lead)
    except readiness.NotReady as error:
        return page(request, "step", 422, lead=lead, form=form, missing=error.missing)
    messages.success(request, _("Sparat."))
    return see_other(reverse("volunteers:monday"))


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
@with_lead
def write(request: HttpRequest, lead: Lead) -> HttpResponse:
    draft = drafts.DRAFTS.get(request.GET.get("mall", "")) or drafts.suggested(lead)
    subject, text = drafts.words(draft, lead, me(request))
    initial = {"version": lead.version, "subject": subject, "text": text}
    data = request.POST if request.method == "POST" else None
    form = WriteForm(data, initial=initial, draft=draft)
    if not form.is_bound or not form.is_valid():
        context = {"lead": lead, "form": form, "draft": draft, "drafts": drafts.DRAFTS.values()}
        return page(request, "write", 422 if form.is_bound else 200, **context)
    typed = form.cleaned_data
    try:
        writing.send(
            lead, draft=draft, subject=typed["subject"], text=typed["text"], actor=me(request),
            on=typed.get("on"), times=form.times, version=typed["version"],
        )  # fmt: skip
    except moves.SomebodyWasFaster:
        messages.warning(request, FASTER)
        return back_to(lead)
    return see_other(reverse("volunteers:monday"))


@may_follow_up
@require_POST
def regret(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter is taken back, while it waits."""
    move = get_object_or_404(LeadMove.objects.select_related("lead"), pk=pk, actor=me(request))
    try:
        writing.regret(move, actor=me(request))
    except writing.AlreadyGone:
        messages.warning(request, _("Mejlet har redan gått."))
    else:
        messages.success(request, _("Mejlet gick inte. Allt är som förut."))
    return see_other(reverse("volunteers:monday"))
