"""A letter waits for somebody else's look: those who could be the second are told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import post
from newsletters.models import Issue

SECOND = "newsletter_second"


def post_second(issue: Issue, users: Iterable[Any], *, at: datetime) -> None:
    for user in users:
        once = f"{SECOND}:{issue.pk}:{user.pk}:{at.isoformat()}"
        post(SECOND, to=user.email, about={"issue": issue.pk}, dedupe_key=once)


@letter(SECOND)
def second(row: Letter) -> Content | None:
    issue = Issue.objects.filter(pk=row.about["issue"], approved_at=None).first()
    if issue is None:
        return None
    url = settings.SITE_URL + reverse("issues:second", args=[issue.pk])
    because = _("Du får det här mejlet för att du får godkänna nyhetsbrev.")
    return Content(f"newsletters/mail/{SECOND}", {"url": url}, because)
