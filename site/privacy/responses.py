"""Answers with manners: where to go after a deed, and pages that only their reader may see."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def see_other(url: str) -> HttpResponse:
    """303: the deed is done, look there. Back and reload never repeat it."""
    return HttpResponse(status=303, headers={"Location": url})


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Saved by the browser, and kept nowhere on the way. The name should tell nothing."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


def for_one_reader(view: View) -> View:
    """A page behind a signed link: kept nowhere, found by nobody, told to no other site."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded
