"""The calendar, the figures of all activities, and the statistics of visits, for the office."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from events.forms.office_evening import UniqueForm
from events.services import calendar, figures, visits, visits_table
from events.views.office_evening import NAMESPACE, may
from privacy.responses import see_other

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# The rooms of this part of the house, and who may enter.
ROOMS = {
    "calendar": (gettext_lazy("Kalender"), "events.view_event"),
    "all_figures": (gettext_lazy("Siffror per aktivitet"), "events.view_registration"),
    "visits": (gettext_lazy("Besök"), "events.view_visittally"),
}
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _page(request: HttpRequest, name: str, code: int = 200, **context: Any) -> HttpResponse:
    title = ROOMS[name][0]
    rooms = [
        {"url": reverse(f"{NAMESPACE}:{room}"), "label": label, "here": room == name}
        for room, (label, permission) in ROOMS.items()
        if request.user.has_perm(permission)
    ]
    context |= {
        "rooms": rooms,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Hem")},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "header_icon": "calendar",
    }
    return render(request, f"events/office/{name}.html", context, status=code)


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("ar", "") or request.POST.get("ar", "")
    if not typed:
        return timezone.localdate().year
    if not typed.isascii() or not typed.isdigit() or not FIRST_YEAR <= int(typed) <= LAST_YEAR:
        raise Http404
    return int(typed)


@require_safe
@may("view_event")
def month(request: HttpRequest) -> HttpResponse:
    """?manad=2026-11"""
    try:
        first = date.fromisoformat(f"{request.GET['manad']}-01")
    except KeyError:
        first = timezone.localdate().replace(day=1)
    except ValueError as error:
        raise Http404 from error
    days = calendar.of_month(first.year, first.month)
    context: dict[str, Any] = {
        "first": first,
        "days": days,
        "clashes": len([entry for _day, rows in days for entry in rows if entry.clashes]),
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=32)).replace(day=1),
    }
    return _page(request, "calendar", **context)


@require_safe
@may("view_registration")
def all_figures(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    rows = figures.of_year(year)
    context: dict[str, Any] = {"year": year, "years": visits.years(), "rows": rows}
    return _page(request, "all_figures", **context)


@require_safe
@may("view_visittally")
def statistics(request: HttpRequest) -> HttpResponse:
    return _statistics(request, _year(request), UniqueForm())


def _statistics(request: HttpRequest, year: int, form: UniqueForm, code: int = 200) -> HttpResponse:
    headings, rows = visits_table.table(year)
    years, lines = visits_table.years_table(year)
    context: dict[str, Any] = {
        "year": year,
        "years": visits.years(),
        "headings": headings,
        "rows": rows,
        "year_headings": years,
        "year_lines": lines,
        "form": form,
        "counted": visits.counted_uniques(year),
    }
    return _page(request, "visits", code, **context)


@require_POST
@may("change_visittally")
def note_unique(request: HttpRequest) -> HttpResponse:
    year, form = _year(request), UniqueForm(request.POST)
    if not form.is_valid():
        return _statistics(request, year, form, 422)
    typed = form.cleaned_data
    visits.note_unique(
        year,
        int(typed["month"]) if typed["month"] else None,
        value=typed["value"],
        method=typed["method"],
        basis=typed["basis"],
        actor=request.user,
    )
    messages.success(request, _("Antalet är sparat."))
    return see_other(f"{reverse(f'{NAMESPACE}:visits')}?ar={year}")


@require_safe
@may("view_visittally")
def take_out(request: HttpRequest, kind: str) -> HttpResponse:
    """Nothing in it is about anybody, so nothing is noted."""
    year = _year(request)
    if kind == "csv":
        file, content_type = visits_table.as_csv(visits_table.table(year)), CSV
    elif kind == "ar-for-ar":
        file, content_type = visits_table.as_csv(visits_table.years_table(year)), CSV
    elif kind == "xlsx":
        file, content_type = visits_table.as_workbook(year, actor=request.user), XLSX
    else:
        raise Http404
    response = HttpResponse(file, content_type=content_type)
    name = f"besok-{year}.{kind}" if kind in ("csv", "xlsx") else f"besok-{kind}-{year}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
