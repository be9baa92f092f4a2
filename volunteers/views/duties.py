"""Ansvar: what each of us has in hand, who steps in, and one button for who needs to rest."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from privacy.responses import see_other
from volunteers.forms.duties import DutyForm
from volunteers.models import Duty
from volunteers.services import duties, handing_over
from volunteers.views.follow_up import me, page


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """For everyone who works here: the staff's door lets nobody else in."""
    may_change = request.user.has_perm("volunteers.change_duty")
    return page(
        request, "duties", standings=duties.standings(), resting=duties.resting(me(request)),
        may_change=may_change, left=handing_over.left_with_nobody() if may_change else None,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    if not request.user.has_perm("volunteers.change_duty"):
        raise Http404
    duty = get_object_or_404(Duty, pk=pk) if pk else Duty()
    form = DutyForm(request.POST if request.method == "POST" else None, instance=duty)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Sparat."))
        return see_other(reverse("volunteers:duties"))
    return page(request, "duty", 422 if form.is_bound else 200, form=form, duty=duty)


@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """One press, no reason. The same button brings them back."""
    if request.POST.get("do") == "back":
        if absence := duties.resting(me(request)):
            handing_over.come_back(absence)
        messages.success(request, _("Välkommen tillbaka."))
    else:
        duties.rest(me(request))
        messages.success(request, _("Vila du. Vi andra tar hand om det."))
    return see_other(reverse("volunteers:duties"))
