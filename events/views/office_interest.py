"""Interest without a date, in the admin: how many want what, and the step to times and offers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from events.forms.times import NotNowForm, SeriesForm, StartForm
from events.models import Event
from events.services import interest as interests
from events.services import series
from events.views.desk import interest_url, list_url, page
from events.views.office_times import may_change
from privacy.responses import see_other


def _page(
    request: HttpRequest, name: str, event: Event, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    context["up"] = None if name == "interest" else (interest_url(event), _("Intresse"))
    context["wishes"] = interests.wishes(event)
    return page(request, name, event, title, code, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def interest(request: HttpRequest, event: Event) -> HttpResponse:
    """How it stands; and the answer that it does not come off this time."""
    form = NotNowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = interests.not_now(event, actor=request.user, **form.cleaned_data)
        text = ngettext("%(n)d person får ett mejl.", "%(n)d personer får ett mejl.", number)
        messages.success(request, text % {"n": number})
        return see_other(interest_url(event))
    code = 422 if form.errors else 200
    return _page(request, "interest", event, _("Intresse"), code, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def start(request: HttpRequest, event: Event) -> HttpResponse:
    """First the times are shown, then they are written and everyone is asked."""
    form = StartForm(request.POST or None, initial={"capacity": event.capacity})
    proposed: list[series.Proposed] = []
    if form.is_bound and form.is_valid():
        plan = {name: form.cleaned_data[name] for name in SeriesForm.base_fields}
        proposed = series.propose(event, **plan)
        if "add" in request.POST:
            wanted = set(request.POST.getlist("day"))
            chosen = [one for one in proposed if one.day.isoformat() in wanted]
            return _started(request, event, chosen, form.cleaned_data["capacity"])
    code = 422 if form.errors else 200
    title = _("Skapa träffar av intresset")
    return _page(request, "start", event, title, code, form=form, proposed=proposed)


def _started(
    request: HttpRequest, event: Event, chosen: list[series.Proposed], capacity: int | None
) -> HttpResponse:
    try:
        rows = interests.make_occasions(event, chosen, capacity=capacity, actor=request.user)
    except interests.NobodyWaits:
        messages.warning(request, _("Ingen står på listan. Skriv tiderna i aktiviteten i stället."))
        return see_other(interest_url(event))
    except interests.NoTimes:
        messages.warning(request, _("Minst en tid behövs. Låt krysset stå kvar vid den."))
        return see_other(interest_url(event))
    text = ngettext(
        "Klart. %(number)d person får en fråga om en plats.",
        "Klart. %(number)d personer får en fråga om en plats eller står i kö.",
        len(rows),
    )
    messages.success(request, text % {"number": len(rows)})
    return see_other(list_url(event))
