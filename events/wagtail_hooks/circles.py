"""The addresses of study circles in the admin, and their line in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from events.views import circle_people, circle_rules, circles

own = [
    path("", circles.listing, name="list"),
    path("ny/", circles.new, name="new"),
    path("regler/", circle_rules.rules, name="rules"),
    path("regler/ny/<slug:form_key>/", circle_rules.new_rules, name="rules_new"),
    path("regler/<int:rules_pk>/", circle_rules.change_rules, name="rules_change"),
    path("regler/<int:rules_pk>/ta-bort/", circle_rules.drop_rules, name="rules_drop"),
    path("kolumner/", circle_rules.columns, name="columns"),
    path("lofte/", circle_rules.promise, name="promise"),
    path("<int:pk>/", circles.one, name="circle"),
    path("<int:pk>/andra/", circles.change, name="change"),
    path("<int:pk>/underlag/", circles.take_out, name="take_out"),
    path("<int:pk>/lamna-over/", circles.give_over, name="give_over"),
    path("<int:pk>/person/<slug:key>/", circle_people.person, name="person"),
    path("<int:pk>/person/<slug:key>/visa/", circle_people.reveal, name="reveal"),
]


class CirclesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("events.view_circle"))


@hooks.register("register_admin_urls")
def addresses_of_circles() -> list[Any]:
    return [path("cirklar/", include((own, "circles")))]


@hooks.register("register_admin_menu_item")
def circles_in_the_menu() -> MenuItem:
    return CirclesItem(
        _("Cirklar"), reverse_lazy("circles:list"), name="circles", icon_name="group", order=152
    )
