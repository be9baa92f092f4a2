"""An issue on its way, in the admin: look, test, choose readers, say yes, and what came of it.

The writing itself is Wagtail's editor (wagtail_hooks). Each page here is one step and can be opened
in any order; only the yes asks that all is in order.
"""

import functools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from newsletters.emails import issue as words
from newsletters.emails.trial import post_test
from newsletters.forms import AudienceForm, YesForm
from newsletters.models import Issue
from newsletters.services import audience, checks, paper, results, starting
from newsletters.services.audience import Choice
from privacy.responses import see_other

View = Callable[..., HttpResponse]
# Where these addresses live: wagtail_hooks hangs them under /admin/nyhetsbrev/.
NAMESPACE = "issues"
# The hour of a letter that is not sent at once (ux.md 2i).
HOUR = 10

REFUSALS: dict[type[Exception], Any] = {
    starting.AlreadyApproved: gettext_lazy("Någon har redan sagt ja. Brevet skickas en gång."),
    starting.NobodyToSendTo: gettext_lazy("Det finns ingen att skicka till. Välj fler."),
    starting.NumberHasChanged: gettext_lazy("Antalet har ändrats. Titta en gång till."),
    starting.NotNow: gettext_lazy("Det går inte just nu. Så här ser det ut."),
}
CAME_BETWEEN = tuple(REFUSALS)


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            if not request.user.has_perm(f"newsletters.{permission}_issue"):
                raise Http404
            issue = get_object_or_404(Issue, pk=pk)
            try:
                return view(request, issue)
            except CAME_BETWEEN as error:
                messages.warning(request, REFUSALS[type(error)])
                back = "yes" if issue.is_draft else "result"
                return see_other(address(back, issue))

        return guarded

    return decorate


def address(name: str, issue: Issue) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=[issue.pk])


def page(
    request: HttpRequest, name: str, issue: Issue, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Hem")},
        {"url": reverse(f"{NAMESPACE}:index"), "label": _("Nyhetsbrev")},
        {"url": "", "label": title},
    ]
    context |= {
        "issue": issue,
        "here": name,
        "breadcrumbs_items": trail,
        "header_title": title,
        "header_icon": "mail",
    }
    return render(request, f"newsletters/office/{name}.html", context, status=code)


@require_safe
@may("change")
def look(request: HttpRequest, issue: Issue) -> HttpResponse:
    subject, text, _html = words.look_at(issue)
    stops = checks.stops(issue) if issue.is_draft else []
    return page(
        request, "look", issue, _("Titta och testa"), subject=subject, text=text, stops=stops
    )


@require_safe
@may("change")
def as_mail(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The letter alone, for the frame on the page above."""
    response = HttpResponse(words.look_at(issue)[2])
    # It brings its own styles, as it does in a mailbox, and nothing else.
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
    )
    return response


@require_POST
@may("change")
def send_test(request: HttpRequest, issue: Issue) -> HttpResponse:
    user: Any = request.user
    post_test(issue, to=user.email, name=user.first_name)
    messages.success(request, _("Ett test är på väg till %(email)s.") % {"email": user.email})
    return see_other(address("look", issue))


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def readers(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Whom it is for. Every save counts anew."""
    if not issue.is_draft:
        return see_other(address("result", issue))
    is_notice = not issue.is_newsletter
    chosen = Choice.of(issue)
    data = request.POST if request.method == "POST" else None
    form = AudienceForm(data, initial=chosen.as_json(), is_notice=is_notice)
    if form.is_bound and form.is_valid():
        issue.audience = form.choice.as_json()
        # Not through save(): whom it is for is no change of the letter.
        Issue.objects.filter(pk=issue.pk, approved_at=None).update(audience=issue.audience)
        return see_other(address("yes" if "on" in request.POST else "readers", issue))
    sums = audience.count(chosen, is_notice=is_notice)
    code = 422 if form.errors else 200
    return page(request, "readers", issue, _("Vem får brevet?"), code, form=form, sums=sums)


@require_http_methods(["GET", "HEAD", "POST"])
@may("send")
def say_yes(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Stop and think: the number, the hour, the first lines, and a yes."""
    if not issue.is_draft:
        return see_other(address("result", issue))
    stops = checks.stops(issue)
    data = request.POST if request.method == "POST" else None
    form = YesForm(data, initial={"when": YesForm.NOW}, later=next_good_hour(timezone.now()))
    if form.is_bound and form.is_valid() and not stops:
        shown = form.cleaned_data["shown"]
        starting.approve(issue, actor=request.user, send_at=form.send_at, shown=shown)
        return see_other(address("result", issue))
    sums = audience.count(Choice.of(issue), is_notice=not issue.is_newsletter)
    number = sums.total
    title = ngettext(
        "Ska vi skicka till %(number)d person?", "Ska vi skicka till %(number)d personer?", number
    ) % {"number": number}
    code = 422 if form.is_bound else 200
    return page(request, "yes", issue, title, code, form=form, sums=sums, stops=stops)


def next_good_hour(now: datetime) -> datetime:
    """Ten o'clock on the nearest weekday."""
    day = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while day <= now + starting.TO_REGRET or day.weekday() >= 5:
        day += timedelta(days=1)
    return day


@require_safe
@may("change")
def result(request: HttpRequest, issue: Issue) -> HttpResponse:
    if issue.is_draft:
        return see_other(address("look", issue))
    state = issue.state
    left = issue.send_at - timezone.now() if issue.send_at else timedelta()
    context: dict[str, Any] = {
        "result": results.of(issue),
        "papers": paper.sums(issue),
        "state": state.value,
        "minutes": max(1, round(left.total_seconds() / 60)),
        "is_soon": left <= timedelta(minutes=60),
    }
    return page(request, "result", issue, str(state.label), **context)


@require_POST
@may("send")
def stop(request: HttpRequest, issue: Issue) -> HttpResponse:
    issue = starting.stop(issue)
    if issue.is_draft:
        messages.success(request, _("Stoppat. Inget har skickats. Brevet är ett utkast igen."))
        return see_other(address("look", issue))
    messages.success(request, _("Stoppat. Resten skickas inte."))
    return see_other(address("result", issue))


@require_POST
@may("send")
def pause(request: HttpRequest, issue: Issue) -> HttpResponse:
    starting.pause(issue)
    return see_other(address("result", issue))


@require_POST
@may("send")
def resume(request: HttpRequest, issue: Issue) -> HttpResponse:
    starting.resume(issue)
    return see_other(address("result", issue))


@require_POST
@may("send")
def again(request: HttpRequest, issue: Issue) -> HttpResponse:
    """To those of whom we do not know: somebody has decided that two are better than none."""
    number = starting.send_unknown_again(issue)
    messages.success(request, _("Skickas igen till %(number)d.") % {"number": number})
    return see_other(address("result", issue))
