"""The office makes somebody a member."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from members.forms.register import MembershipForm
from members.services import entering
from members.services import people as persons
from members.services.fees import NoFeeSet
from members.views.register import may, page_of, sent, the_person
from privacy.responses import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def add(request: HttpRequest, reference: UUID) -> HttpResponse:
    person = persons.reveal(the_person(request, reference))
    form = MembershipForm(sent(request), person=person)
    if form.is_bound and form.is_valid():
        try:
            made = entering.make_member(person, actor=request.user, **form.facts)
        except entering.HasThatYear:
            form.add_error("year", _("Personen har redan ett medlemskap det året"))
        except NoFeeSet:
            form.add_error("type", _("Styrelsen har inte bestämt någon avgift för typen det året"))
        else:
            messages.success(request, _told(made.charge is None, bool(person.email)))
            return see_other(reverse("register:person", args=[reference]))
    code = 422 if form.errors else 200
    return page_of(request, "membership", _("Nytt medlemskap"), code, form=form, person=person)


def _told(is_free: bool, by_mail: bool) -> str:
    if is_free:
        return _("Klart. Medlemskapet gäller.")
    if by_mail:
        return _("Avgiften är skickad med e-post. Medlemskapet gäller när den är betald.")
    return _("Avgiften ligger under Utskrift till post. Medlemskapet gäller när den är betald.")
