"""Påverkan: the line in the menu with its rooms, and their addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from volunteers.views import councils_office
from volunteers.views.desk import NAMESPACE

of_councils = [
    path("", councils_office.board, name="coverage"),
    path("rad/nytt/", councils_office.council_form, name="council_add"),
    path("rad/<int:pk>/", councils_office.council, name="council"),
    path("rad/<int:pk>/andra/", councils_office.council_form, name="council_change"),
    path("rad/<int:pk>/platser/", councils_office.seat_add, name="seat_add"),
    path("rad/<int:council_pk>/moten/nytt/", councils_office.meeting_form, name="meeting_add"),
    path("rad/<int:council_pk>/fragor/ny/", councils_office.issue_form, name="issue_add"),
    path("platser/<int:pk>/utse/", councils_office.appoint, name="appoint"),
    path("platser/<int:pk>/ta-bort/", councils_office.seat_close, name="seat_close"),
    path("mandat/<int:pk>/", councils_office.mandate_form, name="mandate"),
    path("mandat/<int:pk>/avsluta/", councils_office.mandate_end, name="mandate_end"),
    path("mandat/<int:pk>/webben/", councils_office.mandate_name, name="mandate_name"),
    path("moten/<int:pk>/", councils_office.meeting_form, name="meeting"),
    path("moten/<int:pk>/rapport/", councils_office.report, name="report"),
    path("fragor/<int:pk>/", councils_office.issue_form, name="issue"),
    path("vardgivare/ny/", councils_office.organisation_form, name="organisation_add"),
    path("vardgivare/<int:pk>/", councils_office.organisation_form, name="organisation"),
]


@hooks.register("register_admin_urls")
def under_the_admin() -> list[Any]:
    return [path("paverkan/", include((of_councils, NAMESPACE)))]


class Room(MenuItem):
    """Shown to those who may look in."""

    def __init__(self, label: Promise, name: str, permission: str, icon: str, order: int) -> None:
        url = reverse_lazy(f"{NAMESPACE}:{name}")
        super().__init__(label, url, name=name, icon_name=icon, order=order)
        self.permission = f"volunteers.{permission}"

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


rooms = Menu(
    items=[
        Room(_("Patientråd"), "coverage", "view_council", "group", 10),
    ]
)


@hooks.register("register_admin_menu_item")
def line_in_the_menu() -> MenuItem:
    return SubmenuMenuItem(_("Påverkan"), rooms, name="outreach", icon_name="comment", order=185)
