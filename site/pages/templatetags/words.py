"""What editors have written on a page whose place another app's page has taken."""

from typing import Any

from django import template
from wagtail.models import Site

from pages.models import ContentPage

register = template.Library()


@register.inclusion_tag("pages/_words_of_page.html", takes_context=True)
def words_of_page(context: Any, path: str) -> dict[str, Any]:
    """The body of the content page at this address; nothing where there is none."""
    request = context["request"]
    site = Site.find_for_request(request)
    page = None
    if site:
        url_path = site.root_page.url_path.rstrip("/") + path
        page = ContentPage.objects.live().public().filter(url_path=url_path).first()
    return {"page": page, "request": request}
