"""Newsletters in Wagtail's admin. issues: the list and the editor. readers: who subscribes."""

from wagtail import hooks

from newsletters.wagtail_hooks.issues import viewset


@hooks.register("register_admin_viewset")
def in_the_admin() -> object:
    return viewset
