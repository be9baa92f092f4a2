"""The words of the letters about the choice itself."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint
from newsletters.doors import CHOICE, choice_url, token_for
from newsletters.emails.posting import CHANGED, CONFIRM
from newsletters.models import OptIn, Pace, Subscription

# The door of an answer that a mailbox gives.
OPT_IN = "newsletter-opt-in"
# A press that nobody confirms is forgotten after this.
TO_CONFIRM = timedelta(days=7)


def _content(name: str, because: str, **context: Any) -> Content:
    return Content(f"newsletters/mail/{name}", context, because)


@letter(CONFIRM)
def confirm(row: Letter) -> Content | None:
    asked = OptIn.objects.filter(pk=row.about["opt_in"], confirmed_at=None).first()
    if asked is None:
        return None
    because = _("Du får det här mejlet för att någon skrev din adress på sidan Nyhetsbrev.")
    kept = Subscription.objects.of_mailbox(asked.email_key).first()
    if kept and kept.pace != Pace.NONE and not kept.is_paused(timezone.localdate()):
        url = choice_url(token_for(kept, CHOICE))
        return _content("newsletter_already", because, pace=kept.get_pace_display(), url=url)
    token = mint(OPT_IN, about=str(asked.pk), expires_at=asked.created_at + TO_CONFIRM)
    url = settings.SITE_URL + reverse("newsletters:confirm", args=[token])
    return _content(CONFIRM, because, url=url)


@letter(CHANGED)
def changed(row: Letter) -> Content | None:
    kept = Subscription.objects.filter(pk=row.about["subscription"]).first()
    if kept is None or kept.pace == Pace.NONE:
        return None
    return _content(
        CHANGED,
        _("Du får det här mejlet för att du ändrade ditt nyhetsbrev."),
        pace=kept.get_pace_display().lower(),
        until=kept.paused_until if kept.is_paused(timezone.localdate()) else None,
        url=choice_url(token_for(kept, CHOICE)),
    )
