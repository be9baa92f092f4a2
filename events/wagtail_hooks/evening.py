"""Attendance, visits and the calendar in the admin: their addresses and their line in the menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from events.models import Event
from events.views import office_evening, office_visits
from events.views.office_evening import NAMESPACE

addresses = [
    path("", office_visits.month, name="calendar"),
    path("siffror/", office_visits.all_figures, name="all_figures"),
    path("besok/", office_visits.statistics, name="visits"),
    path("besok/antal/", office_visits.note_unique, name="note_unique"),
    path("besok/hamta/<slug:kind>/", office_visits.take_out, name="take_out"),
    path("<int:pk>/", office_evening.activity, name="activity"),
    path("<int:pk>/ledare/", office_evening.add_leader, name="add_leader"),
    path("<int:pk>/ledare/<int:leader_pk>/", office_evening.drop_leader, name="drop_leader"),
    path("<int:pk>/budget/", office_evening.budget, name="budget"),
    path("<int:pk>/skriv-ut/<slug:day>/", office_evening.paper, name="paper"),
]


@hooks.register("register_admin_urls")
def under_the_admin() -> list[Any]:
    return [path("narvaro/", include((addresses, NAMESPACE)))]


class CalendarItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """In the menu of those who see who comes: the editors' has no more room (ux.md 3.2)."""
        return bool(request.user.has_perm("events.view_registration"))


@hooks.register("register_admin_menu_item")
def line_in_the_menu() -> MenuItem:
    url = reverse_lazy(f"{NAMESPACE}:calendar")
    text = gettext_lazy("Kalender och besök")
    return CalendarItem(text, url, name="calendar", icon_name="calendar", order=151)


@hooks.register("before_delete_snippet")
def keep_what_was_counted(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """Attendance and visits are the statistics of the year: what has them is hidden, not deleted."""
    kept = [one for one in instances if isinstance(one, Event) and _has_figures(one)]
    for event in kept:
        text = _(
            "”%(title)s” går inte att ta bort, för besöken på den är räknade. "
            "Avpublicera i stället, så syns den inte för besökare."
        )
        messages.error(request, text % {"title": event.title})
    return redirect("activities:list") if kept else None


def _has_figures(event: Event) -> bool:
    return event.sheets.exists() or event.tallies.exists()
