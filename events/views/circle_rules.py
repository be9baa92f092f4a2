"""What the office decides once for all circles: the rules, the columns of the file, the promise."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from events.forms.circles import ColumnFormSet, PromiseForm, RulesForm
from events.models import CircleRules, Form, HandOverColumn
from events.services import circle_office, papers
from events.views.circles import FORMS, may, page_of, sent
from privacy.responses import see_other


@require_safe
@may("view_circlerules")
def rules(request: HttpRequest) -> HttpResponse:
    today, groups = timezone.localdate(), []
    for form in (Form.CIRCLE, Form.OTHER, Form.CULTURE):
        in_force = CircleRules.objects.of(form, today)
        rows = list(CircleRules.objects.filter(form=form).order_by("-valid_from"))
        groups.append((form, [(row, row == in_force, row.is_in_force(today)) for row in rows]))
    return page_of(request, "rules", _("Regler"), groups=groups)


@require_http_methods(FORMS)
@may("change_circlerules")
def new_rules(request: HttpRequest, form_key: str) -> HttpResponse:
    if form_key not in CircleRules.objects.values_list("form", flat=True).distinct():
        raise Http404
    return _rules_form(request, circle_office.draft_of_rules(form_key), _("Nya regler"))


@require_http_methods(FORMS)
@may("change_circlerules")
def change_rules(request: HttpRequest, rules_pk: int) -> HttpResponse:
    row = get_object_or_404(CircleRules, pk=rules_pk)
    if row.is_in_force(timezone.localdate()):
        messages.warning(request, _("Cirklar som har börjat följer de reglerna. Gör nya."))
        return see_other(reverse("circles:rules"))
    return _rules_form(request, row, _("Ändra kommande regler"))


def _rules_form(request: HttpRequest, row: CircleRules, title: str) -> HttpResponse:
    form = RulesForm(sent(request), instance=row)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Reglerna är sparade. Cirklar som har börjat rörs inte."))
        return see_other(reverse("circles:rules"))
    code = 422 if form.errors else 200
    kind = row.get_form_display()
    return page_of(request, "rules_form", title, code, form=form, kind=kind, row=row)


@require_POST
@may("change_circlerules")
def drop_rules(request: HttpRequest, rules_pk: int) -> HttpResponse:
    try:
        circle_office.drop_rules(get_object_or_404(CircleRules, pk=rules_pk))
        messages.success(request, _("De kommande reglerna är borta."))
    except circle_office.InForce:
        messages.warning(request, _("Cirklar som har börjat följer de reglerna. Gör nya."))
    return see_other(reverse("circles:rules"))


@require_http_methods(FORMS)
@may("change_handovercolumn")
def columns(request: HttpRequest) -> HttpResponse:
    rows = HandOverColumn.objects.order_by("sheet", "position", "pk")
    forms: Any = ColumnFormSet(sent(request), queryset=rows)
    if forms.is_bound and forms.is_valid():
        forms.save()
        messages.success(request, _("Kolumnerna är sparade."))
        return see_other(reverse("circles:columns"))
    sheets = [
        (sheet.label, [form for form in forms if form.instance.sheet == sheet])
        for sheet in HandOverColumn.Sheet
    ]
    code = 422 if forms.is_bound else 200
    return page_of(request, "columns", _("Kolumner i underlaget"), code, forms=forms, sheets=sheets)


@require_http_methods(FORMS)
@may("change_circle")
def promise(request: HttpRequest) -> HttpResponse:
    text = papers.agreement_text()
    form = PromiseForm(sent(request), initial={"text": text.explanation})
    if form.is_bound and form.is_valid():
        papers.rewrite_agreement(form.lines)
        messages.success(request, _("Löftet är sparat. Grupper som har börjat behåller sitt."))
        return see_other(reverse("circles:promise"))
    code = 422 if form.errors else 200
    return page_of(request, "promise", _("Det vi lovar varandra"), code, form=form, text=text)
