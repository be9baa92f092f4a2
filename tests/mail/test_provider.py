"""The outbox by a provider's own way: what it answers, and what becomes of the letter."""

import pytest
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due, post
from samvaro import environment
from tests.postmark import Postmark

pytestmark = pytest.mark.django_db
State = Letter.State
KIM = "kim@exempel.se"


@pytest.fixture
def provider(settings):
    with Postmark() as found:
        settings.EMAIL_BACKEND, settings.ANYMAIL = found.settings
        yield found


def write(to: str = KIM) -> Letter:
    letter = post("plain", to=to, about={"subject": "Vi ses", "words": "Välkommen, Åsa"})
    assert letter
    return letter


def test_a_letter_leaves_whole_and_with_its_number(provider, plain):
    letter = write()
    assert deliver_due() == 1
    sent = provider.letters[0]
    assert (sent["To"], sent["Subject"]) == (KIM, "Vi ses")
    assert "Välkommen, Åsa" in sent["TextBody"]
    assert "Välkommen, Åsa" in sent["HtmlBody"]
    assert sent["Metadata"] == {"letter": letter.pk.hex}
    letter.refresh_from_db()
    assert letter.state == State.SENT


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Postmark.INACTIVE, State.FAILED),
        (Postmark.WRONG, State.FAILED),
        (Postmark.BUSY, State.QUEUED),
        (Postmark.BROKEN, State.QUEUED),
        (Postmark.HANGS_UP, State.QUEUED),
    ],
)
def test_what_the_provider_answers_decides_what_becomes_of_it(provider, plain, answer, state):
    letter = write()
    provider.answers = {KIM: answer}
    assert deliver_due() == 0
    letter.refresh_from_db()
    assert letter.state == state
    assert letter.last_error
    assert KIM not in letter.last_error
    if state == State.QUEUED:
        assert letter.due_at > timezone.now()


def test_one_that_is_refused_does_not_stop_the_next(provider, plain):
    write()
    write("lou@exempel.se")
    provider.answers = {KIM: Postmark.INACTIVE}
    assert deliver_due() == 1
    assert [sent["To"] for sent in provider.letters] == ["lou@exempel.se"]


def test_where_nobody_answers_the_letters_wait_together(provider, plain):
    write()
    write("lou@exempel.se")
    provider.close()
    assert deliver_due() == 0
    assert list(Letter.objects.values_list("attempts", flat=True).order_by("pk")).count(0) == 1


def test_the_environment_names_the_provider():
    found = environment.mail_transport("anymail://mailgun")
    assert found["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert found["MAIL_PROVIDER"] == "mailgun"
    by_smtp = environment.mail_transport("smtp+tls://user:word@mail.example:587")
    assert (by_smtp["EMAIL_HOST"], by_smtp["EMAIL_USE_TLS"]) == ("mail.example", True)


@pytest.mark.parametrize("name", ["", "nobody", "../x", "mailgun.x"])
def test_a_provider_that_nobody_knows_stops_the_start(name):
    with pytest.raises(environment.Misconfigured, match="anymail knows no"):
        environment.mail_transport(f"anymail://{name}")
