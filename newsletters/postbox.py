"""The mailbox that letters come back to: over IMAP, over POP3, or a maildir on this machine.

What was a report is removed when it has been noted. Everything else is left: a person may have
written it.
"""

import imaplib
import poplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from newsletters.returns import MOST_BYTES

# Letters that are looked at in one pass, and seconds that the server may be silent.
MOST, PATIENCE = 100, 15
# A POP3 server counts lines, not bytes.
MOST_LINES = MOST_BYTES // 100

# Given a letter, says whether it was a report and has been noted.
Take = Callable[[bytes], bool]


class NoPostbox(Exception):
    """It cannot be reached, or does not let us in."""


def empty(url: str, take: Take) -> int:
    """Give what lies there to `take`. How many were reports. Raises NoPostbox."""
    where = urlsplit(url)
    try:
        return sum(WAYS[where.scheme](where, take))
    except KeyError as error:
        raise NoPostbox(f"{where.scheme}: imaps, imap, pop3s, pop3 or maildir") from error
    except (OSError, imaplib.IMAP4.error, poplib.error_proto) as error:
        raise NoPostbox(f"{type(error).__name__}: {error}") from error


def _imap(where: SplitResult, take: Take) -> Iterator[bool]:
    host = where.hostname or ""
    box: imaplib.IMAP4
    if where.scheme == "imaps":
        box = imaplib.IMAP4_SSL(
            host, where.port or 993, ssl_context=ssl.create_default_context(), timeout=PATIENCE
        )
    else:
        box = imaplib.IMAP4(host, where.port or 143, timeout=PATIENCE)
    with box:
        box.login(unquote(where.username or ""), unquote(where.password or ""))
        box.select(unquote(where.path.strip("/")) or "INBOX")
        _ok, found = box.uid("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").decode().split()[:MOST]:
            _ok, answer = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")
            is_report = take(raw)
            box.uid("STORE", uid, "+FLAGS", r"(\Seen \Deleted)" if is_report else r"(\Seen)")
            yield is_report
        box.expunge()


def _pop3(where: SplitResult, take: Take) -> Iterator[bool]:
    """It has no marks for what was seen: the newest are looked at anew each time."""
    host = where.hostname or ""
    box: poplib.POP3
    if where.scheme == "pop3s":
        box = poplib.POP3_SSL(
            host, where.port or 995, context=ssl.create_default_context(), timeout=PATIENCE
        )
    else:
        box = poplib.POP3(host, where.port or 110, timeout=PATIENCE)
    try:
        box.user(unquote(where.username or ""))
        box.pass_(unquote(where.password or ""))
        number = box.stat()[0]
        for one in range(number, max(0, number - MOST), -1):
            _ok, lines, _size = box.top(one, MOST_LINES)
            if is_report := take(b"\r\n".join(lines)):
                box.dele(one)
            yield is_report
    finally:
        # Only a proper farewell removes anything.
        with suppress(OSError, poplib.error_proto):
            box.quit()


def _maildir(where: SplitResult, take: Take) -> Iterator[bool]:
    folder = Path(unquote(where.path))
    for file in sorted((folder / "new").iterdir())[:MOST]:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES)
        if is_report := take(raw):
            file.unlink()
        else:
            file.rename(folder / "cur" / f"{file.name.partition(':')[0]}:2,S")
        yield is_report


WAYS: dict[str, Callable[[SplitResult, Take], Iterator[bool]]] = {
    "imaps": _imap,
    "imap": _imap,
    "pop3s": _pop3,
    "pop3": _pop3,
    "maildir": _maildir,
}
