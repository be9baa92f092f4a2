"""The register in the admin: the list, one person, and what the office does with them."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from members.forms.register import PersonForm
from members.models import Person, SavedList
from members.services import people as persons
from members.services import search
from members.services.search import Choice
from privacy.responses import see_other

View = Callable[..., HttpResponse]


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not request.user.has_perm(f"members.{permission}_person"):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return decorate


def page_of(
    request: HttpRequest, name: str, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Hem")}]
    if name != "list":
        trail.append({"url": reverse("register:list"), "label": _("Medlemmar")})
    context |= {
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": "group",
    }
    return render(request, f"members/register/{name}.html", context, status=code)


def sent(request: HttpRequest) -> Any:
    """What was sent, also when it was nothing."""
    return request.POST if request.method == "POST" else None


def sees_protected(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("members.see_protected"))


def choice_of(request: HttpRequest) -> Choice:
    return Choice.of(request.GET or request.POST, sees_protected=sees_protected(request))


def the_person(request: HttpRequest, reference: UUID) -> Person:
    """For who may not see protected persons, they are not there."""
    rows = Person.objects.in_register().select_related("household")
    if not sees_protected(request):
        rows = rows.filter(is_protected=False)
    return get_object_or_404(rows, reference=reference)


@require_safe
@may("view")
def people(request: HttpRequest) -> HttpResponse:
    choice = choice_of(request)
    after = request.GET.get("efter", "")
    page = search.page(choice, after=int(after) if after.isascii() and after.isdigit() else None)
    persons.visible_to(request.user, page.rows)
    context: dict[str, Any] = {
        "choice": choice,
        "page": page,
        "links": _filter_links(choice, page),
        "lists": [(one, _address(one.filters)) for one in SavedList.objects.all()],
        "next_url": _address({**_asked(choice), "efter": page.next}) if page.next else "",
        "first_url": _address(_asked(choice)) if after else "",
    }
    return page_of(request, "list", _("Medlemmar"), **context)


def _asked(choice: Choice) -> dict[str, Any]:
    return {**choice.as_query(), **({"q": choice.words} if choice.words else {})}


def _address(query: dict[str, Any]) -> str:
    return f"?{urlencode(query)}" if query else reverse("register:list")


def _filter_links(choice: Choice, page: search.Page) -> list[dict[str, Any]]:
    """Every filter as a link: chosen ones take themselves away."""
    extras = {
        key: label for key, label in search.EXTRAS.items()
        if key != "skyddade" or choice.sees_protected
    }  # fmt: skip
    groups: list[tuple[str, Any, dict[str, Any], str]] = [
        ("lage", _("Medlemskap"), search.STATES, choice.state),
        ("typ", _("Typ"), {one.key: one.name for one in page.types}, choice.type),
        ("urval", _("Urval"), extras, choice.extra),
    ]
    asked = _asked(choice)
    return [
        {
            "title": title,
            "links": [
                (
                    label,
                    _address(
                        {k: v for k, v in {**asked, name: key if key != now else ""}.items() if v}
                    ),
                    key == now,
                )
                for key, label in options.items()
            ],
        }
        for name, title, options, now in groups
        if options
    ]


@require_POST
@may("view")
def save_list(request: HttpRequest) -> HttpResponse:
    filters = Choice.of(request.POST, sees_protected=sees_protected(request)).as_query()
    name = " ".join(request.POST.get("name", "").split())[:60]
    if name and filters:
        search.save_list(name, filters, actor=request.user)
        messages.success(request, _("Listan ”%(name)s” är sparad.") % {"name": name})
    else:
        messages.warning(request, _("Välj något i listan och skriv ett namn, så sparar vi den."))
    return see_other(reverse("register:list") + (f"?{urlencode(filters)}" if filters else ""))


@require_POST
@may("view")
def drop_list(request: HttpRequest, pk: int) -> HttpResponse:
    SavedList.objects.filter(pk=pk).delete()
    messages.success(request, _("Listan är borttagen. Personerna finns kvar."))
    return see_other(reverse("register:list"))


@require_safe
@may("view")
def person(request: HttpRequest, reference: UUID) -> HttpResponse:
    opened = persons.open_person(the_person(request, reference), actor=request.user)
    shown = [
        (one, bool(one.url) and request.user.has_perm(one.permission)) for one in opened.notices
    ]
    return page_of(
        request,
        "person",
        opened.person.full_name,
        opened=opened,
        person=opened.person,
        notices=shown,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("add")
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(sent(request), sees_protected=sees_protected(request))
    if not form.is_bound or not form.is_valid():
        return _form_page(request, form, _("Lägg till en person"))
    entered = persons.enter_person(form.facts, actor=request.user)
    return _saved(request, form, entered)


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def change(request: HttpRequest, reference: UUID) -> HttpResponse:
    row = persons.reveal(the_person(request, reference))
    form = PersonForm(sent(request), instance=row, sees_protected=sees_protected(request))
    if not form.is_bound or not form.is_valid():
        return _form_page(request, form, _("Ändra"), person=row)
    changed = persons.change(row, form.facts, actor=request.user)
    return _saved(request, form, changed)


def _form_page(request: HttpRequest, form: PersonForm, title: str, **more: Any) -> HttpResponse:
    code = 422 if form.errors else 200
    return page_of(request, "form", title, code=code, form=form, **more)


def _saved(request: HttpRequest, form: PersonForm, person: Person) -> HttpResponse:
    if other := form.cleaned_data.get("lives_with"):
        persons.join_household(person, other, actor=request.user)
    messages.success(request, _("Sparat."))
    return see_other(reverse("register:person", args=[person.reference]))


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def end(request: HttpRequest, reference: UUID) -> HttpResponse:
    row = persons.reveal(the_person(request, reference))
    if request.method != "POST":
        return page_of(request, "end", _("Avsluta medlemskap"), person=row)
    persons.end_membership(row, actor=request.user)
    messages.success(request, _("Medlemskapet är avslutat. Personen finns kvar i registret."))
    return see_other(reverse("register:person", args=[reference]))
