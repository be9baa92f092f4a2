"""The short code on a letter whose mail comes back: typed by its reader, with an address that works.

It is made of the row and of a secret, so it can be printed again and is stored nowhere.
"""

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.services import own
from newsletters.models import PaperCopy
from newsletters.services.suppression import hash_of as mailbox_hash
from newsletters.services.suppression import pepper, release

# Without what is mistaken for something else on paper: 0 and O, 1, I and L, 5 and S, 2 and Z, U and V.
SIGNS = "ABCDEFGHJKMNPQRTWXY346789"
LENGTH = 8
# How long a letter may lie on the kitchen table.
GOOD_FOR = timedelta(days=180)


def code(reference: UUID) -> str:
    """ABCD-EFGH: 25 signs in 8 places, which nobody guesses at the pace that the form allows."""
    number = int.from_bytes(_digest(f"code:{reference.hex}"), "big")
    signs = ""
    while len(signs) < LENGTH:
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return f"{signs[:4]}-{signs[4:]}"


def hash_of(typed: str) -> str:
    """In any case, with or without spaces and dashes."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return _digest(f"typed:{signs}").hex()


def _digest(text: str) -> bytes:
    return hmac.new(pepper(), text.encode(), hashlib.sha256).digest()


def words() -> str:
    """What the paper says."""
    address = settings.SITE_URL.partition("://")[2] + reverse("newsletters:address")
    text = _("Mejlen till dig kommer tillbaka. Skriv en adress som fungerar på %(address)s")
    return text % {"address": address.rstrip("/")}


@transaction.atomic
def put_right(typed: str, email: str) -> None:
    """The mailbox that was typed is asked, and changes only when it answers. Whoever types learns
    nothing: a wrong code and a right one look alike."""
    since = timezone.now() - GOOD_FOR
    rows = PaperCopy.objects.filter(why=PaperCopy.Why.BOUNCED, made_at__gt=since)
    copy = rows.filter(code_hash=hash_of(typed)).select_related("person").first()
    if copy is None or copy.person.hidden_at or copy.person.merged_into_id:
        return
    try:
        own.ask_for_email(copy.person, email)
    except own.SameMailbox:
        # It works again, says who holds the letter; if it does not, the next one comes back too.
        release(mailbox_hash(copy.person.email_key))
