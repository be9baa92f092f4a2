"""Newsletters in Wagtail's admin. issues: the list and the editor. The rest is under their addresses."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from newsletters.wagtail_hooks.issues import IssueViewSet

register_snippet(IssueViewSet)


class PaperItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("members.export_person"))


@hooks.register("register_admin_menu_item")
def what_is_posted() -> MenuItem:
    return PaperItem(
        _("Brev att posta"), reverse_lazy("issues:papers"), name="issues-on-paper",
        icon_name="mail", order=185,
    )  # fmt: skip
