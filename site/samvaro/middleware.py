"""Headers that every answer carries, and the looser policy that Wagtail's admin needs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from mail.models import Association
from pages.frame import frame
from privacy import edition

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


# For what is no page: pictures, scripts, files. Opened on its own it can do nothing.
FILES = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
STAFF = ("/admin/", "/ledare/", "/samordning/")


def headers(get_response: Handler) -> Handler:
    """Outermost but one, so that files which never meet the other middleware carry them too."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Content-Security-Policy", FILES)
        return response

    return handle


def known_association(get_response: Handler) -> Handler:
    """`Association.load(request)` finds what the frame of the pages has read already."""
    attribute = Association.get_cache_attr_name()

    def handle(request: HttpRequest) -> HttpResponse:
        kept = SimpleLazyObject(lambda: frame(edition.words_of(request)).association)
        setattr(request, attribute, kept)
        return get_response(request)

    return handle


def admin_policy(get_response: Handler) -> Handler:
    """Wagtail's admin has scripts in its pages, and nobody but staff ever loads them. What staff
    see is kept by no browser."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]  # django-csp reads it
        if request.path_info.startswith(STAFF):
            response.setdefault("Cache-Control", "no-store")
        return response

    return handle
