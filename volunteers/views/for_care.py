"""For those who work in care, schools and workplaces: book a visit, order brochures, answer."""

from collections.abc import Callable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mail.models import Association
from mail.services import LinkExpired, LinkUnknown, open_door
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other
from volunteers.emails.outreach import DOOR
from volunteers.forms.for_care import BrochureForm, LectureForm, QuestionsForm
from volunteers.models import BrochureOrder, LectureBooking
from volunteers.services import lectures, requests
from volunteers.services.who import NobodyToAnswer

# Signs the address of the page after the press.
_signer = Signer(salt="volunteers.for-care")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("for-care")
@for_one_reader
def lecture(request: HttpRequest) -> HttpResponse:
    return _ask(request, LectureForm, "lecture", requests.ask_for_lecture)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("for-care")
@for_one_reader
def brochures(request: HttpRequest) -> HttpResponse:
    return _ask(request, BrochureForm, "brochures", requests.order_brochures)


def _ask(
    request: HttpRequest, form_class: Any, name: str, deed: Callable[..., Any]
) -> HttpResponse:
    association = Association.load(request)
    template = f"volunteers/for_care/{name}.html"
    if request.method != "POST":
        return render(request, template, {"form": form_class(association=association)})
    form = form_class(request.POST, association=association)
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422)
    try:
        row = deed(form.cleaned_data["submission"], words=form.consent_text, **form.typed)
    except NobodyToAnswer:
        return render(request, template, {"form": form, "nobody": True}, status=503)
    signed = _signer.sign(f"{name}:{row.submission}")
    return see_other(reverse("volunteers:asked", args=[signed]))


@require_safe
@for_one_reader
def asked(request: HttpRequest, signed: str) -> HttpResponse:
    """After the press: who answers, and by which day."""
    try:
        name, key = _signer.unsign(signed).split(":")
    except BadSignature as error:
        raise Http404 from error
    model: Any = LectureBooking if name == "lecture" else BrochureOrder
    row = get_object_or_404(model.objects.exclude(name="").select_related("owner"), submission=key)
    return render(request, "volunteers/for_care/asked.html", {"row": row, "kind": name})


@require_http_methods(["GET", "HEAD", "POST"])
@limited("for-care")
@for_one_reader
def questions(request: HttpRequest, token: str) -> HttpResponse:
    """Three questions. The link is the same for everyone who listened."""
    try:
        about = open_door(token, purpose=DOOR)
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        return render(request, "expired_link.html", {"next_url": "/"}, status=410)
    booking = get_object_or_404(LectureBooking, pk=about)
    form = QuestionsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        lectures.answer(booking, **form.cleaned_data)
        return see_other(f"{request.path}?tack=1")
    context = {"form": form, "thanks": "tack" in request.GET}
    code = 422 if form.errors else 200
    return render(request, "volunteers/for_care/questions.html", context, status=code)
