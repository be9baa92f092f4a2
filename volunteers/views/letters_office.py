"""The letter of the term in the admin: make, print, post, and see what it led to."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from volunteers.models import Clinic, Term
from volunteers.services import term_letters
from volunteers.views.desk import address, done, may, page

_LOOK, _CHANGE = may("view_clinic"), may("change_clinic")
PAPERS = {"brev": term_letters.as_letters, "etiketter": term_letters.as_labels}


def _term() -> Term:
    return Term.of(timezone.localdate())


@require_safe
@_LOOK
def room(request: HttpRequest) -> HttpResponse:
    term = _term()
    context: dict[str, Any] = {
        "term": term,
        "now": term_letters.funnel(term),
        "before": (term.before, term_letters.funnel(term.before)),
        "to_post": term_letters.to_post(term),
        "without_address": Clinic.objects.open().filter(
            kind=Clinic.Kind.AFFECTIVE, no_letters_since=None, street=""
        ),
    }
    return page(request, "letters", _("Utskick"), **context)


@require_POST
@_CHANGE
def make(request: HttpRequest) -> HttpResponse:
    number = term_letters.prepare(_term())
    words = ngettext("%d nytt brev.", "%d nya brev.", number) % number
    if not number:
        words = _("Alla mottagningar har redan ett brev den här terminen.")
    return done(request, words, address("letters"))


@require_safe
@_CHANGE
def paper(request: HttpRequest, what: str) -> HttpResponse:
    """Printing changes nothing: it can be done again until the letters are posted."""
    if what not in PAPERS or not term_letters.to_post(_term()).exists():
        raise Http404
    response = HttpResponse(PAPERS[what](_term()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{what}.pdf"'
    return response


@require_POST
@_CHANGE
def posted(request: HttpRequest) -> HttpResponse:
    number = term_letters.mark_posted(_term(), actor=request.user)
    words = ngettext("%d brev är postat.", "%d brev är postade.", number) % number
    if not number:
        words = _("Alla brev var redan postade.")
    return done(request, words, address("letters"))
