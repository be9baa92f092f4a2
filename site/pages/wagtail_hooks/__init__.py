"""The public site in Wagtail's admin. home: what waits. checker and publishing: what is checked
before visitors see a page. crisis: the list of numbers."""

from pages.wagtail_hooks import checker, crisis, home, publishing

__all__ = ["checker", "crisis", "home", "publishing"]
