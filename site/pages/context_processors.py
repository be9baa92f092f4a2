"""What the frame of every page needs (base.html)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pages.frame import frame
from pages.theme import look_of
from privacy import edition

CRISIS_URL = "/akut-hjalp/"


def site(request: HttpRequest) -> dict[str, Any]:
    kept, look = frame(edition.words_of(request)), look_of(request)
    return {
        "frame": kept,
        "association": kept.association,
        "menu": [
            {"title": item.title, "url": item.url, "current": request.path.startswith(item.url)}
            for item in kept.menu
        ],
        "crisis_url": CRISIS_URL,
        "site_url": settings.SITE_URL,
        "theme": look.theme,
        "text_size": look.text_size,
        "images_off": look.images_off,
    }
