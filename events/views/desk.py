"""The frame of the office's pages about one activity."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event

# Where these addresses live: wagtail_hooks hangs them under the list of activities.
NAMESPACE = "activities"


def list_url(event: Event) -> str:
    return reverse(f"{NAMESPACE}:people", args=[event.pk])


def times_url(event: Event) -> str:
    return reverse(f"{NAMESPACE}:times", args=[event.pk])


def interest_url(event: Event) -> str:
    return reverse(f"{NAMESPACE}:interest", args=[event.pk])


def page(
    request: HttpRequest, name: str, event: Event, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    """`up`: a step of the trail between the activities and this page, as (address, words)."""
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Hem")},
        {"url": reverse(f"{NAMESPACE}:list"), "label": _("Aktiviteter")},
    ]
    up = context.pop("up", None if name == "people" else (list_url(event), _("Anmälningar")))
    if up:
        trail.append({"url": up[0], "label": up[1]})
    context |= {
        "event": event,
        "occasion": event.next_occasion() or (event.schedule[-1] if event.schedule else None),
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "header_title": f"{title}: {event.title}",
        "header_icon": "group",
    }
    return render(request, f"events/office/{name}.html", context, status=code)
