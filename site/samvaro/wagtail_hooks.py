"""The admin's menu: what a role does not need is not there (ux.md 3.2)."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

# Wagtail's own help is in English and about another product's editors.
NOBODY_NEEDS = {"help"}
# Lists about pages and their history: for those who answer for the whole site.
FOR_THE_BOARD = {"reports"}


@hooks.register("construct_main_menu")
def only_what_is_needed(request: HttpRequest, menu_items: list[Any]) -> None:
    hidden = set(NOBODY_NEEDS)
    if not (request.user.is_superuser or request.user.groups.filter(name="styrelse").exists()):
        hidden |= FOR_THE_BOARD
    menu_items[:] = [item for item in menu_items if item.name not in hidden]
