"""That the stand-in is strict where Stripe is, and that the whole way works with real requests."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import stripe as client
from django.conf import settings as live_settings
from pytest_django.live_server_helper import LiveServer

from payments.models import Charge, Flag, Payment
from payments.services.checkout import begin
from samvaro.demo.stripe_standin import wire
from samvaro.demo.stripe_standin.objects import PREFIXES, SHAPES, make
from samvaro.demo.stripe_standin.server import StandIn
from tests.factories import ChargeFactory
from tests.stripe import Stripe
from tests.waiting import until

PAGE: dict[str, Any] = {
    "mode": "payment",
    "line_items": [
        {
            "quantity": 1,
            "price_data": {
                "currency": "sek",
                "unit_amount": 20_000,
                "product_data": {"name": "Avgift 10042"},
            },
        }
    ],
    "success_url": "https://a.example/?s={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://a.example/tillbaka/",
}


@pytest.fixture
def real(stripe: Stripe) -> Iterator[client.StripeClient]:
    http = client.RequestsClient(timeout=5)
    yield client.StripeClient(
        live_settings.STRIPE_SECRET_KEY, base_addresses={"api": stripe.url}, http_client=http
    )
    http.close()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("mode=payment&amout=1", "amout: Extra inputs are not permitted"),
        ("payment_method_types[0]=card", "payment_method_types: Extra inputs are not permitted"),
        ("line_items[0][quantity]=two", "line_items.0.quantity"),
        ("line_items[0][price_data][unit_amount]=1", "line_items.0.price_data.currency"),
        ("api_key=sk_test", "Received unknown parameter: api_key"),
    ],
)
def test_what_stripes_types_do_not_know_is_refused(sent: str, said: str) -> None:
    assert wire.check("POST /v1/checkout/sessions", wire.decode(sent)).startswith(said)


def test_every_question_that_it_answers_is_checked() -> None:
    assert {route for route in wire.TYPES if wire.check(route, {"bogus": "1"}) == ""} == set()


@pytest.mark.parametrize("kind", list(SHAPES))
def test_an_object_has_every_field_that_stripes_class_declares(kind: str) -> None:
    declared = {name for name in SHAPES[kind].__annotations__ if name != "OBJECT_NAME"}
    row = make(kind)
    assert (set(row), row["object"]) == (declared | {"id", "object"}, kind)
    assert row["id"].startswith(f"{PREFIXES[kind]}_")
    with pytest.raises(ValueError, match="has no"):
        make(kind, no_such_field=1)


def test_the_same_key_is_the_same_answer_and_refused_for_anything_else(
    real: client.StripeClient, stripe: Stripe
) -> None:
    key: Any = {"idempotency_key": "a"}
    first = real.v1.checkout.sessions.create(PAGE, key)  # type: ignore[arg-type]  # a plain dict
    second = real.v1.checkout.sessions.create(PAGE, key)  # type: ignore[arg-type]
    assert (first.id, len(stripe.books.all("checkout.session"))) == (second.id, 1)
    with pytest.raises(client.IdempotencyError):
        real.v1.checkout.sessions.create(PAGE | {"mode": "setup"}, key)  # type: ignore[arg-type]


def test_a_wrong_key_an_unknown_object_and_an_unknown_address_are_errors_of_stripe(
    real: client.StripeClient, stripe: Stripe
) -> None:
    with pytest.raises(client.InvalidRequestError, match="No such"):
        real.v1.checkout.sessions.retrieve("cs_test_nothing")
    with pytest.raises(client.InvalidRequestError, match="Unrecognized"):
        real.v1.customers.list()
    stripe.key = "sk_test_other"
    with pytest.raises(client.AuthenticationError):
        real.v1.events.list()


# --- with real requests, both ways -----------------------------------------------------------------


@pytest.fixture
def pay_desk(live_server: LiveServer, settings: Any) -> Iterator[StandIn]:
    """It posts to the site by itself, as Stripe does."""
    with StandIn(
        key=settings.STRIPE_SECRET_KEY,
        secret=settings.STRIPE_WEBHOOK_SECRET,
        hook_url=f"{live_server.url}/webhooks/stripe/",
    ) as stand_in:
        settings.STRIPE_API_BASE = stand_in.url
        yield stand_in


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Do not follow."""


def press(url: str, button: str) -> tuple[int, str | None]:
    try:
        answer = urllib.request.build_opener(Stay).open(url, f"do={button}".encode(), timeout=10)
    except urllib.error.HTTPError as redirected:
        answer = redirected  # type: ignore[assignment]  # urllib calls a redirect an error
    with answer:
        return answer.status, answer.headers.get("Location")


def begun(charge: Charge) -> str:
    done = "https://a.example/klar/{CHECKOUT_SESSION_ID}/"
    return begin(charge, method="card", done_url=done, back_url="https://a.example/betala/")


@pytest.mark.django_db(transaction=True)
def test_a_press_on_betala_becomes_a_payment_in_the_ledger(pay_desk: StandIn) -> None:
    charge = ChargeFactory()
    url = begun(charge)
    with urllib.request.urlopen(url, timeout=10) as shown:
        html = shown.read().decode()
    assert "Testbetalning" in html
    assert f"Avgift {charge.number}" in html

    name = url.rpartition("/")[2]
    assert press(url, "pay") == (303, f"https://a.example/klar/{name}/")

    until(lambda: Payment.objects.filter(charge=charge).exists(), what="the payment is told")
    charge.refresh_from_db()
    assert charge.state == Charge.State.PAID


@pytest.mark.django_db(transaction=True)
def test_avbryt_leads_back_and_the_page_stays_open(pay_desk: StandIn) -> None:
    charge = ChargeFactory()
    url = begun(charge)
    assert press(url, "cancel") == (303, "https://a.example/betala/")
    assert begun(charge) == url


@pytest.mark.django_db(transaction=True)
def test_messages_twice_and_in_disorder_make_one_payment(pay_desk: StandIn) -> None:
    pay_desk.faults.twice = pay_desk.faults.shuffle = True
    charge = ChargeFactory()
    press(begun(charge), "pay")

    def all_told() -> bool:
        told = {row["id"] for row in pay_desk.books.all("event")}
        return bool(told) and told == pay_desk.books.delivered

    until(all_told, what="all messages are told")
    assert pay_desk.hook
    until(pay_desk.hook.waiting.empty, what="nothing waits")
    charge.refresh_from_db()
    lines = list(Payment.objects.values_list("amount", flat=True))
    assert (lines, charge.received, Flag.objects.count()) == ([20_000], 20_000, 0)


def test_what_it_knows_is_there_when_it_starts_again(tmp_path: Any) -> None:
    file = tmp_path / "stripe.json"
    with StandIn(key="k", secret="s", file=file) as before:
        session = before.books.open_page(PAGE)
        before.books.pay(session["id"])
    with StandIn(key="k", secret="s", file=file) as after:
        assert after.books.rows == json.loads(json.dumps(before.books.rows))
