"""Tell us what is missing in care, without a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from privacy.limits import limited
from privacy.responses import for_one_reader, see_other
from volunteers.forms.care import TellForm
from volunteers.services import caregaps


@require_http_methods(["GET", "HEAD", "POST"])
@limited("care")
@for_one_reader
def tell(request: HttpRequest) -> HttpResponse:
    form = TellForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        caregaps.tell(typed["submission"], theme=typed["theme"], text=typed["text"])
        return see_other(reverse("volunteers:told"))
    code = 422 if form.errors else 200
    return render(request, "volunteers/care/tell.html", {"form": form}, status=code)


@require_safe
@for_one_reader
def told(request: HttpRequest) -> HttpResponse:
    return render(request, "volunteers/care/told.html")
