"""Issues on paper: what waits, the sheets and the labels, and that they were posted."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from members.adapter import fresh_proof_required
from members.services.exporting import SHEETS
from members.views.register import sees_protected
from newsletters.models import Issue
from newsletters.services import paper
from privacy.responses import as_file, see_other

View = Callable[..., HttpResponse]
PDF = "application/pdf"


def registrars_only(view: View) -> View:
    """Names and addresses leave the house on paper. For all others the page does not exist."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **words: Any) -> HttpResponse:
        if not request.user.has_perm("members.export_person"):
            raise Http404
        return view(request, **words)

    return guarded


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Hem")}]
    if name != "papers":
        trail.append({"url": reverse("issues:papers"), "label": _("Brev att posta")})
    context |= {
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": "mail",
    }
    return render(request, f"newsletters/office/{name}.html", context)


@require_safe
@registrars_only
def papers(request: HttpRequest) -> HttpResponse:
    """Every issue that has gone, or will go, on paper."""
    issues = Issue.objects.filter(papers__isnull=False).distinct().order_by("-send_at")[:60]
    rows = [(issue, paper.sums(issue)) for issue in issues]
    return _page(request, "papers", _("Brev att posta"), rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@registrars_only
def paper_of(request: HttpRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.exclude(approved_at=None), pk=pk)
    if request.method == "POST":
        return _deed(request, issue)
    waiting = paper.envelopes(issue, sees_protected=sees_protected(request))
    return _page(
        request, "paper", issue.subject,
        issue=issue, waiting=len(waiting), sums=paper.sums(issue), sheets=SHEETS.items(),
    )  # fmt: skip


def _deed(request: HttpRequest, issue: Issue) -> HttpResponse:
    deed, sees = request.POST.get("do", ""), sees_protected(request)
    if deed == "posted":
        number = paper.note_posted(issue, actor=request.user, sees_protected=sees)
        words = ngettext("%d kuvert är postat.", "%d kuvert är postade.", number) % number
        messages.success(request, words)
        return see_other(reverse("issues:paper", args=[issue.pk]))
    return _file(request, issue, deed)


@fresh_proof_required
def _file(request: HttpRequest, issue: Issue, deed: str) -> HttpResponse:
    facts: dict[str, Any] = {"actor": request.user, "sees_protected": sees_protected(request)}
    if deed == "labels":
        sheet = request.POST.get("sheet", "")
        made = paper.as_labels(issue, sheet=sheet if sheet in SHEETS else "", **facts)
        return as_file(made, PDF, f"etiketter-{issue.slug[:40]}.pdf")
    is_large = deed == "large"
    made = paper.as_letters(issue, large=is_large, **facts)
    return as_file(made, PDF, f"brev-{issue.slug[:40]}{'-stor-stil' if is_large else ''}.pdf")
