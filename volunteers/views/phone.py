"""The office's telephone on a phone: three taps after each call."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from privacy.responses import see_other
from volunteers.forms.care import PhoneForm
from volunteers.services import phone
from volunteers.views.desk import may


@may("add_phonecall")
@require_http_methods(["GET", "HEAD", "POST"])
def tally(request: HttpRequest) -> HttpResponse:
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        phone.note_call(
            typed["submission"], on=typed["on"], minutes=typed["minutes"],
            category=typed["category"],
        )  # fmt: skip
        return see_other(f"{reverse('volunteers:phone')}?sparat={typed['submission']}")
    calls, minutes = phone.of_day(timezone.localdate())
    context = {"form": form, "calls": calls, "minutes": minutes, "saved": _saved(request)}
    code = 422 if form.errors else 200
    return render(request, "volunteers/phone.html", context, status=code)


def _saved(request: HttpRequest) -> str:
    """The number of the press that has just been saved, so that it can be taken back."""
    try:
        return str(uuid.UUID(request.GET.get("sparat", "")))
    except ValueError:
        return ""


@may("add_phonecall")
@require_POST
def regret(request: HttpRequest) -> HttpResponse:
    try:
        key = uuid.UUID(request.POST.get("submission", ""))
    except ValueError as error:
        raise Http404 from error
    phone.take_back(key)
    return see_other(reverse("volunteers:phone"))
