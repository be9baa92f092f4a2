"""Mailboxes that no newsletter goes to, known by a hash alone."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsletters.models import Delivery, NewsletterSettings, Suppression

Reason = Suppression.Reason
# A mailbox that letters in a row did not reach must have been out of reach for so long.
OUT_OF_REACH = timedelta(days=14)
_ENDED = (Delivery.State.SENT, Delivery.State.FAILED, Delivery.State.BOUNCED)
_MISSED = (Delivery.Reason.GAVE_UP, Delivery.Reason.SOFT)


def pepper() -> bytes:
    """The secret of the hashes, made once. It lies encrypted, and is rotated with the other keys."""
    chosen = NewsletterSettings.load()
    if not chosen.pepper:
        with transaction.atomic():
            chosen = NewsletterSettings.objects.select_for_update().get(pk=chosen.pk)
            if not chosen.pepper:
                chosen.pepper = secrets.token_hex(32)
                chosen.save(update_fields=["pepper"])
    return chosen.pepper.encode()


def hash_of(email_key: str, secret: bytes | None = None) -> str:
    """What stays of a mailbox when it is forgotten. `secret`: for who hashes many."""
    return hmac.new(secret or pepper(), email_key.encode(), hashlib.sha256).hexdigest()


def suppress(mailbox: str, reason: Suppression.Reason) -> None:
    """Nobody writes there again. The first reason stays."""
    Suppression.objects.get_or_create(
        mailbox=mailbox, defaults={"reason": reason, "since": timezone.now()}
    )


def give_up_on(mailbox: str) -> None:
    """When its latest letters, as many as the board has said, all came to nothing."""
    most = NewsletterSettings.load().most_soft
    mine = Delivery.objects.filter(mailbox=mailbox, state__in=_ENDED).order_by("-due_at", "-pk")
    latest = list(mine.values_list("reason", "due_at")[:most])
    times = [at for reason, at in latest if reason in _MISSED]
    if len(times) == most and (most == 1 or times[0] - times[-1] >= OUT_OF_REACH):
        suppress(mailbox, Reason.BOUNCE)


def barred(email_key: str) -> Suppression | None:
    """Why no letters go there, when none do."""
    if not email_key:
        return None
    return Suppression.objects.filter(mailbox=hash_of(email_key)).first()


def release(mailbox: str) -> None:
    """Its reader has just proved that it works, and that they want letters."""
    Suppression.objects.filter(mailbox=mailbox).delete()
