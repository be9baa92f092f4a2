"""One spelling per mailbox."""

import unicodedata
from functools import lru_cache

import idna

# Typed by accident around an address: spaces, non-breaking spaces, a trailing full stop or comma.
_AROUND = " \t\r\n\u00a0\u200b\u2060.,;<>"


def tidy_email(typed: str) -> str:
    """The address as we write to it: trimmed, its domain in lower case. The local part stays."""
    address = unicodedata.normalize("NFKC", typed).replace("\u200b", "").strip(_AROUND)
    address = "".join(address.split())
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.lower()}" if at else address


def mail_key(typed: str) -> str:
    """The address as we compare it: NFKC, case folded, the domain in its ASCII form.

    Dots and +tags stay: they can be different mailboxes.
    """
    local, at, domain = tidy_email(typed).casefold().rpartition("@")
    return f"{local}{at}{_in_ascii(domain)}"


@lru_cache(maxsize=1000)
def _in_ascii(domain: str) -> str:
    """Most people share a few domains, and spelling one takes longer than all else here."""
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain  # the form has already refused what cannot be a domain


def masked(address: str) -> str:
    """k•••@exempel.se: enough to recognise one's own, too little to learn another's."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••{at}{domain}"
