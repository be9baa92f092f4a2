"""Rows that may be one person, side by side."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from members.models import Person
from members.services import duplicates, merging
from members.views.register import may, page_of, the_person
from privacy.responses import see_other


@require_safe
@may("change")
def pairs(request: HttpRequest) -> HttpResponse:
    found = duplicates.find(actor=request.user)
    return page_of(request, "duplicates", _("Dubbletter"), pairs=found)


@require_POST
@may("change")
def answer(request: HttpRequest) -> HttpResponse:
    one, other = _person(request, "one"), _person(request, "other")
    try:
        match request.POST.get("do"):
            case "first":
                merging.merge(one, other, actor=request.user)
                messages.success(request, _("De är nu en person. Historiken finns kvar."))
            case "second":
                merging.merge(other, one, actor=request.user)
                messages.success(request, _("De är nu en person. Historiken finns kvar."))
            case "not-same":
                duplicates.not_same(one, other, actor=request.user)
                messages.success(request, _("Vi frågar inte om dem igen."))
            case _:
                raise Http404
    except merging.KeepProtected:
        messages.warning(request, _("Behåll raden med skyddade uppgifter. Då stannar de dolda."))
    except merging.CannotMerge:
        messages.warning(request, _("Det gick inte. Någon av raderna har just ändrats."))
    return see_other(reverse("register:duplicates"))


def _person(request: HttpRequest, name: str) -> Person:
    try:
        return the_person(request, UUID(request.POST.get(name, "")))
    except ValueError as error:
        raise Http404 from error
