"""Volunteers and representatives in Wagtail's admin."""
