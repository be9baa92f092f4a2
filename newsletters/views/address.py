"""The page that a letter on paper names: a code, and an address that works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from newsletters.forms.readers import AddressForm
from newsletters.services import codes
from privacy.limits import limited
from privacy.responses import see_other

# Tries per visitor and hour. 25 signs in 8 places are more than anybody gets through.
TRIES = (20, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("address-code", TRIES)
def put_right(request: HttpRequest) -> HttpResponse:
    """The answer is the same page, whatever was typed."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        codes.put_right(form.cleaned_data["code"], form.cleaned_data["email"])
        return see_other(reverse("newsletters:address_asked"))
    code = 422 if form.is_bound else 200
    return render(request, "newsletters/address.html", {"form": form}, status=code)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletters/address_asked.html")
