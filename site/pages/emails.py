"""The letters of the public site."""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint, post
from members.models import Person
from members.services.erasing import TO_REGRET
from members.services.people import reveal
from pages.models import CrisisLine

ERASE = "erase_confirm"
# A week to press the button, and the days in which it can be undone.
DOOR_OPEN = timedelta(days=7) + TO_REGRET


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


def post_erase(person: Person) -> None:
    post(ERASE, to=person.email, about={"person": person.pk})


@letter(ERASE)
def erase_confirm(row: Letter) -> Content | None:
    """Whether it really was they who asked. Nothing has happened yet."""
    person = Person.objects.in_register().filter(pk=row.about["person"]).first()
    if person is None:
        return None
    ends = timezone.now() + DOOR_OPEN
    token = mint(ERASE, about=str(person.reference), expires_at=ends)
    return Content(
        template="pages/mail/erase_confirm",
        context={
            "name": reveal(person).first_name,
            "url": settings.SITE_URL + reverse("pages:erasing", args=[token]),
        },
        because=_("Du får det här mejlet för att någon bad om det på Mina sidor."),
    )
