"""Who subscribes, for the staff. Addresses are masked until somebody looks for one."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsletters.services import subscribers
from newsletters.services.as_reader import SEE
from newsletters.views.office import page


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(SEE):
        raise Http404
    words = " ".join(request.GET.get("q", "").split())[:100]
    pace, after = request.GET.get("takt", "")[:10], request.GET.get("efter", "")
    begin = int(after) if after.isascii() and after.isdigit() and len(after) < 12 else None
    found = subscribers.page(words=words, pace=pace, after=begin, actor=request.user)
    asked = {name: value for name, value in (("q", words), ("takt", pace)) if value}
    context: dict[str, Any] = {
        "found": found,
        "words": words,
        "pace": pace,
        "is_short": bool(words) and len(words) < subscribers.SHORTEST_SEARCH,
        "paces": subscribers.by_pace(),
        "next_url": f"?{urlencode(asked | {'efter': found.next})}" if found.next else "",
        "all_url": reverse("issues:subscribers"),
    }
    return page(request, "subscribers", None, _("Prenumeranter"), **context)
