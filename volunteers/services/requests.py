"""A clinic, a school or a workplace asks for something: keep it, promise a day, and thank them."""

import uuid
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.services import next_decent_hour
from privacy.addresses import mail_key, tidy_email
from privacy.models import ConsentText
from privacy.services import note_consent
from volunteers.emails import outreach as emails
from volunteers.models import BrochureOrder, LectureBooking
from volunteers.services import who

PURPOSE = "for-care"

Row = TypeVar("Row", LectureBooking, BrochureOrder)


def ask_for_lecture(
    key: uuid.UUID, *, words: ConsentText | None = None, **typed: Any
) -> LectureBooking:
    """Raises NobodyToAnswer. The same key again is the same press."""
    return _once(LectureBooking, key, words, _("Svara på förfrågan"), typed)


def order_brochures(
    key: uuid.UUID, *, words: ConsentText | None = None, **typed: Any
) -> BrochureOrder:
    """Raises NobodyToAnswer. The same key again is the same press."""
    return _once(BrochureOrder, key, words, _("Posta broschyrerna"), typed)


def _once(
    model: type[Row], key: uuid.UUID, words: ConsentText | None, step: str, typed: dict[str, Any]
) -> Row:
    earlier = model._default_manager.filter(submission=key).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return _keep(model(submission=key, **typed), words, step)
        except IntegrityError:  # pressed twice at the same time: the other press was first
            earlier = model._default_manager.get(submission=key)
    return earlier


def _keep(row: Row, words: ConsentText | None, step: str) -> Row:
    now = timezone.now()
    promised = who.promise(timezone.localdate(now))
    row.email, row.email_key = tidy_email(row.email), mail_key(row.email)
    row.created_at, row.consent = now, note_consent(PURPOSE, at=now, text=words)
    row.plan(step, promised.answer_on, owner=promised.owner)
    row.save()
    emails.post(emails.RECEIVED, row, public=True)
    emails.tell_owner(row, due_at=next_decent_hour(now))
    return row
