"""A sending stopped by itself: who said yes to it is told."""

from django.conf import settings
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import post
from newsletters.models import Issue

ALARM = "newsletter_paused"


def post_alarm(issue: Issue) -> None:
    if issue.approved_by:
        about = {"issue": issue.pk}
        once = f"{ALARM}:{issue.pk}:{issue.paused_at}"
        post(ALARM, to=issue.approved_by.email, about=about, dedupe_key=once)


@letter(ALARM)
def alarm(row: Letter) -> Content | None:
    issue = Issue.objects.filter(pk=row.about["issue"], paused_at__isnull=False).first()
    if issue is None:
        return None
    url = f"{settings.SITE_URL}/admin/nyhetsbrev/{issue.pk}/resultat/"
    because = _("Du får det här mejlet för att du skickade brevet.")
    return Content(
        f"newsletters/mail/{ALARM}", {"why": issue.get_pause_display(), "url": url}, because
    )
