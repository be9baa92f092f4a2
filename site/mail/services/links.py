"""Doors without a log-in: mint a token for a letter, find what it opens, close it."""

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone

from mail.models import Link


class LinkUnknown(Exception):
    """No door has this token for this purpose."""


class LinkExpired(Exception):
    """The door was here, and its time is over. `.about` tells where it led."""

    def __init__(self, about: str) -> None:
        super().__init__("the link has expired")
        self.about = about


def _hash(token: str) -> str:
    # 256 random bits cannot be guessed, so a fast hash is enough (ASVS 6.5.2).
    return hashlib.sha256(token.encode()).hexdigest()


def mint(purpose: str, *, about: str, expires_at: datetime) -> str:
    """A new token that opens `about` for one purpose. Only the letter will know it."""
    token = secrets.token_urlsafe(32)
    Link.objects.create(
        purpose=purpose, about=about, token_hash=_hash(token), expires_at=expires_at
    )
    return token


def open_door(token: str, *, purpose: str) -> str:
    """What the token leads to. Raises LinkUnknown or LinkExpired. Changes nothing."""
    link = Link.objects.filter(purpose=purpose, token_hash=_hash(token)).first()
    if link is None:
        raise LinkUnknown
    if link.expires_at <= timezone.now():
        raise LinkExpired(link.about)
    return link.about


def close_doors(*, purpose: str, about: str) -> int:
    return Link.objects.filter(purpose=purpose, about=about).delete()[0]
