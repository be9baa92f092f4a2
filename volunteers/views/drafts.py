"""The words that letters to helpers begin from, in the coordinator's own hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from privacy.responses import see_other
from volunteers.forms.follow_up import DraftForm
from volunteers.services import drafts
from volunteers.views.follow_up import may_follow_up, page


@may_follow_up
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    return page(request, "drafts", drafts=drafts.DRAFTS.values(), own=drafts.with_own_words())


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    found = drafts.DRAFTS.get(key)
    if found is None:
        raise Http404
    if request.POST.get("do") == "as-before":
        drafts.take_back(found)
        messages.success(request, _("Mallen är som från början."))
        return see_other(reverse("volunteers:drafts"))
    subject, text = drafts.with_marks(found)
    data = request.POST if request.method == "POST" else None
    form = DraftForm(data, initial={"subject": subject, "text": text})
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "draft": found, "has_own": key in drafts.with_own_words()}
        return page(request, "draft", 422 if form.is_bound else 200, **context)
    drafts.keep(found, subject=form.cleaned_data["subject"], text=form.cleaned_data["text"])
    messages.success(request, _("Sparat."))
    return see_other(reverse("volunteers:drafts"))
