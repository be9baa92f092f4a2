"""Lists and labels out of the register. Only by a press, right after the second factor."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from members.adapter import fresh_proof_required
from members.services import exporting
from members.services.search import Choice
from members.views.register import may, sees_protected
from privacy.responses import as_file, see_other

LATER = _("Filen är klar om en stund. Vi mejlar när den går att hämta.")
WAYS = {
    "csv": (exporting.as_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": (
        exporting.as_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    "etiketter": (exporting.as_labels, "application/pdf", "pdf"),
}


@require_POST
@may("export")
@fresh_proof_required
def take_out(request: HttpRequest) -> HttpResponse:
    way = request.POST.get("som", "")
    if way not in WAYS:
        raise Http404
    make, kind, ending = WAYS[way]
    choice = Choice.of(request.POST, sees_protected=sees_protected(request))
    # Tells nothing but a day: the file lies in a folder that others may see.
    name = f"lista-{timezone.localdate().isoformat()}.{ending}"
    if exporting.is_long(choice, way):
        exporting.make_later(choice, way, actor=request.user, name=name, kind=kind)
        messages.success(request, LATER)
        return see_other(reverse("register:list"))
    return as_file(make(choice, actor=request.user), kind, name)
