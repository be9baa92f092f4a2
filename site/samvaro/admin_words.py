"""The words of the admin's scripts: Wagtail's own, and those that its Swedish catalogue lacks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class _Catalogue(JavaScriptCatalog):
    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


_catalogue = _Catalogue.as_view(packages=["wagtail.admin"])


def admin_words(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = get_localized_response(_catalogue, request)
    return response
