"""A sending stopped by itself, or does not move: who said yes to it is told."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import post
from newsletters.models import Issue

ALARM = "newsletter_paused"
STUCK = "newsletter_stuck"


def post_alarm(issue: Issue) -> None:
    _post(ALARM, issue, once_for=issue.paused_at)


@letter(ALARM)
def alarm(row: Letter) -> Content | None:
    issue = Issue.objects.filter(pk=row.about["issue"], paused_at__isnull=False).first()
    if issue is None:
        return None
    return _about(ALARM, issue, why=issue.get_pause_display())


def post_stuck(issue: Issue, *, day: date) -> None:
    _post(STUCK, issue, once_for=day)


@letter(STUCK)
def stuck(row: Letter) -> Content | None:
    """Not when it has been stopped or has arrived since: this letter may have waited too."""
    issue = Issue.objects.under_way(timezone.now()).filter(pk=row.about["issue"]).first()
    return _about(STUCK, issue) if issue else None


def _post(kind: str, issue: Issue, *, once_for: date | None) -> None:
    if issue.approved_by:
        once = f"{kind}:{issue.pk}:{once_for}"
        post(kind, to=issue.approved_by.email, about={"issue": issue.pk}, dedupe_key=once)


def _about(kind: str, issue: Issue, **words: str) -> Content:
    url = f"{settings.SITE_URL}/admin/nyhetsbrev/{issue.pk}/resultat/"
    because = _("Du får det här mejlet för att du skickade brevet.")
    return Content(f"newsletters/mail/{kind}", {"url": url} | words, because)
