"""Study circles in the admin: the list, one circle, its file, and what the office decides."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from events.forms.circles import CircleForm, NewCircleForm
from events.models import Circle, Event
from events.services import circle_lines, circle_office, circles, hand_over
from members.adapter import fresh_proof_required
from privacy.responses import see_other

View = Callable[..., HttpResponse]
FORMS = ["GET", "HEAD", "POST"]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not request.user.has_perm(f"events.{permission}"):
                raise Http404
            if "pk" in more:
                rows = Circle.objects.select_related("event", "agreement", "plan")
                args = (get_object_or_404(rows, pk=more.pop("pk")), *args)
            return view(request, *args, **more)

        return guarded

    return decorate


def page_of(
    request: HttpRequest, name: str, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Hem")}]
    if name != "list":
        trail.append({"url": reverse("circles:list"), "label": _("Cirklar")})
    circle = context.get("circle")
    if circle and name != "circle":
        url = reverse("circles:circle", args=[circle.pk])
        trail.append({"url": url, "label": circle.event.title})
    context |= {
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": "group",
    }
    return render(request, f"events/circles/{name}.html", context, status=code)


def sent(request: HttpRequest) -> Any:
    """What was sent, also when it was nothing."""
    return request.POST if request.method == "POST" else None


def to_circle(circle: Circle) -> HttpResponse:
    return see_other(reverse("circles:circle", args=[circle.pk]))


@require_safe
@may("view_circle")
def listing(request: HttpRequest) -> HttpResponse:
    terms = list(
        Circle.objects.order_by("-year", "season").values_list("year", "season").distinct()
    )
    chosen = next((one for one in terms if _term(*one) == request.GET.get("termin")), None)
    rows = circles.in_order(Circle.objects.all())
    if chosen:
        rows = rows.filter(year=chosen[0], season=chosen[1])
    context: dict[str, Any] = {
        "rows": circles.standings(rows, timezone.now()),
        "terms": [(_term(*one), Circle(year=one[0], season=one[1]).term) for one in terms],
        "chosen": request.GET.get("termin") if chosen else "",
    }
    return page_of(request, "list", _("Cirklar"), **context)


def _term(year: int, season: str) -> str:
    return f"{year}-{season}"


@require_http_methods(FORMS)
@may("add_circle")
def new(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("aktivitet", "")
    event = Event.objects.filter(pk=asked).first() if asked.isdecimal() else None
    season, year = circle_office.term_of_event(event)
    initial = {"event": event, "season": season, "year": year}
    form = NewCircleForm(sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        circle = circle_office.make(form.save(commit=False), actor=request.user)
        messages.success(request, _("Cirkeln är upplagd. Här ser du vad som saknas."))
        return to_circle(circle)
    return page_of(request, "new", _("Ny cirkel"), 422 if form.errors else 200, form=form)


@require_safe
@may("view_circle")
def one(request: HttpRequest, circle: Circle) -> HttpResponse:
    found = circles.standing(circle)
    left_out, phone = hand_over.phone_about(found)
    context: dict[str, Any] = {
        "circle": circle,
        "standing": found,
        "meetings": circle_lines.meetings_for_office(found),
        "people": circle_lines.people_for_office(found),
        "left_out": left_out,
        "phone": phone,
    }
    return page_of(request, "circle", circle.event.title, **context)


@require_http_methods(FORMS)
@may("change_circle")
def change(request: HttpRequest, circle: Circle) -> HttpResponse:
    form = CircleForm(sent(request), instance=circle)
    if form.is_bound and form.is_valid():
        circle = form.save(commit=False)
        has_agreement = form.cleaned_data["has_agreement"]
        circle_office.change(circle, has_agreement=has_agreement, actor=request.user)
        messages.success(request, _("Sparat."))
        return to_circle(circle)
    code = 422 if form.errors else 200
    return page_of(request, "change", _("Ändra"), code, circle=circle, form=form)


@require_POST
@may("export_circle")
@fresh_proof_required
def take_out(request: HttpRequest, circle: Circle) -> HttpResponse:
    as_csv = request.POST.get("som") == "csv"
    file = hand_over.take_out(circle, actor=request.user, as_csv=as_csv)
    response = HttpResponse(file, content_type="application/zip" if as_csv else EXCEL)
    name = hand_over.name_of_file(as_csv=as_csv)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(FORMS)
@may("export_circle")
def give_over(request: HttpRequest, circle: Circle) -> HttpResponse:
    """Say that the association has it; or that it has not, after all."""
    if request.method == "POST":
        if circle.handed_over_at:
            hand_over.take_back(circle, actor=request.user)
            messages.success(request, _("Cirkeln är öppen igen."))
        else:
            hand_over.mark_handed_over(circle, actor=request.user)
            messages.success(request, _("Cirkeln är överlämnad. Bra jobbat!"))
        return to_circle(circle)
    found = circles.standing(circle)
    left_out, phone = hand_over.phone_about(found)
    context: dict[str, Any] = {
        "circle": circle,
        "standing": found,
        "left_out": left_out,
        "phone": phone,
    }
    return page_of(request, "give_over", _("Lämna över"), **context)
