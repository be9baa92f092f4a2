"""From the form to the fee: what was saved for later, and who is a member already."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint, post
from members.models import Application, Membership, Person

SAVED = "member_saved"
ALREADY = "member_already"

# A door to what somebody typed at /bli-medlem/.
JOIN = "members-join"
KEPT_FOR = timedelta(days=30)


def post_saved(application: Application) -> None:
    post(SAVED, to=application.email, about={"application": application.pk}, public=True)


def post_already(application: Application, year: int) -> None:
    """Sent only to whom it concerns: who has that year already."""
    post(
        ALREADY,
        to=application.email,
        about={"application": application.pk, "year": year},
        dedupe_key=f"{ALREADY}:{application.pk}",
        public=True,
    )


def continue_url(application: Application) -> str:
    token = mint(JOIN, about=str(application.pk), expires_at=timezone.now() + KEPT_FOR)
    return settings.SITE_URL + reverse("members:join_again", args=[token])


def _content(letter_name: str, **context: Any) -> Content:
    return Content(
        template=f"members/mail/{letter_name}",
        context=context,
        because=_("Du får det här mejlet för att någon skrev din adress på sidan Bli medlem."),
    )


@letter(SAVED)
def saved(row: Letter) -> Content | None:
    application = Application.objects.filter(pk=row.about["application"]).first()
    if application is None or application.person_id:
        return None
    return _content(SAVED, name=application.first_name, url=continue_url(application))


@letter(ALREADY)
def already(row: Letter) -> Content | None:
    """Only the mailbox is told, never the screen."""
    from members.emails.fees import renew_door  # noqa: PLC0415 -- the two need each other's doors

    application = Application.objects.filter(pk=row.about["application"]).first()
    if application is None or application.person_id:
        return None
    person = Person.objects.known_as(application.email_key, application.full_name)
    if person is None:
        return None
    mine = Membership.objects.ever_in_force(person).filter(ended_on__isnull=True)
    last = mine.order_by("-ends_on").first()
    if last is None or last.ends_on.year < row.about["year"]:
        return None
    year = last.ends_on.year + 1
    return _content(
        ALREADY,
        name="" if person.is_protected else person.first_name,
        until=last.ends_on,
        year=year,
        # A year ahead is as far as anybody pays.
        url=renew_door(person, year) if year <= timezone.localdate().year + 1 else "",
    )
