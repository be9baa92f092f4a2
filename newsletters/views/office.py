"""An issue on its way, in the admin: what its pages share, and what came of it after a yes."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from newsletters.models import Issue
from newsletters.services import paper, results, second, starting
from newsletters.services.hours import decent_from, is_decent
from newsletters.services.stuck import stuck
from privacy.responses import see_other

View = Callable[..., HttpResponse]
# Where these addresses live: wagtail_hooks hangs them under /admin/nyhetsbrev/.
NAMESPACE = "issues"

REFUSALS: dict[type[Exception], Any] = {
    starting.AlreadyApproved: gettext_lazy("Någon har redan sagt ja. Brevet skickas en gång."),
    starting.NobodyToSendTo: gettext_lazy("Det finns ingen att skicka till. Välj fler."),
    starting.NumberHasChanged: gettext_lazy("Antalet har ändrats. Titta en gång till."),
    starting.NeedsSecond: gettext_lazy("En till i styrelsen behöver godkänna brevet först."),
    second.WordsHaveChanged: gettext_lazy("Någon ändrade brevet nyss. Titta en gång till."),
    second.OwnWords: gettext_lazy("Du har själv skrivit i brevet. Någon annan godkänner det."),
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
                return see_other(address(_back(request, issue), issue))

        return guarded

    return decorate


def _back(request: HttpRequest, issue: Issue) -> str:
    here = request.resolver_match.url_name if request.resolver_match else ""
    if not Issue.objects.filter(pk=issue.pk, approved_at=None).exists():
        return "result"
    return "second" if here == "second" else "yes"


def address(name: str, issue: Issue) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=[issue.pk])


def page(
    request: HttpRequest,
    name: str,
    issue: Issue | None,
    title: str,
    code: int = 200,
    **context: Any,
) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Hem")},
        {"url": reverse(f"{NAMESPACE}:list"), "label": _("Nyhetsbrev")},
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
def result(request: HttpRequest, issue: Issue) -> HttpResponse:
    if issue.is_draft:
        return see_other(address("look", issue))
    state, now = issue.state, timezone.now()
    left = issue.send_at - now if issue.send_at else timedelta()
    context: dict[str, Any] = {
        "result": results.of(issue),
        "papers": paper.sums(issue),
        "state": state.value,
        "minutes": max(1, round(left.total_seconds() / 60)),
        "is_soon": left <= timedelta(minutes=60),
        "is_stuck": issue in stuck(now),
        # Begun by day, and not through before the night.
        "goes_on_at": None if is_decent(now) else decent_from(now),
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
