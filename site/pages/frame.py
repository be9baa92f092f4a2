"""What stands around every page: who we are and the six words of the menu."""

import time
from dataclasses import dataclass

from wagtail.models import Page, Site

from mail.models import Association

# Also without a new edition the frame is read again after this long, in seconds.
LIFETIME = 60.0


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str


@dataclass(frozen=True)
class Frame:
    association: Association
    menu: tuple[MenuItem, ...]


# One for the process: the edition it belongs to, until when it may be used, and the frame.
_kept: tuple[str, float, Frame] | None = None


def frame(edition: str | None) -> Frame:
    """The frame of this edition: read once per process, or anew when nobody knows the edition."""
    global _kept
    if _kept and _kept[0] == edition and time.monotonic() < _kept[1]:
        return _kept[2]
    made = Frame(Association.load(), tuple(_menu()))
    if edition:
        _kept = (edition, time.monotonic() + LIFETIME, made)
    return made


def _menu() -> list[MenuItem]:
    """The pages right below the start page that are marked for the menu, in the editors' order."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = Page.objects.child_of(site.root_page).live().public().in_menu().order_by("path")
    start = len(site.root_page.url_path)
    return [MenuItem(page.title, f"/{page.url_path[start:]}") for page in pages]
