"""What came back, for the staff: the copies of an issue, and a mailbox that is tried again."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from members.models import Person
from newsletters.models import Issue
from newsletters.services import on_person, results
from newsletters.views.office import address, may, page
from privacy.responses import see_other


@require_safe
@may("send")
def bounced(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Who was not reached, for who may see the register. That somebody looked is noted."""
    if not request.user.has_perm("members.view_person"):
        raise Http404
    if issue.is_draft:
        return see_other(address("look", issue))
    sees = request.user.has_perm("members.see_protected")
    rows = results.not_reached(issue, actor=request.user, sees_protected=sees)
    return page(request, "bounced", issue, _("Brev som inte kom fram"), rows=rows)


@require_POST
def try_again(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Somebody knows that the address works."""
    user: Any = request.user
    if not user.has_perm("members.change_person"):
        raise Http404
    people = Person.objects.in_register()
    if not user.has_perm("members.see_protected"):
        people = people.filter(is_protected=False)
    person = get_object_or_404(people, reference=reference)
    if on_person.try_again(person, actor=user):
        messages.success(request, _("Klart. Nästa brev går till adressen igen."))
    else:
        messages.warning(request, _("Adressen är inte spärrad för att brev kom tillbaka."))
    return see_other(reverse("register:person", args=[reference]))
