"""Sending what is due: in small claims, at the pace of the board's mail server, in decent hours."""

import logging
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from mail import provider
from mail.smtp import back_to
from newsletters.emails.alarm import post_alarm
from newsletters.emails.issue import Made
from newsletters.emails.message import Cast, Reader, cast
from newsletters.models import Issue
from newsletters.provider import ProviderLine
from newsletters.services import claims, hours, starting
from newsletters.services.claims import Claim
from newsletters.services.home import home
from newsletters.smtp import Answer, Envelope, Fate, Line, NoServer

log = logging.getLogger(__name__)

# Copies in a claim: as many as this many seconds take. What a kill leaves unknown is one claim.
SMALLEST_CLAIM, LARGEST_CLAIM, CLAIM_TAKES = 5, 200, 0.5
# So many failures among the latest outcomes stop an issue.
BURST, AMONG = 10, 30
# Each connection holds one of these locks; the number is ours.
SLOTS = 802469


class Pacer:
    """So many letters a second, evenly. 0 is without a limit."""

    def __init__(self, rate: float) -> None:
        self._every = 1 / rate if rate else 0.0
        self._next = time.monotonic()

    def wait(self) -> None:
        if self._every:
            now = time.monotonic()
            time.sleep(max(0.0, self._next - now))
            self._next = max(self._next, now) + self._every


class Sender:
    """One connection, for a while. It learns how many copies its time allows."""

    def __init__(self, *, seconds: float) -> None:
        self._stop_at = time.monotonic() + seconds
        rate = settings.NEWSLETTER_RATE / settings.NEWSLETTER_CONNECTIONS
        kind = ProviderLine if provider.is_ours() else Line
        self._line = kind(Pacer(rate).wait)
        self._size = SMALLEST_CLAIM
        self._casts: dict[tuple[int, bool], Cast] = {}
        self._latest: dict[int, deque[bool]] = {}

    def work(self) -> int:
        """Until nothing is due or the time is up. How many left."""
        sent = 0
        try:
            while time.monotonic() < self._stop_at and (held := self._next_claim()):
                sent += self._deliver_or_pause(held)
        except NoServer as error:
            log.warning("the mail server cannot be used, newsletters wait: %s", error)
        finally:
            self._line.quit()
        return sent

    def _next_claim(self) -> Claim | None:
        """The oldest issue with something due. The line is open before anything is taken."""
        # What it says is read once, by the first letter.
        for issue in Issue.objects.under_way(timezone.now()).defer("body", "made"):
            self._line.open()
            if held := claims.claim(issue, self._size):
                return held
            claims.settle(issue)
        return None

    def _deliver_or_pause(self, held: Claim) -> int:
        """A fault of ours in one issue must not stop the others, nor be tried again for ever."""
        try:
            return self._deliver(held)
        except NoServer:
            raise
        except Exception:
            log.exception("issue %s cannot be sent", held.issue.pk)
            post_alarm(starting.pause(held.issue, Issue.Pause.ERRORS))
            return 0

    def _deliver(self, held: Claim) -> int:
        begun = time.monotonic()
        answers: list[Answer] = []
        try:
            letters = [self._letter(held, copy) for copy in held.copies]
            answers.extend(self._in_time(held, letters, begun))
        finally:
            claims.note(held, answers)
        self._size = fitting(self._size, len(held.copies), time.monotonic() - begun)
        self._mind_bursts(held.issue, answers)
        return sum(answer.fate is Fate.SENT for answer in answers)

    def _in_time(self, held: Claim, letters: list[Envelope], begun: float) -> Iterator[Answer]:
        """The answers, while the claim is surely ours. What is left then is put back."""
        for answer in self._line.send(letters) if letters else ():
            yield answer
            if time.monotonic() - begun > settings.LETTER_LEASE.total_seconds() / 2:
                self._line.close()
                return

    def _letter(self, held: Claim, copy: claims.Copy) -> Envelope:
        key = (held.issue.pk, copy.text_only)
        if key not in self._casts:
            made: dict[str, object] = dict(held.issue.made or {})
            self._casts[key] = cast(Made(**made), text_only=copy.text_only)  # type: ignore[arg-type]
        reader = Reader(copy.reference, copy.email, copy.first_name)
        sender = back_to(copy.reference) or settings.NEWSLETTER_FROM
        return Envelope(copy.email, self._casts[key].to(reader), sender, copy.reference)

    def _mind_bursts(self, issue: Issue, answers: list[Answer]) -> None:
        """Many errors in a row are one error, and not the readers': stop, and tell somebody."""
        latest = self._latest.setdefault(issue.pk, deque(maxlen=AMONG))
        latest.extend(answer.fate is not Fate.SENT for answer in answers)
        if sum(latest) >= BURST:
            latest.clear()
            post_alarm(starting.pause(issue, Issue.Pause.ERRORS))


def fitting(size: int, number: int, seconds: float) -> int:
    """How many copies the next claim takes, when so many of this one's size took so many seconds.
    Never more than twice as many."""
    if number < size and seconds < CLAIM_TAKES:
        return size
    fits = int(number * CLAIM_TAKES / max(seconds, 0.001))
    return max(SMALLEST_CLAIM, min(fits, 2 * size, LARGEST_CLAIM))


def work(*, seconds: float = 15.0, now: datetime | None = None) -> int:
    """Everything that is due, on as many connections as we may have. How many letters left."""
    now = now or timezone.now()
    claims.note_the_lost(now)
    hold_what_was_restored()
    if not hours.is_decent(now):
        return 0
    if settings.NEWSLETTER_CONNECTIONS == 1:
        return on_one_connection(seconds)
    with ThreadPoolExecutor(settings.NEWSLETTER_CONNECTIONS) as threads:
        places = [seconds] * settings.NEWSLETTER_CONNECTIONS
        return sum(threads.map(_in_a_thread, places))


def _in_a_thread(seconds: float) -> int:
    try:
        return on_one_connection(seconds)
    finally:
        connection.close()


def on_one_connection(seconds: float) -> int:
    with a_free_slot() as is_free:
        return Sender(seconds=seconds).work() if is_free else 0


@contextmanager
def a_free_slot() -> Iterator[bool]:
    """Two workers, two clocks: together never more connections than we may have. The lock ends
    with the session of who holds it, however that ends."""
    with connection.cursor() as cursor:
        for slot in range(settings.NEWSLETTER_CONNECTIONS):
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SLOTS, slot])
            if cursor.fetchone()[0]:
                break
        else:
            yield False
            return
    try:
        yield True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SLOTS, slot])


def hold_what_was_restored() -> None:
    """Where a backup was read in, nothing is sent until a person says so."""
    here = home()
    not_ours = Issue.objects.filter(
        approved_at__isnull=False, finished_at=None, stopped_at=None, paused_at=None
    ).exclude(home=here)
    for issue in not_ours:
        starting.hold_after_restore(issue)
