"""Patient councils: the editors' words, and every empty chair as it is right now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pages.models import ContentPage
from volunteers.services import coverage


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    """Never kept: a chair that is filled is gone from here with the next visit."""
    words = ContentPage.objects.live().filter(slug="patientrad", url_path__endswith=request.path)
    today = timezone.localdate()
    context = {
        "page": words.open_to_all().first(),
        "openings": coverage.openings(today),
        "representatives": coverage.representatives(today),
        "wins": coverage.wins(),
    }
    return render(request, "pages/councils.html", context)
