"""Read a file into the register: choose it, see what would happen, do it, undo it."""

import base64
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from members.adapter import fresh_proof_required
from members.models import ImportBatch
from members.services import importing, tables, undoing
from members.services.mapping import COLUMNS, guess
from members.views.register import may, page_of
from privacy.fields import decrypt, encrypt
from privacy.responses import see_other

# The file waits so long between the trial and the deed, unreadable, and nowhere on a disk.
WAITS = 3600
# Rows of the file that are shown, and refused ones.
SHOWN, MOST_REFUSED = 5, 200


def _place(request: HttpRequest, digest: str) -> str:
    return f"import:{request.user.pk}:{digest}"


@require_http_methods(["GET", "HEAD", "POST"])
@may("add")
def choose(request: HttpRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        content = file.read(tables.LARGEST_FILE + 1) if file else b""
        try:
            tables.read(content)
        except tables.Unreadable as reason:
            error = str(reason) if file else _("Välj en fil")
        else:
            digest = importing.digest_of(content)
            kept = {"name": file.name if file else "", "content": _hidden(content)}
            cache.set(_place(request, digest), kept, WAITS)
            return see_other(reverse("register:import_try", args=[digest]))
    batches = ImportBatch.objects.order_by("-made_at")[:20]
    code = 422 if error else 200
    return page_of(request, "import", _("Läs in en fil"), code, error=error, batches=batches)


def _hidden(content: bytes) -> str:
    return encrypt(base64.b64encode(content).decode())


@require_http_methods(["GET", "HEAD", "POST"])
@may("add")
@fresh_proof_required
def try_out(request: HttpRequest, digest: str) -> HttpResponse:
    kept = cache.get(_place(request, digest))
    if kept is None:
        messages.warning(request, _("Filen har legat för länge. Välj den en gång till."))
        return see_other(reverse("register:import"))
    table = tables.read(base64.b64decode(decrypt(kept["content"])))
    mapping = _mapping(request, table)
    made = importing.plan(table, mapping)
    if request.method == "POST" and "do" in request.POST and made.usable:
        importing.carry_out(
            made, file_name=kept["name"], digest=digest, mapping=mapping, actor=request.user
        )
        cache.delete(_place(request, digest))
        number = len(made.usable)
        text = ngettext("%d rad är inläst.", "%d rader är inlästa.", number) % number
        messages.success(request, text)
        return see_other(reverse("register:import"))
    columns = [
        {
            "at": at,
            "header": header,
            "chosen": mapping[at],
            "examples": [row.cells[at] for row in table.rows[:SHOWN] if row.cells[at]],
        }
        for at, header in enumerate(table.header)
    ]
    context: dict[str, Any] = {
        "plan": made,
        "columns": columns,
        "choices": [(name, label) for name, (label, _headers) in COLUMNS.items()],
        "refused": made.refused[:MOST_REFUSED],
        "more_refused": max(0, len(made.refused) - MOST_REFUSED),
        "earlier": ImportBatch.objects.filter(digest=digest, undone_at=None).first(),
        "file_name": kept["name"],
    }
    return page_of(request, "import_try", _("Så här blir det"), **context)


def _mapping(request: HttpRequest, table: tables.Table) -> list[str]:
    """What somebody has chosen, or what the headers say."""
    if request.method != "POST":
        return guess(table)
    chosen = [request.POST.get(f"column-{at}", "") for at in range(len(table.header))]
    # A kind of column is used once: the first of them.
    return [
        name if name in COLUMNS and name not in chosen[:at] else ""
        for at, name in enumerate(chosen)
    ]


@require_POST
@may("add")
@fresh_proof_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch, pk=pk, undone_at=None)
    done = undoing.undo(batch, actor=request.user)
    return page_of(request, "import_undone", _("Importen är ångrad"), done=done, batch=batch)
