"""Whether letters from our address are believed: asked of the name servers when somebody looks."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsletters.services import sender


@require_safe
def sender_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("newsletters.change_issue"):
        raise Http404
    findings = sender.look()
    title = _("Avsändaren")
    context = {
        "findings": findings,
        "is_fine": all(one.state == sender.OK for one in findings),
        "address": settings.NEWSLETTER_FROM,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Hem")},
            {"url": reverse("issues:list"), "label": _("Nyhetsbrev")},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "header_icon": "mail",
    }
    return render(request, "newsletters/office/sender.html", context)
