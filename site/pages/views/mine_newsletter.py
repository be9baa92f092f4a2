"""The newsletter on Mina sidor: the log-in has proven the mailbox, so the choice is made there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.models import Person
from newsletters.forms.readers import ChoiceForm
from newsletters.models import Pace, Subscription
from newsletters.services import choices
from pages.views.mine import for_members, page, sent
from privacy.addresses import mail_key
from privacy.responses import see_other

MINE = Subscription.Source.MINE


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def newsletter(request: HttpRequest, person: Person | None) -> HttpResponse:
    email = request.user.email  # type: ignore[union-attr]  # logged in
    kept = Subscription.objects.of_mailbox(mail_key(email)).first()
    is_paused = kept is not None and kept.is_paused(timezone.localdate())
    form = ChoiceForm(sent(request), now=kept, is_paused=is_paused)
    if "end" in request.POST:
        choices.end(email, source=MINE)
        return _saved()
    if form.is_bound and form.is_valid():
        choices.change(email, source=MINE, **form.facts)
        return _saved()
    context: dict[str, Any] = {
        "form": form,
        "saved": "sparat" in request.GET and not form.is_bound,
        "ended": kept is not None and kept.pace == Pace.NONE,
        "paused_until": kept.paused_until if kept and is_paused else None,
    }
    return page(request, "newsletter", 422 if form.errors else 200, **context)


def _saved() -> HttpResponse:
    return see_other(f"{reverse('pages:mine_newsletter')}?sparat=1")
