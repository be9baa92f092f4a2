"""Export, accounts, closing, and Stripe's payouts explained."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments.forms import AccountForms, CloseForm, PeriodForm
from payments.models import Account, BooksClosed, Payout, SieBatch
from payments.services import books, explaining, ledger, listing
from payments.views.office_frame import address, done, may, page, some_of
from privacy.responses import as_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "sie": "application/octet-stream"}
ENDINGS = {"xlsx": "xlsx", "csv": "csv", "sie": "si"}


@require_safe
@may("export_charge")
def room(request: HttpRequest) -> HttpResponse:
    return _room(request)


def _room(
    request: HttpRequest, *, period: Any = None, closing: Any = None, code: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    first = {"from_day": today.replace(month=1, day=1), "to_day": today}
    context = {
        "period": period or PeriodForm(initial=first),
        "closing": closing or CloseForm(),
        "form": period or closing or PeriodForm(),
        "closed_to": ledger.closed_to(),
        "closings": BooksClosed.objects.select_related("closed_by").order_by("-pk")[:5],
        "batches": some_of(request, SieBatch.objects.select_related("made_by").order_by("-pk")),
    }
    return page(request, "books", _("Export och bokföring"), code, **context)


@require_POST
@may("export_charge")
@reauthentication_required
def take_out(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _room(request, period=form, code=422)
    typed: dict[str, Any] = form.cleaned_data
    days = {"from_day": typed["from_day"], "to_day": typed["to_day"]}
    try:
        if typed["kind"] == "sie":
            batch = books.make_batch(**days, by=request.user)
            return _file(bytes(batch.content), "sie", batch.to_day)
    except books.NothingToBook:
        form.add_error(None, _("Allt i perioden finns redan i en fil. Hämta den igen här under."))
        return _room(request, period=form, code=422)
    kind, name = typed["kind"], _name(typed["kind"], typed["to_day"])
    if listing.is_long(**days):
        listing.make_later(**days, kind=kind, by=request.user, name=name, content_type=KINDS[kind])
        text = _("Filen är klar om en stund. Vi mejlar när den går att hämta.")
        return done(request, text, address("books"))
    return _file(listing.take_out(**days, kind=kind, by=request.user), kind, typed["to_day"])


@require_POST
@may("export_charge")
@reauthentication_required
def fetch_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same file, whatever has happened since."""
    batch = get_object_or_404(SieBatch, pk=pk)
    books.note_taken(batch, by=request.user)
    return _file(bytes(batch.content), "sie", batch.to_day)


def _file(content: bytes, kind: str, day: Any) -> HttpResponse:
    return as_file(content, KINDS[kind], _name(kind, day))


def _name(kind: str, day: Any) -> str:
    return f"betalningar-{day.isoformat()}.{ENDINGS[kind]}"


@require_POST
@may("export_charge")
@reauthentication_required
def close(request: HttpRequest) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _room(request, closing=form, code=422)
    row = books.close(form.cleaned_data["to_day"], by=request.user)
    text = _("Låst till och med %s.") % row.to_day if row.to_day else _("Allt är upplåst.")
    return done(request, text, address("books"))


@require_http_methods(["GET", "HEAD", "POST"])
@may("export_charge")
def accounts(request: HttpRequest) -> HttpResponse:
    forms = AccountForms(request.POST or None, queryset=Account.objects.order_by("number", "pk"))
    if forms.is_bound and forms.is_valid():
        with transaction.atomic():
            forms.save()
        return done(request, _("Kontona är sparade. De gäller nästa fil."), address("books"))
    code = 422 if forms.is_bound else 200
    return page(request, "accounts", _("Kontoplan"), code, forms=forms)


@require_safe
@may("view_charge")
def all_payouts(request: HttpRequest) -> HttpResponse:
    rows = some_of(request, Payout.objects.prefetch_related("lines").order_by("-arrives_on", "-pk"))
    told = [(row, explaining.in_words(row)) for row in rows]
    return page(request, "payouts", _("Utbetalningar från Stripe"), rows=rows, told=told)


@require_safe
@may("view_charge")
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Payout.objects.prefetch_related("lines__payment__charge")
    found = get_object_or_404(rows, pk=pk)
    title = _("Utbetalning %s") % found
    context: dict[str, Any] = {
        "lines": explaining.lines(found),
        "words": explaining.in_words(found),
    }
    return page(request, "payout", title, **context)
