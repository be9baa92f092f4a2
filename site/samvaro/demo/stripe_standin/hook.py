"""Messages to the site: signed as Stripe signs them, sent again when they are not taken."""

import json
import queue
import random
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from stripe import WebhookSignature

from samvaro.demo.stripe_standin.books import Books
from samvaro.demo.stripe_standin.objects import Row

# Seconds between tries. Stripe goes on for three days; what is left then is asked for (events).
WAITS = (1, 2, 4, 8, 15, 30)


@dataclass
class Faults:
    """What goes wrong from now on."""

    # So many answers are 500, before anything is done.
    errors: int = 0
    # The next answer comes so late, in seconds, after all has been done.
    hang: float = 0
    # Every message comes twice; those that wait come in any order; none comes.
    twice: bool = False
    shuffle: bool = False
    lose: bool = False


def signed(event: Row, secret: str, at: int | None = None) -> tuple[str, str]:
    """The message and its signature."""
    body = json.dumps(event)
    return body, WebhookSignature.generate_signature_header(body, secret, at)


class Hook:
    """Sends from a thread of its own, one message at a time."""

    def __init__(self, books: Books, url: str, secret: str, faults: Faults) -> None:
        self.books, self.url, self.secret, self.faults = books, url, secret, faults
        self.waiting: queue.Queue[Row | None] = queue.Queue()
        books.tell = self.waiting.put
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.waiting.put(None)
        self.thread.join(timeout=10)

    def _run(self) -> None:
        while (event := self.waiting.get()) is not None:
            batch: list[Row] = [event]
            if self.faults.shuffle:
                time.sleep(0.2)
                while not self.waiting.empty() and (more := self.waiting.get()) is not None:
                    batch.append(more)
                random.shuffle(batch)
            for one in batch:
                for _time in range(2 if self.faults.twice else 1):
                    self._deliver(one)

    def _deliver(self, event: Row) -> None:
        if self.faults.lose:
            return
        for wait in (*WAITS, None):
            if self.post(event) or wait is None or self.faults.lose:
                return
            time.sleep(wait)

    def post(self, event: Row) -> bool:
        body, signature = signed(event, self.secret)
        request = urllib.request.Request(  # noqa: S310 -- our own site
            self.url,
            data=body.encode(),
            headers={"Content-Type": "application/json", "Stripe-Signature": signature},
        )
        try:
            with urllib.request.urlopen(request, timeout=10):  # noqa: S310
                pass
        except (urllib.error.URLError, OSError) as refused:
            if isinstance(refused, urllib.error.HTTPError):
                refused.close()
            return False
        with self.books.lock:
            self.books.delivered.add(event["id"])
            self.books.save()
        return True
