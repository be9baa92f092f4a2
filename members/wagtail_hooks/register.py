"""The register's addresses and its line in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from members.views import (
    duplicates,
    register,
    register_export,
    register_import,
    register_membership,
    register_paper,
)

own = [
    path("", register.people, name="list"),
    path("spara-lista/", register.save_list, name="save_list"),
    path("listor/<int:pk>/ta-bort/", register.drop_list, name="drop_list"),
    path("ny/", register.add, name="add"),
    path("dubbletter/", duplicates.pairs, name="duplicates"),
    path("dubbletter/svara/", duplicates.answer, name="duplicates_answer"),
    path("post/", register_paper.letters, name="paper"),
    path("exportera/", register_export.take_out, name="export"),
    path("importera/", register_import.choose, name="import"),
    path("importera/<slug:digest>/", register_import.try_out, name="import_try"),
    path("importer/<int:pk>/angra/", register_import.undo, name="import_undo"),
    path("person/<uuid:reference>/", register.person, name="person"),
    path("person/<uuid:reference>/andra/", register.change, name="change"),
    path("person/<uuid:reference>/medlemskap/", register_membership.add, name="membership"),
    path("person/<uuid:reference>/avsluta/", register.end, name="end"),
]


class RegisterItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("members.view_person"))


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("medlemmar/", include((own, "register")))]


@hooks.register("register_admin_menu_item")
def line_in_the_menu() -> MenuItem:
    return RegisterItem(
        _("Medlemmar"), reverse_lazy("register:list"), name="register", icon_name="group", order=160
    )
