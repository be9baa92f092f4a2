"""What the provider of our mail tells: believed when it is signed, and answered alike for all."""

import base64
import hashlib
import hmac
import json

import pytest

from newsletters.models import Delivery, Pace, Subscription, Suppression
from newsletters.services import sending
from newsletters.services.suppression import hash_of
from tests.newsletters.conftest import approve, sums, write_issue

pytestmark = pytest.mark.django_db
State, Reason = Delivery.State, Delivery.Reason
SECRET = "samvaro:ett-langt-losenord"
HEADERS = {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(SECRET.encode()).decode()}
KEY = "nyckeln-for-webhooks"


@pytest.fixture
def provider(settings):
    def choose(name: str) -> str:
        settings.MAIL_PROVIDER = name
        settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
        return f"/webhooks/mail/{name}/"

    return choose


def postmark(email: str, **more: object) -> dict[str, object]:
    facts = {
        "RecordType": "Bounce", "ID": 42, "Type": "HardBounce", "TypeCode": 1, "Email": email,
        "MessageID": "a-number-of-theirs", "Inactive": True, "Description": "No such mailbox",
        "BouncedAt": "2026-11-20T10:00:00Z", "Details": f"550 5.1.1 <{email}> unknown",
    }  # fmt: skip
    return facts | more


def mailgun(event: str, email: str, number: str, *, key: str = KEY) -> dict[str, object]:
    stamp, token = "1763640000", "token-of-theirs"
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "event": event, "recipient": email, "timestamp": 1763640000.0,
            "severity": "permanent", "reason": "bounce",
            "message": {"headers": {"message-id": f"{number}@testserver"}},
            "delivery-status": {"message": "550 no such mailbox", "description": "", "code": 550},
        },
    }  # fmt: skip


def call(client, url: str, facts: object, **headers: str):
    return client.post(url, json.dumps(facts), "application/json", **headers)


@pytest.fixture
def copy(sink, readers) -> Delivery:
    readers(2)
    approve(write_issue())
    sending.work()
    return Delivery.objects.get(email="reader1@exempel.se")


def test_a_bounce_is_noted_on_the_latest_copy_to_that_mailbox(client, provider, copy):
    for _ in range(2):
        answer = call(client, provider("postmark"), postmark("READER1@exempel.se"), **HEADERS)
        assert answer.status_code == 200
    copy.refresh_from_db()
    assert (copy.state, copy.reason) == (State.BOUNCED, Reason.BOUNCED)
    assert "reader1" not in copy.answer
    assert sums(copy.issue) == {"sent": 1, "bounced": 1}
    assert Suppression.objects.get().mailbox == copy.mailbox


def test_with_our_own_number_it_is_noted_on_that_copy(client, provider, copy, no_budget):
    later = approve(write_issue(subject="Nästa"))
    sending.work()
    facts = mailgun("failed", copy.email, copy.reference.hex)
    assert call(client, provider("mailgun"), facts, **HEADERS).status_code == 200
    copy.refresh_from_db()
    assert copy.state == State.BOUNCED
    assert sums(later) == {"sent": 2}


def test_a_complaint_ends_the_newsletter_for_that_mailbox(client, provider, copy):
    facts = mailgun("complained", copy.email, copy.reference.hex)
    assert call(client, provider("mailgun"), facts, **HEADERS).status_code == 200
    copy.refresh_from_db()
    assert (copy.state, copy.reason) == (State.SENT, Reason.COMPLAINT)
    assert Subscription.objects.get(email_key=copy.email_key).pace == Pace.NONE
    assert Suppression.objects.get().reason == Suppression.Reason.COMPLAINT


def test_who_ended_it_at_the_provider_has_ended_it_with_us(client, provider, copy):
    facts = mailgun("unsubscribed", copy.email, copy.reference.hex)
    call(client, provider("mailgun"), facts, **HEADERS)
    copy.refresh_from_db()
    assert copy.ended_at is not None
    assert Subscription.objects.get(email_key=copy.email_key).pace == Pace.NONE
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("event", ["delivered", "opened", "clicked"])
def test_what_a_reader_does_with_a_letter_is_not_wanted(client, provider, copy, event):
    before = Delivery.objects.filter(pk=copy.pk).values().get()
    facts = mailgun(event, copy.email, copy.reference.hex)
    assert call(client, provider("mailgun"), facts, **HEADERS).status_code == 200
    assert Delivery.objects.filter(pk=copy.pk).values().get() == before


def test_nobody_learns_who_is_in_the_register(client, provider, copy):
    url = provider("postmark")
    answers = [
        call(client, url, postmark(email), **HEADERS) for email in (copy.email, "ingen@exempel.se")
    ]
    told = [(one.status_code, one.content, sorted(one.headers.items())) for one in answers]
    assert told[0] == told[1]
    assert not Subscription.objects.of_mailbox("ingen@exempel.se").exists()
    assert set(Suppression.objects.values_list("mailbox", flat=True)) == {
        hash_of(copy.email),
        hash_of("ingen@exempel.se"),
    }


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"samvaro:x").decode()}]
)
def test_who_has_not_the_password_changes_nothing(client, provider, copy, headers):
    answer = call(client, provider("postmark"), postmark(copy.email), **headers)
    assert answer.status_code == 400
    copy.refresh_from_db()
    assert copy.state == State.SENT
    assert not Suppression.objects.exists()


def test_a_wrong_signature_changes_nothing(client, provider, copy):
    facts = mailgun("failed", copy.email, copy.reference.hex, key="en-annan-nyckel")
    assert call(client, provider("mailgun"), facts, **HEADERS).status_code == 400
    assert not Suppression.objects.exists()


def test_only_the_provider_that_we_have_is_listened_to(client, provider, settings):
    provider("postmark")
    for name in ("mailgun", "os", "base"):
        assert call(client, f"/webhooks/mail/{name}/", {}, **HEADERS).status_code == 404
    settings.MAIL_PROVIDER = ""
    assert call(client, "/webhooks/mail/postmark/", {}, **HEADERS).status_code == 404


def test_looking_at_the_address_changes_nothing(client, provider):
    assert client.get(provider("postmark")).status_code == 405
