"""Interest in what has no date yet: written down, kept alive, and turned into places in one step."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import emails
from events.models import Event, Interest, Registration, Submission
from events.services import changes, places, waiting_list
from events.services.registration import SignUpClosed
from events.services.series import Proposed
from mail.services import next_decent_hour
from privacy.addresses import mail_key, tidy_email
from privacy.models import ConsentText
from privacy.services import note_consent

State = Registration.State
# The columns of what suits somebody.
SLOTS = {"day": _("Dagtid"), "evening": _("Kväll"), "weekend": _("Helg")}


class NobodyWaits(Exception):
    """Nobody is on the list."""


class NoTimes(Exception):
    """There is no time to come to."""


# --- the visitor ----------------------------------------------------------------------------------


@transaction.atomic(durable=True)
def declare(
    event: Event,
    *,
    key: uuid.UUID,
    name: str,
    email: str,
    times: Iterable[str] = (),
    mode: str = "",
    words: ConsentText | None = None,
) -> Submission:
    """Write somebody on the list. The same key again is the same press; with another address the
    first was wrong. Who is there already gets the letter once more and nothing is changed.

    Raises SignUpClosed.
    """
    event, now = places.lock(event.pk), timezone.now()
    earlier = Submission.objects.filter(key=key, event=event).first()
    if earlier and earlier.email_key == mail_key(email):
        return earlier
    if not event.takes_interest:
        raise SignUpClosed
    if earlier and earlier.interest:
        leave(earlier.interest)
    submission = earlier or Submission(key=key, event=event, created_at=now)
    submission.kind, submission.name = Submission.Kind.INTEREST, name
    submission.email, submission.email_key = tidy_email(email), mail_key(email)
    submission.consent = note_consent("events", at=now, text=words)
    submission.interest = None
    waiting = Interest.objects.waiting().filter(event=event, person_key=submission.email_key)
    interest = waiting.first()
    if interest is None:
        interest = submission.interest = _write(submission, set(times), mode, now)
    submission.save()
    emails.post_interest(emails.INTEREST, interest, public=True)
    return submission


def _write(submission: Submission, times: set[str], mode: str, now: datetime) -> Interest:
    assert submission.consent
    return Interest.objects.create(
        event=submission.event,
        name=submission.name,
        email=submission.email,
        person_key=submission.email_key,
        consent=submission.consent,
        created_at=now,
        kept_at=now,
        mode=mode,
        **_slots(times),
    )


def _slots(times: set[str]) -> dict[str, bool]:
    return {name: name in times for name in SLOTS}


def change(interest: Interest, *, times: Iterable[str], mode: str) -> Interest:
    """Other times suit them now. Who says so also wants to stay."""
    for name, wanted in _slots(set(times)).items():
        setattr(interest, name, wanted)
    interest.mode = mode
    interest.save(update_fields=["day", "evening", "weekend", "mode"])
    return stay(interest)


def stay(interest: Interest) -> Interest:
    """Yes, keep me on the list: for another year."""
    interest.kept_at, interest.asked_at = timezone.now(), None
    interest.save(update_fields=["kept_at", "asked_at"])
    return interest


def leave(interest: Interest) -> Interest:
    """Off the list, and forgotten at once but for the number."""
    if interest.is_waiting:
        forget(interest)
    return interest


def forget(interest: Interest) -> None:
    interest.left_at = interest.left_at or timezone.now()
    interest.name = interest.email = ""
    interest.person_key = f"forgotten:{uuid.uuid4()}"
    interest.save(update_fields=["left_at", "name", "email", "person_key"])


# --- the office -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wishes:
    """How many want what. Nobody is named."""

    everyone: int
    times: list[tuple[str, int]]
    modes: list[tuple[str, int]]


def wishes(event: Event) -> Wishes:
    rows = list(Interest.objects.waiting().filter(event=event))
    times = [
        (str(words), [getattr(row, name) for row in rows].count(True))
        for name, words in SLOTS.items()
    ]
    modes = [(str(mode.label), [row.mode for row in rows].count(mode)) for mode in Interest.Mode]
    return Wishes(len(rows), times, modes)


@transaction.atomic
def make_occasions(
    event: Event, proposed: list[Proposed], *, capacity: int | None, actor: Any
) -> list[Registration]:
    """The times are set: everyone on the list is asked, in the order in which they came; who does
    not fit stands in the queue. Returns the rows. Raises NobodyWaits or NoTimes."""
    event, now = places.lock(event.pk), timezone.now()
    waiting = list(Interest.objects.waiting().filter(event=event))
    if not waiting:
        raise NobodyWaits
    new = [{"starts_at": one.starts_at, "ends_at": one.ends_at}
           for one in proposed if one.starts_at and one.starts_at > now]  # fmt: skip
    if not new:
        raise NoTimes
    changes.write(event, added=new, actor=actor)
    changes.write_facts(
        event,
        {"sign_up": Event.SignUp.FORM, "capacity": capacity, "waiting_list": True,
         "promised_on": None},
        actor=actor,
    )  # fmt: skip
    rows = [_ask(interest) for interest in waiting]
    asked = {row.pk for row in waiting_list.release(event, now)}
    for row in rows:
        if row.pk not in asked:
            emails.post(emails.QUEUED, row)
    return rows


def _ask(interest: Interest) -> Registration:
    """In the queue since they said that they were interested."""
    row = Registration.objects.create(
        event_id=interest.event_id,
        name=interest.name,
        email=interest.email,
        person_key=interest.person_key,
        consent=interest.consent,
        created_at=timezone.now(),
        state=State.WAITING,
        queued_at=interest.created_at,
    )
    interest.registration = row
    interest.save(update_fields=["registration"])
    return row


@transaction.atomic
def not_now(event: Event, *, promised_on: date, actor: Any) -> int:
    """It does not come off this time: everyone is told, and when they hear more."""
    event = places.lock(event.pk)
    changes.write_facts(event, {"promised_on": promised_on}, actor=actor)
    waiting = list(Interest.objects.waiting().filter(event=event))
    due_at = next_decent_hour(timezone.now())
    for interest in waiting:
        emails.post_interest(
            emails.INTEREST_NO, interest, due_at=due_at, once=promised_on.isoformat()
        )
    return len(waiting)


def broken_promises(today: date) -> Any:
    """Activities whose readers should have heard by now."""
    promised = Event.objects.public().filter(
        sign_up=Event.SignUp.INTEREST, cancelled_at=None, promised_on__lt=today
    )
    return promised.filter(interests__in=Interest.objects.waiting()).distinct()


# --- the clock ------------------------------------------------------------------------------------


def ask_still(now: datetime | None = None) -> int:
    """After a year: do you want to stay? Who does not answer in two weeks is taken off the list."""
    now = now or timezone.now()
    for interest in Interest.objects.silent(now):
        forget(interest)
    if next_decent_hour(now) != now:
        return 0
    rows = list(Interest.objects.to_ask(now))
    for interest in rows:
        with transaction.atomic():
            interest.asked_at = now
            interest.save(update_fields=["asked_at"])
            emails.post_interest(emails.INTEREST_STILL, interest, once=f"{now:%Y%m%d}")
    return len(rows)
