"""What comes back: read with care, noted once, and nobody is written to in vain."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.models import Letter
from mail.services import post
from mail.signals import letter_failed
from newsletters import returns as reports
from newsletters.models import Delivery, NewsletterSettings, Pace, Subscription, Suppression
from newsletters.returns import Kind
from newsletters.services import returns, sending
from newsletters.services.suppression import hash_of
from privacy.services import erase_person
from tests.factories import PersonFactory
from tests.newsletters.coming_back import FULL, GONE, about, called_spam, sent_back
from tests.newsletters.conftest import approve, sums, write_issue
from tests.newsletters.test_choices import subscribed

State, Reason = Delivery.State, Delivery.Reason
NUMBER = uuid.UUID("0d4dd0c2-6c3a-4b8e-9b1f-1d2a3b4c5d6e")


def test_a_report_says_whose_letter_it_was_and_why_without_an_address():
    found = reports.read(sent_back(NUMBER.hex, to="kim@exempel.se"))
    assert found is not None
    assert (found.kind, found.number) == (Kind.HARD, NUMBER)
    assert found.words == "5.1.1 550 5.1.1 <…> no such mailbox"


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.1.1", "smtp; 550 no", Kind.HARD),
        ("5.1.10", "smtp; 550 null mx", Kind.HARD),
        ("5.2.1", "smtp; 550 disabled", Kind.HARD),
        ("5.0.0", "smtp; 550 unknown user", Kind.HARD),
        ("5.0.0", "smtp; 550 5.7.1 we do not like you", Kind.SOFT),
        ("5.1.8", "smtp; 550 bad sender", Kind.SOFT),
        (*FULL, Kind.SOFT),
        ("5.7.1", "smtp; 550 policy", Kind.SOFT),
        ("4.4.1", "smtp; 421 timed out", Kind.SOFT),
        ("", "", Kind.SOFT),
    ],
)
def test_only_what_is_about_the_mailbox_is_hard(status, said, kind):
    found = reports.read(sent_back(NUMBER.hex, to="kim@exempel.se", status=status, said=said))
    assert found is not None
    assert found.kind is kind


def test_a_complaint_is_known_by_the_letter_that_it_carries():
    found = reports.read(called_spam(NUMBER.hex))
    assert found is not None
    assert (found.kind, found.number) == (Kind.COMPLAINT, NUMBER)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: Tack\r\n\r\nTack f\xc3\xb6r brevet! /Kim",
        b"Subject: Auto\r\nAuto-Submitted: auto-replied\r\n\r\nMessage-ID: <x@testserver>",
        sent_back("none", to="kim@exempel.se"),
        sent_back(NUMBER.hex, to="kim@exempel.se", action="delayed"),
        b"Content-Type: message/delivery-status\r\n\r\nMessage-ID: <" + NUMBER.hex.encode() + b"@x",
    ],
)
def test_what_is_no_report_is_left_for_a_person(raw):
    assert reports.read(raw) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 60))
def test_no_bytes_at_all_stop_the_reading(noise, at, cut):
    raw = sent_back(NUMBER.hex, to="kim@exempel.se")
    found = reports.read(raw[:at] + noise + raw[at + cut :])
    assert found is None or found.number is not None


def test_a_huge_or_deep_letter_is_read_only_a_little_way():
    deep = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 3000
    assert reports.read(deep + sent_back(NUMBER.hex, to="kim@exempel.se")) is None


def test_where_it_was_sent_back_to_says_whose_letter_it_was(settings):
    settings.BOUNCE_ADDRESS = "studs@testserver"
    raw = sent_back("none", to="kim@exempel.se")
    raw = raw.replace(b"To: nyhetsbrev@testserver", f"To: studs+{NUMBER.hex}@testserver".encode())
    found = reports.read(raw)
    assert found is not None
    assert found.number == NUMBER


# --- and what follows -----------------------------------------------------------------------------


@pytest.fixture
def copy(db, sink, readers) -> Delivery:
    """One of three that have left."""
    readers(3)
    approve(write_issue())
    sending.work()
    return Delivery.objects.get(email="reader1@exempel.se")


def test_a_mailbox_that_does_not_exist_is_not_written_to_again(copy, sink, no_budget):
    assert returns.take(about(copy))
    assert returns.take(about(copy)), "told twice it is the same"
    copy.refresh_from_db()
    assert (copy.state, copy.reason) == (State.BOUNCED, Reason.BOUNCED)
    assert "exempel.se" not in copy.answer
    assert sums(copy.issue) == {"sent": 2, "bounced": 1}
    assert Suppression.objects.get().mailbox == copy.mailbox
    following = approve(write_issue(subject="Nästa"))
    sending.work()
    assert sums(following) == {"sent": 2, "skipped": 1}


def test_a_full_mailbox_is_given_up_after_so_many_in_a_row_as_the_board_has_said(copy):
    NewsletterSettings.objects.update(most_soft=2)
    status, said = FULL
    assert returns.take(about(copy, status=status, said=said))
    copy.refresh_from_db()
    assert (copy.state, copy.reason) == (State.BOUNCED, Reason.SOFT)
    assert not Suppression.objects.exists()
    # The one before, two weeks ago, came back too.
    before = approve(write_issue(subject="Förra"))
    old = Delivery.objects.get(issue=before, mailbox=copy.mailbox)
    then = timezone.now() - timedelta(days=15)
    facts = {"state": State.BOUNCED, "reason": Reason.SOFT, "due_at": then, "sent_at": then}
    Delivery.objects.filter(pk=old.pk).update(**facts)
    Delivery.objects.filter(pk=copy.pk).update(state=State.SENT, reason="")
    returns.take(about(copy, status=status, said=said))
    assert Suppression.objects.get().mailbox == copy.mailbox


def test_one_that_arrived_in_between_begins_the_count_anew(copy):
    NewsletterSettings.objects.update(most_soft=2)
    for days, state, reason in ((30, State.BOUNCED, Reason.SOFT), (10, State.SENT, "")):
        issue = approve(write_issue(subject=f"För {days} dagar sedan"))
        then = timezone.now() - timedelta(days=days)
        Delivery.objects.filter(issue=issue, mailbox=copy.mailbox).update(
            state=state, reason=reason, due_at=then, sent_at=then
        )
    returns.take(about(copy, status=FULL[0], said=FULL[1]))
    assert not Suppression.objects.exists()


def test_who_calls_it_spam_gets_no_more_and_is_not_asked_why(copy):
    assert returns.take(called_spam(copy.reference.hex))
    copy.refresh_from_db()
    assert (copy.state, copy.reason) == (State.SENT, Reason.COMPLAINT)
    kept = Subscription.objects.get(email_key=copy.email_key)
    assert (kept.pace, kept.source) == (Pace.NONE, Subscription.Source.PROVIDER)
    assert kept.consent is not None
    assert kept.consent.withdrawn_at is not None
    assert Suppression.objects.get().reason == Suppression.Reason.COMPLAINT


def test_the_bar_outlives_the_person_as_a_hash_alone(copy):
    returns.take(about(copy))
    erase_person(copy.email)
    bar = Suppression.objects.get()
    assert bar.mailbox == hash_of("reader1@exempel.se")
    assert len(bar.mailbox) == 64
    assert not Delivery.objects.filter(email="reader1@exempel.se").exists()
    subscribed("reader2@exempel.se")
    assert returns.take(about(copy)), "a report that comes late finds the copy without an address"


def test_who_proves_the_mailbox_anew_gets_letters_again(copy):
    returns.take(about(copy))
    subscribed(copy.email)
    assert not Suppression.objects.exists()


def test_a_number_that_nobody_got_changes_nothing(copy):
    before = list(Delivery.objects.order_by("pk").values())
    forged = sent_back(uuid.uuid4().hex, to=copy.email)
    assert not returns.take(forged)
    assert list(Delivery.objects.order_by("pk").values()) == before
    assert not Suppression.objects.exists()


def test_a_report_that_is_faster_than_the_note_of_the_sender_stays(copy):
    from newsletters.services import claims
    from newsletters.smtp import Answer, Fate

    issue = approve(write_issue(subject="Nästa"))
    held = claims.claim(issue, 3)
    assert held is not None
    under_way = Delivery.objects.get(issue=issue, mailbox=copy.mailbox)
    returns.take(about(under_way))
    claims.note(held, [Answer(Fate.SENT)] * 3)
    assert sums(issue) == {"sent": 2, "bounced": 1}


@pytest.mark.parametrize("kind", ["hard", "soft"])
def test_a_letter_of_the_outbox_that_came_back_is_told_to_the_apps(
    db, kind, django_capture_on_commit_callbacks
):
    heard = []

    def failed(letter, **kwargs):
        heard.append(letter.pk)

    letter = post("newsletter_confirm", to="kim@exempel.se", about={"opt_in": 0})
    assert letter is not None
    Letter.objects.update(state=Letter.State.SENT, sent_at=timezone.now())
    status, said = GONE if kind == "hard" else FULL
    raw = sent_back(str(letter.pk), to="kim@exempel.se", status=status, said=said)
    letter_failed.connect(failed)
    try:
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                assert returns.take(raw)
    finally:
        letter_failed.disconnect(failed)
    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED
    assert letter.last_error.startswith(status)
    assert heard == [letter.pk]
    assert Suppression.objects.exists() is (kind == "hard")


def test_a_letter_can_end_the_newsletter_by_mail(copy, sink):
    letter = sink.to(copy.email)[0]
    subject = str(letter.message["List-Unsubscribe"]).partition("?subject=")[2].rstrip(">")
    raw = f"From: any@one.example\r\nSubject: {subject.replace('%20', ' ')}\r\n\r\n".encode()
    assert returns.take(raw)
    copy.refresh_from_db()
    assert copy.ended_at is not None
    assert Subscription.objects.get(email_key=copy.email_key).pace == Pace.NONE
    assert not returns.take(raw.replace(b"avsluta d", b"avsluta s"))
    assert Subscription.objects.filter(pace=Pace.NONE).count() == 1


def test_a_complaint_makes_nobody_known(db):
    PersonFactory(email="annan@exempel.se")
    report = reports.Report(Kind.COMPLAINT, None, email="okand@exempel.se")
    assert returns.note(report)
    assert not Subscription.objects.exists()
    assert Suppression.objects.get().mailbox == hash_of("okand@exempel.se")
