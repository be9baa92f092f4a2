"""The answers to the organiser's question, for those whom the form named."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Event
from events.services import answers
from events.views.desk import list_url, page
from privacy.responses import for_one_reader


def _open(request: HttpRequest, event: Event) -> list[answers.Answer]:
    if not answers.may_read(request.user, event):
        raise Http404
    return answers.read_all(event, actor=request.user)


@require_safe
def in_office(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.with_occasions(), pk=pk)
    context: dict[str, Any] = {"answers": _open(request, event)}
    context["up"] = (list_url(event), _("Anmälningar"))
    return page(request, "answers", event, _("Svar"), **context)


@require_safe
@for_one_reader
def for_leader(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.with_occasions(), slug=slug)
    if not request.user.is_authenticated:
        raise Http404
    context = {"event": event, "answers": _open(request, event)}
    return render(request, "events/answers.html", context)
