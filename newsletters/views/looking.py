"""Looking at a letter before it leaves: as mail, as text, as one of its readers; tests and checks."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from newsletters.emails import issue as words
from newsletters.emails.trial import post_test
from newsletters.forms.office import TrialForm
from newsletters.models import Issue
from newsletters.services import as_reader, checks, links, writing
from newsletters.views.office import address, may, page
from privacy.responses import see_other

# What the letter can be looked at as; the first is what is shown.
PHONE, DESK, DARK, TEXT = "mobil", "dator", "morkt", "text"
WAYS = {
    PHONE: gettext_lazy("Mobil"),
    DESK: gettext_lazy("Dator"),
    DARK: gettext_lazy("Mörkt"),
    TEXT: gettext_lazy("Bara text"),
}


@require_safe
@may("change")
def look(request: HttpRequest, issue: Issue) -> HttpResponse:
    user: Any = request.user
    return look_page(request, issue, TrialForm(initial={"to": user.email}))


def look_page(request: HttpRequest, issue: Issue, form: TrialForm, code: int = 200) -> HttpResponse:
    reader = as_reader.find(issue, request.GET.get("som", "").strip(), actor=request.user)
    way = request.GET.get("visa", "")
    context: dict[str, Any] = {
        "form": form,
        "checks": checks.review(issue) if issue.is_draft else [],
        "ways": WAYS,
        "way": TEXT if reader.text_only else way if way in WAYS else PHONE,
        "reader": reader,
        "text": words.look_at(issue, name=reader.first_name)[1],
    }
    return page(request, "look", issue, _("Titta och testa"), code, **context)


@require_safe
@may("change")
def list_of_checks(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The list alone, for a page that waits for a link to answer."""
    found = checks.review(issue) if issue.is_draft else []
    return render(request, "newsletters/office/_checks.html", {"issue": issue, "checks": found})


@require_safe
@may("change")
def as_mail(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The letter alone, for the frame on the page above, which knows whom it greets."""
    return letter(issue, request.GET.get("visa", ""), name=request.GET.get("namn", "")[:80])


def letter(issue: Issue, way: str, *, name: str = "") -> HttpResponse:
    _subject, text, html = words.look_at(issue, name=name)
    if way == TEXT:
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    else:
        response = HttpResponse(words.in_the_dark(html) if way == DARK else html)
    # It brings its own styles, as it does in a mailbox, and nothing else.
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
    )
    return response


@require_POST
@may("change")
def send_test(request: HttpRequest, issue: Issue) -> HttpResponse:
    user: Any = request.user
    form = TrialForm(request.POST if "to" in request.POST else {"to": user.email})
    if not form.is_valid():
        return look_page(request, issue, form, 422)
    addresses = form.cleaned_data["to"]
    for to in addresses:
        post_test(issue, to=to, name=user.first_name if to == user.email else "")
    writing.note_test(issue)
    text = ngettext(
        "Ett test är på väg till %(to)s.", "Tester är på väg till %(to)s.", len(addresses)
    )
    messages.success(request, text % {"to": ", ".join(addresses)})
    return see_other(address("look", issue))


@require_POST
@may("change")
def mean_day(request: HttpRequest, issue: Issue) -> HttpResponse:
    """That day has been, and it is meant."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return see_other(address("look", issue))
    writing.mean_day(issue, day)
    return see_other(address("look", issue))


@require_POST
@may("change")
def try_links_again(request: HttpRequest, issue: Issue) -> HttpResponse:
    links.ask_again(issue)
    return see_other(address("look", issue))
