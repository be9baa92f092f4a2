"""A lecture on its way from a question to what came of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mail import workdays
from privacy.addresses import mail_key, tidy_email
from privacy.models import Consent
from privacy.services import note_consent
from volunteers.emails import outreach as emails
from volunteers.models import BrochureOrder, Evaluation, LectureBooking, Lecturer
from volunteers.services import who
from volunteers.services.errands import SomebodyElseDidIt
from volunteers.services.requests import PURPOSE

State = LectureBooking.State
# Days until we ask about an offer that nobody has answered, and until we follow up a visit.
ASK_AGAIN, FOLLOW_UP = 7, 5
# Fewer answers than this are not summed up: they might be one person's.
FEWEST_ANSWERS = 5
# Which way a booking can go.
WAYS: dict[str, tuple[str, ...]] = {
    State.ASKED: (State.OFFERED, State.CONFIRMED, State.CANCELLED),
    State.OFFERED: (State.OFFERED, State.CONFIRMED, State.CANCELLED),
    State.CONFIRMED: (State.CONFIRMED, State.DONE, State.CANCELLED),
    State.DONE: (),
    State.CANCELLED: (),
}


class NoTrainedLecturer(Exception):
    """Nobody is chosen, or somebody whose training does not hold on that day."""


@transaction.atomic
def move(
    booking: LectureBooking, to: str, facts: dict[str, Any], *, seen: str, actor: Any
) -> LectureBooking:
    """The next state, with what is known by then. `seen`: the state that the page showed.

    Raises SomebodyElseDidIt or NoTrainedLecturer.
    """
    row = LectureBooking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if row.state != seen or to not in WAYS[row.state]:
        raise SomebodyElseDidIt
    lecturers = facts.pop("lecturers", None)
    for name, value in facts.items():
        setattr(row, name, value)
    if lecturers is not None:
        row.lecturers.set(lecturers)
    if to == State.CONFIRMED:
        _check_lecturers(row)
    row.state = to
    _plan(row, actor)
    row.save()
    return row


def _check_lecturers(row: LectureBooking) -> None:
    day = timezone.localdate(row.starts_at)
    chosen = set(row.lecturers.values_list("pk", flat=True))
    if not chosen or chosen - set(Lecturer.objects.able(day).values_list("pk", flat=True)):
        raise NoTrainedLecturer


def _plan(row: LectureBooking, actor: Any) -> None:
    today = timezone.localdate()
    match row.state:
        case State.OFFERED:
            row.plan(_("Fråga om de har bestämt sig"), today + timedelta(days=ASK_AGAIN))
        case State.CONFIRMED:
            day = timezone.localdate(row.starts_at)
            row.plan(_("Hör hur det gick"), workdays.after(max(day, today), 1))
        case State.DONE:
            row.plan(_("Tacka och skicka frågorna"), workdays.after(today, FOLLOW_UP))
        case State.CANCELLED:
            row.close(today)


@transaction.atomic
def follow_up(booking: LectureBooking, facts: dict[str, Any]) -> LectureBooking:
    """Thanked, asked, and noted what it led to: nothing more is to be done."""
    row = LectureBooking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if row.state != State.DONE:
        raise SomebodyElseDidIt
    for name, value in facts.items():
        setattr(row, name, value)
    row.close(timezone.localdate())
    row.save()
    return row


@transaction.atomic
def change(booking: LectureBooking, facts: dict[str, Any]) -> LectureBooking:
    """Who has it, what is next and by when, and how the other side is reached."""
    row = LectureBooking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    row.email, row.email_key = tidy_email(row.email), mail_key(row.email)
    row.save(update_fields=[*facts, "email_key"])
    return row


@transaction.atomic
def save_lecturer(lecturer: Lecturer) -> Lecturer:
    """A new one said yes to be kept, to us, in person."""
    if lecturer._state.adding:
        channel = Consent.Channel.OFFICE
        lecturer.consent = note_consent("lecturers", at=timezone.now(), channel=channel)
    lecturer.email = tidy_email(lecturer.email) if lecturer.email else ""
    lecturer.email_key = mail_key(lecturer.email) if lecturer.email else ""
    lecturer.save()
    return lecturer


@transaction.atomic
def send_questions(booking: LectureBooking) -> None:
    """A letter to the one who asked, with the link to the three questions. Once."""
    emails.post(emails.QUESTIONS, booking, once="questions")


@transaction.atomic
def post_brochures(order: BrochureOrder) -> BrochureOrder:
    row = BrochureOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    today = timezone.localdate()
    row.posted_on = row.posted_on or today
    row.close(today)
    row.save()
    return row


@transaction.atomic
def enter(facts: dict[str, Any], *, actor: Any) -> LectureBooking:
    """A request that came by phone or by mail; who typed it answers it."""
    now = timezone.now()
    yes = note_consent(PURPOSE, at=now, channel=Consent.Channel.OFFICE)
    row = LectureBooking(created_at=now, consent=yes, **facts)
    row.email, row.email_key = tidy_email(row.email), mail_key(row.email)
    promised = who.promise(timezone.localdate(now), actor)
    row.plan(_("Svara på förfrågan"), promised.answer_on, owner=promised.owner)
    row.save()
    return row


def answer(
    booking: LectureBooking, *, submission: UUID, useful: str, clear: str, missed: str, **_more: Any
) -> Evaluation:
    """One listener's answer. The same press again is the same answer."""
    said = {"booking": booking, "useful": useful, "clear": clear, "missed": missed}
    return Evaluation.objects.get_or_create(submission=submission, defaults=said)[0]


def answers(booking: LectureBooking) -> dict[str, Any]:
    """How many said what; the words themselves too. Nothing while the answers are few."""
    rows = list(Evaluation.objects.filter(booking=booking))
    if len(rows) < FEWEST_ANSWERS:
        return {"number": len(rows), "are_few": True}
    return {
        "number": len(rows),
        "useful": _share(rows, "useful"),
        "clear": _share(rows, "clear"),
        # In the order of the alphabet: not in the order in which people pressed.
        "missed": sorted(row.missed for row in rows if row.missed),
    }


def _share(rows: list[Evaluation], name: str) -> int:
    """Percent who said yes."""
    yes = sum(getattr(row, name) == Evaluation.Scale.YES for row in rows)
    return round(100 * yes / len(rows))
