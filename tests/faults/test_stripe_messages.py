"""PAY-10 and PAY-11: a message from Stripe while something of ours is away."""

import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samvaro import embedded
from samvaro.demo.stripe_standin.hook import signed
from samvaro.demo.stripe_standin.objects import make
from tests.conftest import fill
from tests.servers import Site
from tests.waiting import until

pytestmark = pytest.mark.slow

SECRET = "whsec_of_this_test"
# Stripe waits longer; a message must never wait for a letter, a bell or a question.
QUICK = 2.0


def message() -> dict[str, Any]:
    """About a page that is not ours: kept, and put before the treasurer."""
    session = make("checkout.session", status="complete", payment_status="paid", mode="payment")
    return make(
        "event", type="checkout.session.completed", data={"object": session}, created=1_790_000_000
    )


def post(site: Site, event: dict[str, Any]) -> int:
    body, signature = signed(event, SECRET)
    request = urllib.request.Request(
        f"{site.url}/webhooks/stripe/",
        data=body.encode(),
        headers={"Content-Type": "application/json", "Stripe-Signature": signature},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def kept(services: embedded.Services) -> list[tuple[Any, ...]]:
    with psycopg.connect(services.database_url) as server:
        return server.execute(
            "SELECT event_id, done_at IS NOT NULL FROM payments_stripeevent"
        ).fetchall()


def test_without_a_database_the_answer_is_no_and_the_next_one_is_yes(
    own_services: embedded.Services, tmp_path: Path
) -> None:
    fill(own_services.database_url)
    with Site(
        tmp_path / "site",
        database_url=own_services.database_url,
        redis_url=own_services.redis_url,
        STRIPE_WEBHOOK_SECRET=SECRET,
    ) as site:
        site.start_web()
        event = message()
        own_services.postgres.stop()
        assert post(site, event) >= 500
        own_services.postgres.start()

        until(lambda: post(site, event) == 200, seconds=30, what="the message is taken")

        assert kept(own_services) == [(event["id"], True)]


def test_a_message_waits_for_no_broker_no_mail_server_and_no_stripe(
    own_services: embedded.Services, tmp_path: Path
) -> None:
    fill(own_services.database_url)
    with Site(
        tmp_path / "site",
        database_url=own_services.database_url,
        redis_url=own_services.redis_url,
        STRIPE_WEBHOOK_SECRET=SECRET,
        # An address that swallows what is sent to it.
        EMAIL_URL="smtp://192.0.2.1:25",
        STRIPE_API_BASE="http://192.0.2.1:443",
    ) as site:
        site.start_web()
        own_services.valkey.stop()
        begun = time.monotonic()
        assert post(site, message()) == 200
        assert time.monotonic() - begun < QUICK
