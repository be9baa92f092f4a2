"""Mailboxes that no newsletter goes to, known by a hash alone."""

import hashlib
import hmac
import secrets

from django.db import transaction
from django.utils import timezone

from newsletters.models import NewsletterSettings, Suppression

Reason = Suppression.Reason


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


def release(mailbox: str) -> None:
    """Its reader has just proved that it works, and that they want letters."""
    Suppression.objects.filter(mailbox=mailbox).delete()
