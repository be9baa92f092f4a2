"""Somebody wants to help: keep what they typed, promise a day, and thank them."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mail.services import next_decent_hour
from privacy.addresses import mail_key, tidy_email
from privacy.models import ConsentText
from privacy.services import note_consent
from volunteers.emails import leads as emails
from volunteers.models import Lead, LeadMove, Role
from volunteers.services import who

PURPOSE = "volunteers"
# What the person may change later, by the link in the letter.
THEIR_OWN = ("name", "phone", "contact_by", "good_time", "pace", "message", "is_unsure")


def receive(
    key: uuid.UUID,
    *,
    email: str,
    interests: Iterable[Role],
    words: ConsentText | None = None,
    **typed: Any,
) -> Lead:
    """A new lead with an owner and a promised day. The same key again is the same press.

    Raises NobodyToAnswer.
    """
    earlier = Lead.objects.filter(submission=key).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return _create(key, email=email, interests=interests, words=words, **typed)
        except IntegrityError:  # pressed twice at the same time: the other press was first
            earlier = Lead.objects.get(submission=key)
    if earlier.email_key == mail_key(email):
        return earlier
    return _correct(earlier, email)


def _create(
    key: uuid.UUID, *, email: str, interests: Iterable[Role], words: Any, **typed: Any
) -> Lead:
    now = timezone.now()
    promised = who.promise(timezone.localdate(now))
    lead = Lead.objects.create(
        submission=key,
        email=tidy_email(email),
        email_key=mail_key(email),
        consent=note_consent(PURPOSE, at=now, text=words),
        created_at=now,
        stage_since=now,
        owner=promised.owner,
        next_step=Lead.Step.ANSWER,
        next_on=promised.answer_on,
        promised_on=promised.answer_on,
        alarm_on=promised.alarm_on,
        **{name: typed[name] for name in THEIR_OWN if name in typed},
    )
    lead.interests.set(interests)
    lead.moves.create(
        at=now,
        by=LeadMove.By.PERSON,
        what=LeadMove.What.CREATED,
        to_stage=lead.stage,
        to_on=lead.next_on,
        owner=lead.owner,
    )
    emails.post(emails.RECEIVED, lead, public=True)
    emails.post_to(promised.owner, emails.NEW, due_at=next_decent_hour(now), lead=lead.pk)
    return lead


@transaction.atomic
def _correct(lead: Lead, email: str) -> Lead:
    """They saw that the address was wrong, on the page after the press."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if lead.stage != Lead.Stage.NEW:
        return lead
    lead.email, lead.email_key = tidy_email(email), mail_key(email)
    lead.save(update_fields=["email", "email_key"])
    emails.close(lead)
    emails.post(emails.RECEIVED, lead, public=True)
    return lead
