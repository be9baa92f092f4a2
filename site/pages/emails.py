"""The letters of the public site."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from pages.models import CrisisLine


@letter("staff_crisis_check")
def crisis_check(row: Letter) -> Content | None:
    """To the two who check the crisis numbers. Not needed when somebody has checked meanwhile."""
    today = timezone.localdate()
    oldest = CrisisLine.objects.to_check(today).order_by("checked_on").first()
    if oldest is None:
        return None
    return Content(
        template="pages/mail/staff_crisis_check",
        context={
            "days": (today - oldest.checked_on).days,
            "url": urljoin(settings.SITE_URL, reverse("crisis_lines:list")),
        },
        because=_("Du får brevet för att du står som den som kontrollerar akutnumren."),
    )
