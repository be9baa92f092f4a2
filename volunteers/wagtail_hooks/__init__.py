"""Volunteers and representatives in Wagtail's admin."""

from volunteers.wagtail_hooks import outreach, volunteers

__all__ = ["outreach", "volunteers"]
