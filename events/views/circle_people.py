"""One person of a circle in the admin: what they gave, typed for them, and shown when needed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from events.forms.circles import OfficeIdentityForm, RevealForm
from events.models import Circle, Identity
from events.services import circles, papers
from events.views.circles import FORMS, may, page_of, sent
from mail.models import Association
from members.adapter import fresh_proof_required
from privacy.responses import for_one_reader, see_other


def _member(circle: Circle, key: str) -> circles.Member:
    for one in circles.standing(circle).members:
        if one.key == key:
            return one
    raise Http404


def _who(member: circles.Member) -> Any:
    return member.leader or member.registration


@require_http_methods(FORMS)
@may("see_numbers")
@for_one_reader
def person(request: HttpRequest, circle: Circle, key: str) -> HttpResponse:
    member = _member(circle, key)
    form = OfficeIdentityForm(sent(request), association=Association.load(request))
    if request.method == "POST":
        try:
            done = _deed(request, member, form)
        except papers.HandedOver:
            messages.warning(request, _("Cirkeln är redan överlämnad."))
            done = True
        if done:
            return see_other(reverse("circles:circle", args=[circle.pk]))
    return _page(request, circle, member, form)


def _page(
    request: HttpRequest, circle: Circle, member: circles.Member, form: Any, **more: Any
) -> HttpResponse:
    context = {"circle": circle, "member": member, "identity": member.identity, "form": form}
    context |= {"reveal": RevealForm(), **more}
    code = 422 if form.errors or context["reveal"].errors else 200
    return page_of(request, "person", member.name, code, **context)


def _deed(request: HttpRequest, member: circles.Member, form: OfficeIdentityForm) -> bool:
    name = {"name": member.name}
    match request.POST.get("do"):
        case "paper":
            papers.paper_went_on(_who(member), actor=request.user)
            messages.success(request, _("Papperet från %(name)s är lämnat.") % name)
        case "agreed":
            papers.agree_for(member.registration, actor=request.user)
            messages.success(request, _("%(name)s har läst löftet.") % name)
        case _ if form.is_valid():
            papers.type_for(_who(member), form.given, actor=request.user)
            messages.success(request, _("Uppgifterna för %(name)s är sparade.") % name)
        case _:
            return False
    return True


@require_http_methods(["POST"])
@may("see_numbers")
@fresh_proof_required
@for_one_reader
def reveal(request: HttpRequest, circle: Circle, key: str) -> HttpResponse:
    """The whole number, once, on the page that answers the press."""
    member = _member(circle, key)
    identity: Identity | None = member.identity
    if identity is None or not identity.personal_number:
        raise Http404
    asked = RevealForm(request.POST)
    form = OfficeIdentityForm(association=Association.load(request))
    if not asked.is_valid():
        return _page(request, circle, member, form, reveal=asked)
    number = papers.reveal(identity, actor=request.user, reason=asked.cleaned_data["reason"])
    return _page(request, circle, member, form, number=number)
