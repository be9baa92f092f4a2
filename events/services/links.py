"""The links in what an editor has written, and whether those of ours lead somewhere."""

import re
from html import unescape
from typing import Any

from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from events.models import Event

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_PAGE_ID = re.compile(r'linktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="page"')
_HREF = re.compile(r'href="([^"]*)"')


def links_in(html: str) -> list[tuple[str, int | str]]:
    """Words and target (the id of a page, or an address) of every link in rich text."""
    found: list[tuple[str, int | str]] = []
    for attributes, text in _LINK.findall(html):
        if match := _PAGE_ID.search(attributes):
            found.append((text, int(match.group(1) or match.group(2))))
        elif match := _HREF.search(attributes):
            found.append((text, unescape(match.group(1))))
    return found


def leads_somewhere(target: int | str) -> bool:
    """Whether a visitor who follows the link finds a page. Other sites are not asked."""
    if isinstance(target, int):
        return Page.objects.live().filter(pk=target).exists()
    path = re.split(r"[?#]", target)[0]
    if not path.startswith("/"):
        return True
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name == "events:activity":
        return Event.objects.public().filter(slug=match.kwargs["slug"]).exists()
    return match.view_name != "wagtail_serve" or _is_page(path)


def _is_page(path: str) -> bool:
    site: Any = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    return Page.objects.live().filter(url_path=site.root_page.url_path + path[1:]).exists()
