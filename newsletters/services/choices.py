"""What a mailbox wants: asked for, confirmed, changed, paused, ended. Every yes is kept."""

import calendar
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletters.emails.posting import post_changed, post_confirm
from newsletters.models import OptIn, Pace, Subscription
from newsletters.services.suppression import hash_of, release
from privacy.addresses import mail_key, tidy_email
from privacy.models import Consent
from privacy.services import note_consent

PURPOSE = "newsletter"
# A pause that somebody asks for, in months (ux.md 2l).
PAUSE = 3
Source = Subscription.Source


def ask(key: UUID, *, email: str) -> OptIn:
    """Somebody typed an address. The same work for a known and an unknown one: a row and a letter.

    The same number again is the same press.
    """
    try:
        with transaction.atomic():
            now = timezone.now()
            row = OptIn.objects.create(
                key=key,
                email=tidy_email(email),
                email_key=mail_key(email),
                consent=note_consent(PURPOSE, at=now),
                created_at=now,
            )
            post_confirm(row)
            return row
    except IntegrityError:
        return OptIn.objects.get(key=key)


@transaction.atomic
def confirm(row: OptIn) -> Subscription | None:
    """The mailbox has answered. Who had a pace keeps it; who had said no gets it every week.

    The second press on the same link changes nothing, whatever was chosen in between.
    """
    row = OptIn.objects.select_for_update().get(pk=row.pk)
    kept = _of(row.email_key)
    if row.confirmed_at:
        return kept
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    release(hash_of(row.email_key))
    pace = kept.pace if kept and kept.pace != Pace.NONE else Pace.WEEKLY
    chosen = _write(row.email, Pace(pace), Source.WEB, _copy(row.consent))
    chosen.paused_until = None
    chosen.save(update_fields=["paused_until", "changed_at"])
    return chosen


@transaction.atomic
def choose(
    email: str, *, pace: Pace, text_only: bool, source: Subscription.Source, pause: bool = False
) -> Subscription:
    """What somebody chose on their own page. A no ends the yes; a yes is noted anew after a no."""
    kept = _of(mail_key(email))
    has_yes = kept is not None and kept.pace != Pace.NONE
    yes = None if has_yes or pace == Pace.NONE else note_consent(PURPOSE, at=timezone.now())
    chosen = _write(email, pace, source, yes)
    if pace != Pace.NONE:
        release(hash_of(chosen.email_key))
    today = timezone.localdate()
    chosen.paused_until = in_months(today, PAUSE) if pause else None
    chosen.text_only = text_only
    chosen.save(update_fields=["paused_until", "text_only", "changed_at"])
    return chosen


def change(email: str, **facts: Any) -> Subscription:
    """The choice on somebody's page, and a letter that says what is so now."""
    with transaction.atomic():
        before = _of(mail_key(email))
        told = (before.pace, before.paused_until) if before else (Pace.WEEKLY, None)
        chosen = choose(email, **facts)
        if (chosen.pace, chosen.paused_until) != told:
            post_changed(chosen)
        return chosen


@transaction.atomic
def end(email: str, *, source: Subscription.Source = Source.LETTER) -> Subscription:
    """No more newsletters. Pressed twice it is the same no."""
    kept = _of(mail_key(email))
    text_only = kept is not None and kept.text_only
    return choose(email, pace=Pace.NONE, text_only=text_only, source=source)


@transaction.atomic
def answered_at_joining(email: str, consent: Consent | None) -> Subscription | None:
    """The tick on the way to becoming a member. Who chose something before keeps it, but for a
    no that becomes a yes; an empty box is a no only for who had no choice."""
    kept = _of(mail_key(email))
    if kept and (consent is None or kept.pace != Pace.NONE):
        return kept
    if consent is None:
        return _write(email, Pace.NONE, Source.JOIN, None)
    release(hash_of(mail_key(email)))
    return _write(email, Pace.WEEKLY, Source.JOIN, _copy(consent))


def _of(key: str) -> Subscription | None:
    """The row of a mailbox, locked: two presses at once come one after the other."""
    return Subscription.objects.select_for_update(of=("self",)).of_mailbox(key).first()


def _write(
    email: str, pace: Pace, source: Subscription.Source, yes: Consent | None
) -> Subscription:
    now = timezone.now()
    row = _of(mail_key(email)) or Subscription(email=email, created_at=now)
    if pace == Pace.NONE and row.consent:
        Consent.objects.filter(pk=row.consent.pk, withdrawn_at=None).update(withdrawn_at=now)
    row.pace, row.source = pace, source
    row.consent = yes or row.consent
    row.save()
    return row


def _copy(consent: Consent) -> Consent:
    """A yes belongs to one row."""
    return Consent.objects.create(
        text=consent.text, channel=consent.channel, given_at=consent.given_at
    )


def in_months(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that day is missing."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
