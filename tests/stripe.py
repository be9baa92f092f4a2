"""The stand-in for Stripe in tests, and its messages posted by hand.

    def test_it(stripe: Stripe) -> None:
        url = begin(charge, method="card", …)
        stripe.pay(url)        # what the payer does
        stripe.deliver()       # what Stripe tells us; returns the answers' statuses

For a browser start `StandIn(key=…, secret=…, hook_url=site + "/webhooks/stripe/")` and give its
`url` to the site as STRIPE_API_BASE: it shows the page and posts by itself.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samvaro.demo.stripe_standin.hook import signed
from samvaro.demo.stripe_standin.server import StandIn

HOOK = "/webhooks/stripe/"
Event = dict[str, Any]


class Stripe(StandIn):
    """Its messages wait until a test delivers them, in the order and number that it likes."""

    def __init__(self) -> None:
        super().__init__(key=settings.STRIPE_SECRET_KEY, secret=settings.STRIPE_WEBHOOK_SECRET)
        self.waiting: list[Event] = []
        self.books.tell = self.waiting.append

    def pay(self, url: str, *, later: bool = False) -> Event:
        """Press Betala on the page at this address."""
        return self.books.pay(url.rpartition("/")[2], later=later)

    def deliver(self, events: Iterable[Event] | None = None) -> list[int]:
        """Post these messages, or all that wait."""
        if events is None:
            events, self.waiting[:] = list(self.waiting), []
        answers = []
        for event in events:
            status = post(event)
            answers.append(status)
            if status < 300:
                self.books.delivered.add(event["id"])
        return answers


def post(event: Event, *, signature: str | None = None, at: int | None = None) -> int:
    body, good = signed(event, settings.STRIPE_WEBHOOK_SECRET, at)
    client = Client(raise_request_exception=False)
    header = good if signature is None else signature
    answer = client.post(
        HOOK, body, content_type="application/json", headers={"Stripe-Signature": header}
    )
    return int(answer.status_code)


@pytest.fixture
def stripe(settings: Any) -> Iterator[Stripe]:
    with Stripe() as stand_in:
        settings.STRIPE_API_BASE = stand_in.url
        yield stand_in
