"""Members in Wagtail's admin. staff: those who log in. register: the persons we know."""

from members.wagtail_hooks import register
from members.wagtail_hooks.staff import StaffViewSet

__all__ = ["StaffViewSet", "register"]
