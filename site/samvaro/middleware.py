"""Headers that every answer carries, and the looser policy that Wagtail's admin needs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def headers(get_response: Handler) -> Handler:
    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return handle


def is_staff_path(path: str) -> bool:
    return path.startswith(("/admin/", "/ledare/", "/samordning/"))


def admin_policy(get_response: Handler) -> Handler:
    """Wagtail's admin has scripts in its pages; nobody but staff ever loads them."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]  # django-csp reads it
            response.setdefault("Cache-Control", "no-store")
        return response

    return handle
