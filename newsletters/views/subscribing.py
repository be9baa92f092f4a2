"""Asking for the newsletter, and the doors of its readers. A GET shows a page; only a POST acts."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mail.models import Association
from mail.services import LinkExpired, LinkUnknown, open_door
from newsletters import doors
from newsletters.emails.letters import OPT_IN
from newsletters.forms.readers import AskForm, ChoiceForm
from newsletters.models import Delivery, OptIn, Pace, Subscription
from newsletters.services import choices, reading
from privacy.addresses import masked
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other

View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@limited("newsletter")
def ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same page, whoever it was."""
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, association=Association.load(request))
    if form.is_bound and form.is_valid():
        choices.ask(form.cleaned_data["submission"], email=form.cleaned_data["email"])
        return see_other(reverse("newsletters:asked"))
    code = 422 if form.is_bound else 200
    return render(request, "newsletters/ask.html", {"form": form}, status=code)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletters/asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("link")
@for_one_reader
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        row = OptIn.objects.filter(pk=open_door(token, purpose=OPT_IN)).first()
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        over = {"next_url": reverse("newsletters:ask"), "lasted": "7 dagar"}
        return render(request, "expired_link.html", over, status=410)
    if row is None:
        raise Http404
    if request.method == "POST":
        choices.confirm(row)
        return see_other(request.path)
    kept = Subscription.objects.of_mailbox(row.email_key).first() if row.confirmed_at else None
    context: dict[str, Any] = {
        "row": row,
        "address": masked(row.email),
        "choice_token": doors.token_for(kept, doors.CHOICE) if kept else "",
    }
    return render(request, "newsletters/confirm.html", context)


def _door(purpose: str) -> Callable[[View], View]:
    """A view behind a signed link: `row` is what it is about, None when that is forgotten."""

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @for_one_reader
        @functools.wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            if token == doors.TEST:
                return render(request, "newsletters/test_link.html")
            try:
                row = doors.behind(token, purpose)
            except doors.DoorUnknown as error:
                raise Http404 from error
            return view(request, token, row)

        return opened

    return decorate


@limited("link")
@_door(doors.CHOICE)
def choice(request: HttpRequest, token: str, row: Delivery | Subscription | None) -> HttpResponse:
    if row is None or not row.email:
        return render(request, "newsletters/ended.html")
    if request.method == "POST" and "end" in request.POST:
        earlier = _kept(row)
        pace = earlier.pace if earlier else Pace.WEEKLY
        _end(row)
        return see_other(f"{request.path}?slut={pace}")
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, row)
    kept, today = _kept(row), timezone.localdate()
    is_paused = kept is not None and kept.is_paused(today)
    data = request.POST if request.method == "POST" else None
    form = ChoiceForm(data, now=kept, is_paused=is_paused)
    if form.is_bound and form.is_valid():
        choices.change(row.email, source=Subscription.Source.LETTER, **form.facts)
        _note_change(row, form.facts["pace"])
        return see_other(f"{request.path}?sparat=1")
    return _choice_page(request, row, form, kept, is_paused)


def _choice_page(
    request: HttpRequest, row: Any, form: ChoiceForm, kept: Subscription | None, is_paused: bool
) -> HttpResponse:
    ended = kept is not None and kept.pace == Pace.NONE
    earlier = request.GET.get("slut", "")
    if ended and earlier in Pace.values and not form.is_bound:
        return render(request, "newsletters/ended.html", {"earlier": earlier})
    context = {
        "form": form,
        "address": masked(row.email),
        "saved": "sparat" in request.GET and not form.is_bound,
        "ended": ended,
        "paused_until": kept.paused_until if kept and is_paused else None,
    }
    code = 422 if form.errors else 200
    return render(request, "newsletters/choice.html", context, status=code)


def _undo(request: HttpRequest, row: Any) -> HttpResponse:
    pace = request.POST.get("pace", "")
    if pace in Pace.values and pace != Pace.NONE:
        kept = _kept(row)
        text_only = kept is not None and kept.text_only
        choices.choose(
            row.email, pace=Pace(pace), text_only=text_only, source=Subscription.Source.LETTER
        )
        reading.note(row, ended=False)
    return see_other(f"{request.path}?sparat=1")


@_door(doors.END)
def end(request: HttpRequest, token: str, row: Delivery | Subscription | None) -> HttpResponse:
    """RFC 8058: the POST ends it at once, without a cookie, a log-in or a second page."""
    if request.method == "POST":
        if row is not None and row.email:
            _end(row)
        return render(request, "newsletters/ended.html")
    kept = _kept(row) if row is not None else None
    gone = row is None or not row.email or (kept is not None and kept.pace == Pace.NONE)
    context = {"address": "" if gone else masked(row.email)}  # type: ignore[union-attr]
    return render(request, "newsletters/end.html", context)


def _kept(row: Delivery | Subscription) -> Subscription | None:
    return Subscription.objects.of_mailbox(row.email_key).first()


def _end(row: Delivery | Subscription) -> None:
    choices.end(row.email)
    reading.note(row, ended=True)


def _note_change(row: Delivery | Subscription, pace: Pace) -> None:
    if pace == Pace.NONE:
        reading.note(row, ended=True)
    else:
        reading.note(row, changed=True)
