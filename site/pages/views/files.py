"""A list that took long to make: fetched by who asked for it, right after the second factor."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mail.services import files
from members.adapter import fresh_proof_required
from privacy.responses import as_file, for_one_reader


@login_required
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def prepared(request: HttpRequest, key: Any) -> HttpResponse:
    row = files.to_fetch(request.user, key)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _fetch(request, row)
    return render(request, "pages/prepared_file.html", {"file": row})


@fresh_proof_required
def _fetch(request: HttpRequest, row: files.PreparedFile) -> HttpResponse:
    return as_file(files.content_of(row), row.content_type, row.name)
