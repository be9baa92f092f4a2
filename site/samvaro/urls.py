"""All addresses. Words are Swedish, names are English; they are an interface (docs/contract)."""

from pathlib import Path

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pages.views import page
from samvaro import views
from samvaro.admin_words import admin_words

# Uploaded pictures, and nothing else that lies there: documents are asked for by their own view.
pictures = (
    [
        path(
            f"{settings.MEDIA_URL.strip('/')}/images/<path:path>",
            serve,
            {"document_root": Path(settings.MEDIA_ROOT) / "images"},
            name="picture",
        )
    ]
    if settings.SERVE_MEDIA
    else []
)

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # In Wagtail's place: its Swedish catalogue for scripts has gaps.
    path("admin/jsi18n/", admin_words, name="wagtailadmin_javascript_catalog"),
    path("admin/", include(wagtailadmin_urls)),
    path("dokument/", include(wagtaildocs_urls)),
    path("", include("members.urls")),
    path("", include("events.urls")),
    path("", include("volunteers.urls")),
    path("", include("newsletters.urls")),
    path("", include("payments.urls")),
    path("", include("pages.urls")),
    *pictures,
    re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
