"""Pages of the public site that are not in the editors' tree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, Site
from wagtail.views import serve

from pages.forms import AppearanceForm
from pages.models.base import SitePage
from pages.services.search import search
from pages.theme import IMAGES_OFF, Look, look_of, remember
from privacy import edition
from privacy.responses import see_other

# Longer questions are cut, in characters.
LONGEST_QUESTION = 100


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Any page of the editors' tree, by Wagtail's own view.

    Which page it is and who may see it is found once per edition and process: these questions
    would cost more than the page itself.
    """
    where = f"route {request.get_host()} {path}"
    route = edition.kept(edition.words_of(request), where, lambda: _route(request, path))
    if route is not None:
        # Where Wagtail looks first: see Page.route_for_request and Site.find_for_request.
        request._wagtail_site, request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    return serve(request, path)


def _route(request: HttpRequest, path: str) -> tuple[Any, Any] | None:
    route = Page.route_for_request(request, path)
    if route is None:
        return None
    if isinstance(route.page, SitePage):
        route.page.known_bars = list(route.page.get_view_restrictions())
    return Site.find_for_request(request), route


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search. A GET: the answer can be kept as a bookmark, and Back works."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    answer = search(question) if question else None
    response = render(request, "pages/search.html", {"question": question, "answer": answer})
    # What somebody looks for here may tell about their health: kept nowhere, told to nobody.
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page as one list."""
    site = Site.find_for_request(request)
    sections: list[tuple[Page, list[Page]]] = []
    if site:
        top = site.root_page.depth + 1
        below = Page.objects.descendant_of(site.root_page).live().public()
        for page in below.order_by("path"):
            if page.depth == top:
                sections.append((page, []))
            elif sections and page.path.startswith(sections[-1][0].path):
                sections[-1][1].append(page)
    return render(request, "pages/site_map.html", {"sections": sections})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/robots.txt", content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark or calm; size of text; images or none. Kept in a cookie and nowhere else."""
    look = look_of(request)
    chosen = {
        "theme": look.theme,
        "text_size": look.text_size,
        "images": IMAGES_OFF if look.images_off else "",
    }
    sent = request.POST if request.method == "POST" else None
    form = AppearanceForm(sent, initial=chosen)
    reset = "reset" in request.POST
    if reset or form.is_valid():
        response = see_other(f"{request.path}?sparat=1")
        remember(response, Look() if reset else form.look)
        return response
    context = {"form": form, "saved": "sparat" in request.GET}
    return render(request, "pages/appearance.html", context, status=422 if form.errors else 200)
