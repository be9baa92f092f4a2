"""The bank's files, and the rows that wait for their charge."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments.deposits import FileRefused
from payments.forms import BankFileForm, to_charge
from payments.models import BankFile, BankRow
from payments.services import bank, looking, matching, overview
from payments.services.guessing import guesses
from payments.views.office_frame import (
    CAME_BETWEEN,
    NoSuchCharge,
    address,
    done,
    may,
    page,
    some_of,
    told,
)

ROWS = 20
# So many of the latest pairings stand on the page with a way back.
LATEST = 10
# Where a file's report of its columns stands until it has been read.
COLUMNS = "payments_columns"


@require_safe
@may("view_charge")
def to_pair(request: HttpRequest) -> HttpResponse:
    aside = request.GET.get("visa") == "undanlagda"
    waiting = matching.put_aside_rows() if aside else matching.to_pair()
    rows = some_of(request, waiting.select_related("file"), per_page=ROWS)
    found = {} if aside else guesses(list(rows))
    looking.note_list(request.user, words="att para ihop")
    context = {
        "rows": rows,
        "pairs": [(row, found.get(row.pk, [])) for row in rows],
        "latest": [] if aside else matching.latest(LATEST),
        "aside": aside,
        "keep": "visa=undanlagda&" if aside else "",
        "put_aside": matching.put_aside_rows().count(),
        "sums": overview.sums_now(),
    }
    return page(request, "to_pair", _("Att para ihop"), **context)


@require_POST
@may("change_charge")
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """The buttons beside a row."""
    found, by = get_object_or_404(BankRow.objects.select_related("file"), pk=pk), request.user
    back = address("to_pair")
    try:
        text = _do(request, found, by)
    except CAME_BETWEEN as error:
        return told(request, error, back)
    if text is None:
        return told(request, NoSuchCharge(), back)
    return done(request, text, back)


def _do(request: HttpRequest, row: BankRow, by: Any) -> str | None:
    match request.POST.get("do"):
        case "pair":
            charge = to_charge(request.POST.get("number", ""))
            if charge is None:
                return None
            matching.pair(row, charge, by=by)
            return _("Raden hör nu ihop med %s.") % charge.title
        case "gift":
            return _("%s är en ny gåva.") % matching.take_as_gift(row, by=by).title
        case "later":
            matching.put_aside(row, by=by)
            return _("Raden är lagd åt sidan.")
        case "up":
            matching.take_up(row, by=by)
            return _("Raden väntar igen.")
        case "undo":
            matching.unpair(row, by=by)
            return _("Parningen är ångrad. Raden väntar igen.")
        case _:
            raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@may("change_charge")
def files(request: HttpRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BankFileForm(*sent)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = bank.read_file(file, name=file.name, by=request.user)
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            request.session[COLUMNS] = {str(report.file.pk): [report.columns, report.known]}
            return done(request, _("Filen är inläst."), address("file", report.file.pk))
    rows = some_of(request, BankFile.objects.select_related("read_by").order_by("-read_at"))
    code = 422 if form.errors else 200
    return page(request, "files", _("Bankfiler"), code, form=form, rows=rows)


@require_safe
@may("view_charge")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a file."""
    report = bank.report_of(get_object_or_404(BankFile, pk=pk))
    told_once = request.session.get(COLUMNS, {}).get(str(pk))
    if told_once:
        columns, report.known = told_once
        report.columns = {str(bank.COLUMN_NAMES[use]): name for use, name in columns.items()}
    return page(request, "file", report.file.name, report=report)
