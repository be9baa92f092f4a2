"""Members in Wagtail's admin. staff: those who log in. register: the persons we know.
board: kinds of membership, fees and reminders."""

from members.wagtail_hooks import board, register
from members.wagtail_hooks.staff import StaffViewSet

__all__ = ["StaffViewSet", "board", "register"]
