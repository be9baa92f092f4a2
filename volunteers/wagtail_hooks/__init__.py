"""Volunteers and representatives in Wagtail's admin."""

from volunteers.wagtail_hooks import outreach

__all__ = ["outreach"]
