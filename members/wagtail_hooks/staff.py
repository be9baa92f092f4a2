"""Those who log in, in Wagtail's admin. Only the superuser gets there, with a fresh second factor."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.users.views.users import UserViewSet

from members.adapter import has_factor
from members.forms import NewStaffForm, StaffForm
from members.models import User
from members.services import take_away_factors
from privacy.models import AccessLog
from privacy.services import note_access


class StaffViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> Any:
        return StaffForm if for_update else NewStaffForm


def new_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """For one who has lost the phone and the codes: they set up a new second factor next time."""
    if not request.user.is_superuser:
        raise PermissionDenied
    user = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        take_away_factors(user)
        note_access(
            request.user, action=AccessLog.Action.CHANGE, about="mfa.Authenticator",
            reference=f"user {user.pk}", reason="nytt lås",
        )  # fmt: skip
        messages.success(request, _("%(name)s får nu välja ett nytt lås.") % {"name": user})
        return redirect("wagtailusers_users:edit", pk)
    return render(request, "members/admin/new_lock.html", {"person": user})


@hooks.register("register_admin_urls")
def add_new_lock() -> list[URLPattern]:
    return [path("users/<int:pk>/nytt-las/", new_lock, name="members_new_lock")]


@hooks.register("register_user_listing_buttons")
def button_for_new_lock(user: User, request_user: User) -> Iterable[Button]:
    if request_user.is_superuser and has_factor(user):
        yield Button(_("Ge nytt lås"), reverse("members_new_lock", args=[user.pk]), icon_name="key")


def _kept(users: Iterable[User]) -> list[User]:
    return [user for user in users if AccessLog.objects.filter(actor=user).exists()]


@hooks.register("before_delete_user")
def keep_who_has_looked(request: HttpRequest, user: User) -> HttpResponse | None:
    """Who is named in the access log is switched off, not deleted."""
    if not _kept([user]):
        return None
    text = _("%(name)s står i åtkomstloggen och går inte att ta bort. Stäng av kontot i stället.")
    messages.error(request, text % {"name": user})
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def keep_them_when_many_are_deleted(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or not (users := [one for one in objects if isinstance(one, User)]):
        return None
    for user in _kept(users):
        return keep_who_has_looked(request, user)
    return None
