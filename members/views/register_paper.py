"""Utskrift till post: letters for those who have no e-mail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from members.adapter import fresh_proof_required
from members.services import paper
from members.views.register import may, page_of, sees_protected
from privacy.responses import as_file, see_other

PDF = "application/pdf"


@require_http_methods(["GET", "HEAD", "POST"])
@may("export")
def letters(request: HttpRequest) -> HttpResponse:
    found = paper.waiting(sees_protected=sees_protected(request))
    if request.method != "POST":
        context: dict[str, Any] = {
            "ready": [one for one in found if one.has_address],
            "without_address": [one for one in found if not one.has_address],
        }
        return page_of(request, "paper", _("Utskrift till post"), **context)
    chosen = [one for one in found if one.key in request.POST.getlist("key")]
    here = reverse("register:paper")
    if not chosen:
        messages.warning(request, _("Kryssa i minst ett brev."))
        return see_other(here)
    if request.POST.get("do") == "print":
        return _print(request, chosen)
    number = paper.note_posted(chosen, actor=request.user)
    text = ngettext("%d brev är postat.", "%d brev är postade.", number) % number
    messages.success(request, text)
    return see_other(here)


@fresh_proof_required
def _print(request: HttpRequest, chosen: list[paper.Waiting]) -> HttpResponse:
    content = paper.print_out(chosen, actor=request.user)
    return as_file(content, PDF, f"brev-{timezone.localdate().isoformat()}.pdf")
