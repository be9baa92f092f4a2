"""Signed links to what a mailbox has chosen: one purpose each, no row, good for as long as the row
behind them is kept (personal.py: longer than a year).

What they open is little: the choice of letters, and no name and no address in full.
"""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from newsletters.models import Delivery, Subscription

# See and change what one gets.
CHOICE: Final = "choice"
# End it, and nothing else (RFC 8058).
END: Final = "end"


# What the links of a test letter carry: they lead to a page that says so.
TEST: Final = "test"


class DoorUnknown(Exception):
    """Nobody here has signed that, or not for this."""


def token_for(row: Delivery | Subscription, purpose: str) -> str:
    kind = "d" if isinstance(row, Delivery) else "s"
    return signer(purpose).sign(f"{kind}{row.reference.hex}")


def behind(token: str, purpose: str) -> Delivery | Subscription | None:
    """The row that the link is about; None when it has been forgotten. Raises DoorUnknown."""
    try:
        about = signer(purpose).unsign(token)
    except BadSignature as error:
        raise DoorUnknown from error
    if about.startswith("d"):
        return Delivery.objects.select_related("issue").filter(reference=about[1:]).first()
    return Subscription.objects.filter(reference=about[1:]).first()


def choice_url(token: str) -> str:
    return settings.SITE_URL + reverse("newsletters:choice", args=[token])


def end_url(token: str) -> str:
    return settings.SITE_URL + reverse("newsletters:end", args=[token])


def signer(purpose: str) -> Signer:
    # A full stop, because a colon in the middle of an address confuses some mail programs.
    return Signer(salt=f"newsletters.{purpose}", sep=".")
