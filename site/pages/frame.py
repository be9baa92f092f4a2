"""What stands around every page: who we are and the six words of the menu."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from wagtail.models import Page, Site

from mail.models import Association
from privacy import edition


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str


@dataclass(frozen=True)
class Frame:
    association: Association
    menu: tuple[MenuItem, ...]
    # Its parts as they were drawn, by template and place in the menu.
    drawn: dict[tuple[str, ...], SafeString] = field(default_factory=dict, compare=False)


def frame(words: str | None) -> Frame:
    """The frame of this edition."""
    return edition.kept(words, "frame", lambda: Frame(Association.load(), tuple(_menu())))


def _menu() -> list[MenuItem]:
    """The pages right below the start page that are marked for the menu, in the editors' order."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = Page.objects.child_of(site.root_page).live().public().in_menu().order_by("path")
    start = len(site.root_page.url_path)
    return [MenuItem(page.title, f"/{page.url_path[start:]}") for page in pages]
