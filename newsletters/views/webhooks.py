"""The address that the provider of our mail calls when a letter has come back."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from newsletters import adapter


def came_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Signed, or 400. The answer is the same whoever the letter was to."""
    if not settings.MAIL_PROVIDER or provider != settings.MAIL_PROVIDER:
        raise Http404
    return adapter.hear(request)
