"""What anyone may see of helping, and the form that anyone may send."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mail.models import Association
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other
from volunteers.forms.interest import UNSURE, InterestForm
from volunteers.models import Lead, Role
from volunteers.services import intake
from volunteers.services.who import NobodyToAnswer

# Signs the address of the page after the press.
_signer = Signer(salt="volunteers.done")


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Role.objects.offered().prefetch_related("trainings"), slug=slug)
    return render(request, "volunteers/role.html", {"role": found})


@require_http_methods(["GET", "HEAD", "POST"])
@limited("volunteer")
@for_one_reader
def interest(request: HttpRequest) -> HttpResponse:
    association = Association.load(request)
    if request.method != "POST":
        form = InterestForm(initial=_first_values(request), association=association)
        return render(request, "volunteers/interest.html", {"form": form})
    form = InterestForm(request.POST, association=association)
    if not form.is_valid():
        return render(request, "volunteers/interest.html", {"form": form}, status=422)
    data = form.cleaned_data
    try:
        lead = intake.receive(
            data["submission"],
            name=data["name"],
            email=data["email"],
            words=form.consent_text,
            **form.wishes,
        )
    except NobodyToAnswer:
        context = {"form": form, "nobody": True}
        return render(request, "volunteers/interest.html", context, status=503)
    return see_other(reverse("volunteers:done", args=[_signer.sign(str(lead.submission))]))


def _first_values(request: HttpRequest) -> dict[str, Any]:
    """The role whose page led here, or what was typed by somebody who saw a slip."""
    lead = _typed(request.GET.get("ratta", ""))
    if lead is None:
        return {"interests": [request.GET.get("uppdrag", "")]}
    return {"submission": lead.submission, "email": lead.email, "name": lead.name, **values(lead)}


def values(lead: Lead) -> dict[str, Any]:
    """What somebody told us, as the form shows it."""
    chosen = [role.slug for role in lead.interests.all()] + [UNSURE] * lead.is_unsure
    names = ("pace", "contact_by", "phone", "good_time", "message")
    return {"interests": chosen, **{name: getattr(lead, name) for name in names}}


def _typed(signed: str) -> Lead | None:
    try:
        key = _signer.unsign(signed)
    except BadSignature:
        return None
    rows = Lead.objects.exclude(name="").filter(submission=key, stage=Lead.Stage.NEW)
    return rows.select_related("owner").first()


@require_safe
@for_one_reader
def done(request: HttpRequest, signed: str) -> HttpResponse:
    """After the press: who answers, and by which day."""
    lead = _typed(signed)
    if lead is None:
        raise Http404
    context = {
        "lead": lead,
        "correct_url": f"{reverse('volunteers:interest')}?ratta={signed}",
    }
    return render(request, "volunteers/done.html", context)
