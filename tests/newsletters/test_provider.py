"""Newsletters by a provider's own way: the same promises as by SMTP."""

import json

import pytest
from django.test import Client

from mail.models import Letter
from newsletters.models import Delivery, Pace, Subscription
from newsletters.services import sending
from tests.newsletters.conftest import approve, sums, write_issue
from tests.newsletters.test_webhooks import HEADERS, SECRET, postmark
from tests.postmark import Postmark

pytestmark = pytest.mark.django_db
State, Reason = Delivery.State, Delivery.Reason


@pytest.fixture
def provider(settings):
    with Postmark() as found:
        settings.EMAIL_BACKEND, settings.ANYMAIL = found.settings
        settings.NEWSLETTER_RATE = 0.0
        settings.BOUNCE_ADDRESS = "studs@exempel.se"
        yield found


def headers(letter):
    return {one["Name"]: one["Value"] for one in letter["Headers"]}


def test_everyone_gets_one_copy_with_their_own_doors(provider, readers):
    addresses = readers(5)
    issue = approve(write_issue())
    assert (sending.work(), sending.work()) == (5, 0)
    assert sorted(letter["To"] for letter in provider.letters) == sorted(addresses)
    assert sums(issue) == {"sent": 5}
    one, other = provider.letters[:2]
    assert one["Subject"] == issue.subject
    assert "nyhetsbrev@" in one["From"]
    assert "Instrumentvägen 10" in one["TextBody"]
    assert "Instrumentvägen 10" in one["HtmlBody"]
    ends = [headers(letter)["List-Unsubscribe"] for letter in (one, other)]
    assert ends[0] != ends[1]
    assert headers(one)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_press_on_the_door_in_such_a_letter_ends_it(provider, readers):
    readers(1)
    approve(write_issue())
    sending.work()
    url = headers(provider.letters[0])["List-Unsubscribe"].split(">")[0].strip("< ")
    path = url.partition("//")[2].partition("/")[2]
    answer = Client().post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Subscription.objects.get(email="reader0@exempel.se").pace == Pace.NONE


def test_lines_that_begin_with_a_full_stop_arrive_whole(provider, readers):
    readers(1)
    approve(write_issue(greeting="Hej\n.hemligt\n..och mer"))
    sending.work()
    text = provider.letters[0]["TextBody"]
    assert ".hemligt" in text
    assert "..och mer" in text


def test_one_address_that_is_refused_does_not_stop_the_others(provider, readers):
    readers(3)
    provider.answers = {"reader1@exempel.se": Postmark.INACTIVE}
    issue = approve(write_issue())
    sending.work()
    assert sums(issue) == {"sent": 2, "failed": 1}
    assert len(provider.letters) == 2


@pytest.mark.parametrize("answer", [Postmark.BROKEN, Postmark.HANGS_UP])
def test_a_copy_without_a_clear_answer_is_unknown_and_not_sent_again(provider, readers, answer):
    readers(3)
    provider.answers = {"reader1@exempel.se": answer}
    issue = approve(write_issue())
    sending.work()
    sending.work()
    assert sums(issue) == {"sent": 2, "unknown": 1}
    assert Delivery.objects.get(state=State.UNKNOWN).email == "reader1@exempel.se"
    assert len(provider.to("reader1@exempel.se")) == (answer == Postmark.HANGS_UP)


def test_where_the_provider_does_not_know_us_nobody_is_to_blame(provider, readers):
    readers(3)
    provider.token = "a-newer-key"
    issue = approve(write_issue())
    assert sending.work() == 0
    assert sums(issue) == {"queued": 3}
    provider.token = "en-nyckel-hos-dem"
    assert sending.work() == 3
    assert sums(issue) == {"sent": 3}


def test_where_nobody_answers_all_wait(provider, readers):
    readers(3)
    issue = approve(write_issue())
    provider.close()
    assert sending.work() == 0
    assert sums(issue) == {"queued": 3}


def test_a_busy_provider_is_asked_again_later(provider, readers):
    readers(3)
    provider.answers = {"reader0@exempel.se": Postmark.BUSY}
    issue = approve(write_issue())
    sending.work()
    assert set(sums(issue)) <= {"queued", "sent"}
    provider.answers = {}
    sending.work()
    assert sums(issue) == {"sent": 3}


def test_faulty_letters_stop_the_issue_and_somebody_is_told(provider, readers):
    addresses = readers(15)
    provider.answers = dict.fromkeys(addresses, Postmark.WRONG)
    issue = approve(write_issue())
    sending.work()
    issue.refresh_from_db()
    assert issue.paused_at is not None
    assert Letter.objects.exists(), "an alarm"
    assert not any("exempel.se" in row.answer for row in Delivery.objects.all())


def test_what_the_provider_tells_comes_to_the_copy_that_it_is_about(
    provider, readers, client, settings, no_budget
):
    readers(1)
    first = approve(write_issue())
    sending.work()
    approve(write_issue(subject="Nästa"))
    sending.work()
    settings.MAIL_PROVIDER = "postmark"
    settings.ANYMAIL = settings.ANYMAIL | {"WEBHOOK_SECRET": SECRET}
    carried = provider.letters[0]["Metadata"]
    told = postmark("reader0@exempel.se", Metadata=carried)
    answer = client.post(
        "/webhooks/mail/postmark/", json.dumps(told), "application/json", **HEADERS
    )
    assert answer.status_code == 200
    assert sums(first) == {"bounced": 1}
