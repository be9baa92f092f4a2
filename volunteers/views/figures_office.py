"""The year of the volunteers in numbers, for the board and the annual report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from volunteers.services import figures
from volunteers.views.desk import may, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _year(request: HttpRequest) -> int:
    """Of the years of which anything is known; this one, when none is asked for."""
    typed = request.GET.get("ar", str(timezone.localdate().year))
    known = {str(year): year for year in figures.years()}
    if typed not in known:
        raise Http404
    return known[typed]


@require_safe
@may("view_lead")
def year(request: HttpRequest) -> HttpResponse:
    chosen = _year(request)
    context: dict[str, Any] = {
        "year": chosen,
        "before": chosen - 1,
        "years": figures.years(),
        "rows": figures.of_year(chosen),
    }
    return page(request, "year", _("Året i siffror"), **context)


@require_safe
@may("view_lead")
def take_out(request: HttpRequest) -> HttpResponse:
    """Numbers alone: nobody stands in the file."""
    chosen = _year(request)
    response = HttpResponse(figures.as_workbook(chosen, actor=request.user), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="volontarer-{chosen}.xlsx"'
    response["Cache-Control"] = "no-store, private"
    return response
