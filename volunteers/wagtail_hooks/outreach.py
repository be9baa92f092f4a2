"""Påverkan: the line in the menu with its rooms, and their addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from volunteers.views import (
    care_office,
    clinics_office,
    councils_office,
    figures_office,
    lectures_office,
    letters_office,
)
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

of_clinics = [
    path("mottagningar/", clinics_office.listed, name="clinics"),
    path("mottagningar/ny/", clinics_office.clinic_form, name="clinic_add"),
    path("mottagningar/<int:pk>/", clinics_office.clinic, name="clinic"),
    path("mottagningar/<int:pk>/andra/", clinics_office.clinic_form, name="clinic_change"),
    path(
        "mottagningar/<int:clinic_pk>/ny-kontakt/", clinics_office.contact_form, name="contact_add"
    ),
    path("mottagningar/<int:clinic_pk>/samtal/", clinics_office.touch_form, name="touch_add"),
    path("kontakter/<int:pk>/", clinics_office.contact_form, name="contact"),
    path("kontakter/<int:pk>/ta-bort/", clinics_office.contact_objects, name="contact_objects"),
    path("samtal/<int:pk>/klart/", clinics_office.touch_done, name="touch_done"),
]
of_lectures = [
    path("forelasningar/", lectures_office.listed, name="lectures"),
    path("forelasningar/ny/", lectures_office.enter, name="lecture_add"),
    path("forelasningar/hamta/", lectures_office.take_out, name="lectures_export"),
    path("forelasningar/<int:pk>/", lectures_office.lecture, name="lecture"),
    path("forelasningar/<int:pk>/andra/", lectures_office.change, name="lecture_change"),
    path("forelasningar/<int:pk>/folj-upp/", lectures_office.follow_up, name="lecture_follow"),
    path("forelasningar/<int:pk>/fragor/", lectures_office.questions, name="lecture_questions"),
    path("forelasningar/<int:pk>/steg/<slug:word>/", lectures_office.step, name="lecture_step"),
    path("forelasare/ny/", lectures_office.lecturer_form, name="lecturer_add"),
    path("forelasare/<int:pk>/", lectures_office.lecturer_form, name="lecturer"),
    path("broschyrer/<int:pk>/", lectures_office.order, name="order"),
    path("broschyrer/<int:pk>/postad/", lectures_office.order_posted, name="order_posted"),
]
of_letters = [
    path("utskick/", letters_office.room, name="letters"),
    path("utskick/gor/", letters_office.make, name="letters_make"),
    path("utskick/postat/", letters_office.posted, name="letters_posted"),
    path("utskick/<slug:what>.pdf", letters_office.paper, name="letters_paper"),
]

of_care = [
    path("lackor/", care_office.themes, name="care"),
    path("lackor/sortera/", care_office.sort, name="care_sort"),
    path("lackor/<int:pk>/ta-upp/", care_office.take, name="theme_take"),
    path("lackor/teman/nytt/", care_office.theme_form, name="theme_add"),
    path("lackor/teman/<int:pk>/", care_office.theme_form, name="theme"),
    path("telefonen/", care_office.calls, name="calls"),
]
of_figures = [
    path("siffror/", figures_office.year, name="year"),
    path("siffror/hamta/", figures_office.take_out, name="year_export"),
]


@hooks.register("register_admin_urls")
def under_the_admin() -> list[Any]:
    addresses = [*of_councils, *of_clinics, *of_lectures, *of_letters, *of_care, *of_figures]
    return [path("paverkan/", include((addresses, NAMESPACE)))]


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
        Room(_("Föreläsningar"), "lectures", "view_clinic", "openquote", 20),
        Room(_("Mottagningar"), "clinics", "view_clinic", "home", 30),
        Room(_("Utskick"), "letters", "view_clinic", "mail", 40),
        Room(_("Luckor i vården"), "care", "view_caregap", "comment", 50),
        Room(_("Telefonen"), "calls", "view_phonecall", "list-ul", 60),
    ]
)


@hooks.register("register_admin_menu_item")
def line_in_the_menu() -> MenuItem:
    return SubmenuMenuItem(_("Påverkan"), rooms, name="outreach", icon_name="comment", order=185)
