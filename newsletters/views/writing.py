"""The way of a letter to a yes: its news, its subject, whom it is for and when, and stop and think.

Page one is Wagtail's own editor (wagtail_hooks). Each page can be opened in any order and saved as it
is; only the yes asks that all is in order.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from newsletters.emails import issue as words
from newsletters.forms.office import BeginForm, InboxForm, NewsForm, ReadersForm, WhenForm, YesForm
from newsletters.models import Issue
from newsletters.services import audience, checks, paper, second, starting, writing
from newsletters.services.audience import Choice
from newsletters.views.office import address, may, page
from privacy.responses import see_other

# The hour of a letter that is not sent at once (ux.md 2i).
HOUR = 10


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new letter: what it is, and which news it tells."""
    if not request.user.has_perm("newsletters.add_issue"):
        raise Http404
    form = BeginForm(posted(request))
    if form.is_bound and form.is_valid():
        kind = form.cleaned_data["kind"]
        issue = writing.begin(request.user, news=form.cleaned_data["news"], kind=kind)
        return see_other(address("edit", issue))
    code = 422 if form.errors else 200
    return page(request, "begin", None, _("Nytt brev"), code, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def news(request: HttpRequest, issue: Issue) -> HttpResponse:
    if not issue.is_draft:
        return see_other(address("result", issue))
    rows = [child.value for child in issue.body if child.block_type == "news"]
    chosen = [row.pk for row in rows if row]
    form = NewsForm(posted(request), chosen=chosen, initial={"news": chosen})
    if form.is_bound and form.is_valid():
        writing.pick_news(issue, form.cleaned_data["news"], actor=request.user)
        return see_other(address("edit", issue))
    code = 422 if form.errors else 200
    return page(request, "news", issue, _("Välj nyheter"), code, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def subject(request: HttpRequest, issue: Issue) -> HttpResponse:
    if not issue.is_draft:
        return see_other(address("result", issue))
    now = {"subject": issue.subject, "preheader": issue.preheader}
    form = InboxForm(posted(request), initial=now)
    if form.is_bound and form.is_valid():
        writing.entitle(issue, actor=request.user, **form.cleaned_data)
        return see_other(address("look", issue))
    code = 422 if form.errors else 200
    return page(request, "subject", issue, _("Ämnesrad"), code, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may("change")
def readers(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Whom it is for, and when. Every save counts anew."""
    if not issue.is_draft:
        return see_other(address("result", issue))
    is_notice = not issue.is_newsletter
    chosen = Choice.of(issue)
    form = ReadersForm(posted(request), initial=chosen.as_json(), is_notice=is_notice)
    good = next_good_hour(timezone.now())
    when = WhenForm(posted(request), good=good, wanted_at=issue.wanted_at)
    if form.is_bound and form.is_valid() and when.is_valid():
        writing.choose(issue, form.choice, wanted_at=when.wanted_at)
        on = "on" in request.POST and request.user.has_perm("newsletters.send_issue")
        return see_other(address("yes" if on else "readers", issue))
    context: dict[str, Any] = {
        "form": form,
        "when": when,
        "sums": audience.count(chosen, is_notice=is_notice),
        "needs_second": second.is_needed(),
    }
    code = 422 if form.is_bound else 200
    return page(request, "readers", issue, _("Vem och när"), code, **context)


def next_good_hour(now: datetime) -> datetime:
    """Ten o'clock on the nearest weekday."""
    day = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while day <= now + starting.TO_REGRET or day.weekday() >= 5:
        day += timedelta(days=1)
    return day


@require_http_methods(["GET", "HEAD", "POST"])
@may("send")
def say_yes(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Stop and think: the number, the hour, the first lines, and a yes."""
    if not issue.is_draft:
        return see_other(address("result", issue))
    stops = checks.stops(issue)
    form = YesForm(posted(request))
    if form.is_bound and form.is_valid() and not stops:
        typed = form.cleaned_data
        starting.approve(
            issue, actor=request.user, send_at=issue.wanted_at, shown=typed["shown"],
            mark=typed["mark"],
        )  # fmt: skip
        return see_other(address("result", issue))
    sums = audience.count(Choice.of(issue), is_notice=not issue.is_newsletter)
    number = sums.total
    title = ngettext(
        "Ska vi skicka till %(number)d person?", "Ska vi skicka till %(number)d personer?", number
    ) % {"number": number}
    code = 422 if form.is_bound else 200
    now = timezone.now()
    first = starting.first_moment(now)
    more = {
        "sums": sums,
        "stops": stops,
        "papers": paper.number(issue),
        "first": first,
        "is_night": first > now + starting.TO_REGRET,
    }
    return page(request, "yes", issue, title, code, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@may("send")
def give_second(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The second person reads it, and says that it is good."""
    if not issue.is_draft:
        return see_other(address("result", issue))
    form = YesForm(posted(request), use_required_attribute=False)
    if form.is_bound:
        second.give(issue, actor=request.user, mark=request.POST.get("mark", ""))
        messages.success(request, _("Du har godkänt brevet."))
        return see_other(address("second", issue))
    context: dict[str, Any] = {
        "text": words.look_at(issue)[1],
        "sums": audience.count(Choice.of(issue), is_notice=not issue.is_newsletter),
        "given": second.of(issue),
        "wrote": second.wrote(issue, request.user),
        "writers": writing.writers(issue),
        "needed": second.is_needed(),
    }
    return page(request, "second", issue, _("Godkänn brevet"), **context)


@require_POST
@may("change")
def ask_second(request: HttpRequest, issue: Issue) -> HttpResponse:
    asked = second.ask(issue)
    if asked:
        number = len(asked)
        text = ngettext(
            "%(number)d person har fått ett mejl.", "%(number)d personer har fått ett mejl.", number
        )
        messages.success(request, text % {"number": number})
    else:
        messages.warning(request, _("Ingen annan får godkänna brev. Ge någon rollen styrelse."))
    return see_other(address("readers", issue))
