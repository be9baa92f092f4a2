"""What the other apps ask of mail: post a letter, open a door, find a decent hour."""

from mail.services.hours import next_decent_hour
from mail.services.links import LinkExpired, LinkUnknown, close_doors, mint, open_door
from mail.services.outbox import post

__all__ = [
    "LinkExpired",
    "LinkUnknown",
    "close_doors",
    "mint",
    "next_decent_hour",
    "open_door",
    "post",
]
