"""Those who log in, in Wagtail's admin. Only the superuser gets there."""

from typing import Any

from wagtail.users.views.users import UserViewSet

from members.forms import NewStaffForm, StaffForm


class StaffViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> Any:
        return StaffForm if for_update else NewStaffForm
