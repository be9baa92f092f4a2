"""Letters to those at work who asked us for something, and to the one of us who answers."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint
from mail.services import post as post_letter
from volunteers.emails.leads import first_name, post_to
from volunteers.models import BrochureOrder, LectureBooking

RECEIVED = "request_received"
QUESTIONS = "lecture_questions"
NEW = "staff_new_request"

# The door to three questions, for everyone who listened.
DOOR = "lecture-questions"
OPEN_FOR = timedelta(days=60)

_KINDS: dict[str, type[LectureBooking | BrochureOrder]] = {
    "lecture": LectureBooking,
    "brochures": BrochureOrder,
}


def _about(row: Any) -> dict[str, Any]:
    what = "lecture" if isinstance(row, LectureBooking) else "brochures"
    return {"what": what, "request": row.pk}


def post(kind: str, row: Any, *, once: str = "", public: bool = False) -> Letter | None:
    about = _about(row)
    key = ":".join([kind, about["what"], str(row.pk), once]) if once else None
    return post_letter(kind, to=row.email, about=about, dedupe_key=key, public=public)


def tell_owner(row: Any, *, due_at: datetime) -> None:
    """That something has come, and where it is. Never what it says or from whom."""
    post_to(row.owner, NEW, due_at=due_at, **_about(row))


def _row(letter_row: Letter) -> Any:
    model = _KINDS[letter_row.about["what"]]
    rows = model._default_manager.exclude(name="").select_related("owner")
    return rows.filter(pk=letter_row.about["request"]).first()


def questions_url(booking: LectureBooking) -> str:
    """A new link to the three questions. Anyone who has it may answer, without a name."""
    token = mint(DOOR, about=str(booking.pk), expires_at=timezone.now() + OPEN_FOR)
    return settings.SITE_URL + reverse("volunteers:questions", args=[token])


@letter(RECEIVED)
def received(row: Letter) -> Content | None:
    request = _row(row)
    if request is None:
        return None
    return Content(
        template=f"volunteers/mail/{RECEIVED}",
        context={
            "name": request.name,
            "request": request,
            "owner": first_name(request.owner),
            "is_lecture": isinstance(request, LectureBooking),
        },
        because=_("Du får det här mejlet för att du fyllde i ett formulär hos oss."),
    )


@letter(NEW)
def new(row: Letter) -> Content | None:
    request = _row(row)
    if request is None or not request.is_open:
        return None
    name = "lecture" if isinstance(request, LectureBooking) else "order"
    url = settings.SITE_URL + reverse(f"outreach:{name}", args=[request.pk])
    return Content(
        template=f"volunteers/mail/{NEW}",
        context={"name": first_name(request.owner), "due_on": request.due_on, "url": url},
        because=_("Du får det här mejlet för att du svarar för det hos oss."),
    )


@letter(QUESTIONS)
def questions(row: Letter) -> Content | None:
    booking = _row(row)
    if booking is None:
        return None
    return Content(
        template=f"volunteers/mail/{QUESTIONS}",
        context={"name": booking.name, "url": questions_url(booking)},
        because=_("Du får det här mejlet för att vi har varit hos er."),
    )
