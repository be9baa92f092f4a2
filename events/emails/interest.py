"""The letters to those who are interested in what has no date yet."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Interest
from events.models.interest import ANSWER_WITHIN, ASK_AFTER
from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint
from mail.services import post as post_letter

INTEREST = "interest_received"
INTEREST_NO = "interest_result"
INTEREST_STILL = "interest_still"
# What the door of these letters opens.
INTERESTED = "events-interest"


def post_interest(
    kind: str,
    interest: Interest,
    *,
    due_at: datetime | None = None,
    once: str | None = None,
    public: bool = False,
) -> Letter | None:
    return post_letter(
        kind,
        to=interest.email,
        about={"interest": interest.pk},
        due_at=due_at,
        dedupe_key=f"{kind}:{interest.pk}:{once}" if once else None,
        public=public,
    )


def interest_url(interest: Interest) -> str:
    """Open until they would be asked again and have had time to answer."""
    expires_at = timezone.now() + ASK_AFTER + 2 * ANSWER_WITHIN
    token = mint(INTERESTED, about=str(interest.pk), expires_at=expires_at)
    return settings.SITE_URL + reverse("events:interested", args=[token])


def _content(row: Letter, **context: Any) -> Content | None:
    interest = Interest.objects.select_related("event").filter(pk=row.about["interest"]).first()
    if interest is None or not interest.is_waiting:
        return None
    return Content(
        template=f"events/mail/{row.kind}",
        context={
            "name": interest.name,
            "event": interest.event,
            "url": interest_url(interest),
            **context,
        },
        because=_("Du får det här mejlet för att du har sagt att du är intresserad av en träff."),
    )


@letter(INTEREST)
def received(row: Letter) -> Content | None:
    return _content(row)


@letter(INTEREST_NO)
def not_now(row: Letter) -> Content | None:
    return _content(row)


@letter(INTEREST_STILL)
def still(row: Letter) -> Content | None:
    return _content(row)
