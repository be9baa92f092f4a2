"""Gaps in care in the admin: themes with numbers for the board, words for the one who sorts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from volunteers.forms import care as forms
from volunteers.models import CareGap, CareTheme
from volunteers.services import caregaps, phone
from volunteers.views.desk import address, ask, done, may, page, sent

_FORM = require_http_methods(["GET", "HEAD", "POST"])


def _trail() -> list[tuple[str, str]]:
    return [(str(_("Luckor i vården")), address("care"))]


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("ar", "")
    is_year = typed.isascii() and typed.isdigit() and len(typed) == 4
    return int(typed) if is_year else timezone.localdate().year


@require_safe
@may("view_caregap")
def themes(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    context: dict[str, Any] = {
        "rows": caregaps.board(year),
        "year": year,
        "years": caregaps.years(),
        "smallest": caregaps.SMALLEST_CELL,
        "waiting": CareGap.objects.filter(theme=None).exists(),
    }
    return page(request, "care", _("Luckor i vården"), **context)


@_FORM
@may("read_caregap")
def sort(request: HttpRequest) -> HttpResponse:
    """One who reads, finds a theme, and keeps it to herself."""
    form = forms.SortForm(sent(request))
    if form.is_bound and form.is_valid():
        gap = get_object_or_404(CareGap, pk=form.cleaned_data["gap"])
        caregaps.sort(gap, form.cleaned_data["theme"])
        return done(request, _("Sorterat."), address("care_sort"))
    code = 422 if form.errors else 200
    rows = caregaps.to_sort(request.user)
    context: dict[str, Any] = {"form": form, "rows": rows, "themes": CareTheme.objects.all()}
    return page(request, "care_sort", _("Att sortera"), code=code, trail=_trail(), **context)


@_FORM
@may("change_council")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    theme = get_object_or_404(CareTheme, pk=pk)

    def save(form: forms.TakeForm) -> str:
        typed = form.cleaned_data
        caregaps.take_to_council(theme, typed["council"], title=typed["title"])
        return _("Frågan finns nu hos rådet. Där följer ni vad som händer.")

    form = forms.TakeForm(sent(request), initial={"title": theme.name})
    title, back = _("Ta upp i ett patientråd"), address("care")
    return ask(request, form, save, title=title, back=back, trail=_trail(), about=theme.name)


@_FORM
@may("change_council")
def theme_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(CareTheme, pk=pk) if pk else None

    def save(form: forms.ThemeForm) -> str:
        caregaps.save_theme(form.save(commit=False))
        return _("Sparat.")

    form = forms.ThemeForm(sent(request), instance=row)
    return ask(request, form, save, title=_("Tema"), back=address("care"), trail=_trail())


@require_safe
@may("view_phonecall")
def calls(request: HttpRequest) -> HttpResponse:
    """Sums of the months. There is nothing else to see: no call has a person."""
    year = _year(request)
    labels = [label for _value, label in forms.PhoneCall.Category.choices]
    context: dict[str, Any] = {
        "year": year,
        "years": phone.years(),
        "rows": phone.months(year),
        "labels": labels,
    }
    return page(request, "calls", _("Telefonen"), **context)
