"""Activities in Wagtail's admin. activities: the list and the editor. panels, forms: its parts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from events.models import Event
from events.views.desk import NAMESPACE
from events.wagtail_hooks import circles, evening  # noqa: F401 -- their hooks register themselves
from events.wagtail_hooks.activities import EventViewSet

register_snippet(EventViewSet)


@hooks.register("before_delete_snippet")
def keep_what_people_signed_up_to(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """One by one or many at once: what somebody has signed up to is hidden, never deleted."""
    kept = [event for event in instances if isinstance(event, Event) and _people_in(event)]
    if not kept:
        return None
    for event in kept:
        number = _people_in(event)
        text = ngettext(
            "”%(title)s” går inte att ta bort, för %(number)d person har anmält sig. "
            "Avpublicera i stället, så syns den inte för besökare.",
            "”%(title)s” går inte att ta bort, för %(number)d personer har anmält sig. "
            "Avpublicera i stället, så syns den inte för besökare.",
            number,
        )
        messages.error(request, text % {"title": event.title, "number": number})
    return redirect(f"{NAMESPACE}:list")


def _people_in(event: Event) -> int:
    """Everybody who ever signed up, and every press on the form that is still kept."""
    return max(event.registrations.count(), event.submissions.count())
