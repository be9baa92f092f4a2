"""What the pages under Påverkan share: who may, the frame, and one way to ask and to do."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from privacy.responses import see_other
from volunteers.services import clinics, councils, errands, lectures
from volunteers.services.who import NobodyToAnswer

View = Callable[..., HttpResponse]
# Where these addresses live: wagtail_hooks hangs them under /admin/paverkan/.
NAMESPACE = "outreach"

# What somebody is told when it does not go, or when another was faster.
REFUSALS: dict[type[Exception], Any] = {
    councils.ChairTaken: gettext_lazy("Någon har redan den platsen under de dagarna."),
    councils.ChairClosed: gettext_lazy("Platsen eller rådet finns inte kvar de dagarna."),
    clinics.TheyObjected: gettext_lazy("Personen har bett oss att inte spara uppgifterna."),
    lectures.NoTrainedLecturer: gettext_lazy(
        "Välj minst en föreläsare, och bara sådana vars utbildning gäller den dagen."
    ),
    errands.SomebodyElseDidIt: gettext_lazy("Någon hann före. Gå tillbaka och se hur det är nu."),
    NobodyToAnswer: gettext_lazy("Ingen av oss kan svara just nu. Lägg till någon först."),
    councils.SomebodySitsThere: gettext_lazy("Någon har platsen. Avsluta mandatet först."),
}


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not request.user.has_perm(f"volunteers.{permission}"):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return decorate


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def sent(request: HttpRequest) -> Any:
    """What was sent, also when it was nothing."""
    return request.POST if request.method == "POST" else None


# A step of the trail above a page: its words and its address.
Step = tuple[str, str]


def page(
    request: HttpRequest,
    name: str,
    title: str,
    *,
    code: int = 200,
    trail: Iterable[Step] = (),
    **context: Any,
) -> HttpResponse:
    steps = [(str(_("Hem")), reverse("wagtailadmin_home")), *trail, (title, "")]
    context |= {
        "breadcrumbs_items": [{"url": url, "label": words} for words, url in steps],
        "header_title": title,
        "header_icon": "group",
    }
    return render(request, f"volunteers/office/{name}.html", context, status=code)


def ask(
    request: HttpRequest,
    form: Any,
    deed: Callable[[Any], str],
    *,
    title: str,
    back: str,
    trail: Iterable[Step] = (),
    **context: Any,
) -> HttpResponse:
    """Show the form, or do the deed and say what was done. `deed` returns those words."""
    if form.is_bound and form.is_valid():
        try:
            words = deed(form)
        except tuple(REFUSALS) as error:
            form.add_error(None, REFUSALS[type(error)])
        else:
            return done(request, words, back)
    code = 422 if form.errors else 200
    context |= {"form": form, "back": back}
    return page(request, "form", title, code=code, trail=trail, **context)


def done(request: HttpRequest, words: str, url: str) -> HttpResponse:
    messages.success(request, words)
    return see_other(url)


def told(request: HttpRequest, error: Exception, url: str) -> HttpResponse:
    messages.warning(request, REFUSALS[type(error)])
    return see_other(url)
