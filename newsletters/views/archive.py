"""Letters that anybody may read. The page is made of `Public`, which holds no reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsletters.emails.issue import public
from newsletters.models import Issue

# Letters on the page; who looks for older ones asks us.
SHOWN = 60


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    issues = Issue.objects.in_archive(timezone.now())[:SHOWN]
    return render(request, "newsletters/archive.html", {"issues": issues})


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.in_archive(timezone.now()), slug=slug)
    return render(request, "newsletters/archived.html", {"letter": public(issue)})
