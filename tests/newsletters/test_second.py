"""A second person looks at a letter: not one of its writers, and at the words as they are."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from mail.services.outbox import deliver_due
from newsletters.models import Hand, Issue, NewsletterSettings
from newsletters.services import checks, second, starting, writing
from newsletters.services.audience import Choice
from pages.services import foundation
from pages.wagtail_hooks.home import waiting_for
from tests.doors import log_in
from tests.factories import UserFactory
from tests.newsletters.conftest import write_issue
from tests.newsletters.test_choices import subscribed
from tests.newsletters.test_office import said_yes_to, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return UserFactory(role="styrelse", email="anna@exempel.se", first_name="Anna", last_name="Ek")


@pytest.fixture
def bo():
    return UserFactory(role="styrelse", email="bo@exempel.se", first_name="Bo", last_name="Al")


@pytest.fixture
def issue(anna) -> Issue:
    """Written by Anna, tested, with one reader, where the board wants two persons."""
    foundation.lay()
    chosen = NewsletterSettings.load()
    chosen.two_persons = True
    chosen.save()
    subscribed("las@exempel.se")
    issue = write_issue()
    writing.keep_version(issue, anna)
    writing.note_test(issue)
    issue.refresh_from_db()
    return issue


def waits_for(user) -> list[str]:
    lines = waiting_for(user, timezone.now())
    return [line.text for line in lines if "nyhetsbrev" in line.text]


def waits_for_a_second(issue: Issue) -> bool:
    issue.refresh_from_db()
    texts = [check.text for check in checks.stops(issue)]
    return texts == ["En till i styrelsen behöver godkänna brevet, så som det är nu."]


def test_from_a_question_to_a_letter_on_its_way(client, issue, anna, bo):
    board = log_in(client, anna)
    assert waits_for_a_second(issue)
    page = text_of(board.get(url(issue, "vem")))
    assert "Be om godkännande" in page
    board.post(url(issue, "be-om-godkannande"))
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["bo@exempel.se"]]
    assert f"/admin/nyhetsbrev/{issue.pk}/godkann/" in mail.outbox[0].body
    assert waits_for(bo) == ["1 nyhetsbrev att godkänna"]
    assert waits_for(anna) == []

    board = log_in(client, bo)
    page = text_of(board.get(url(issue, "godkann")))
    assert "Skrivet av Anna Ek" in page
    board.post(url(issue, "godkann"), {"mark": issue.whole_mark})
    assert "Bo Al har godkänt brevet så som det är nu." in text_of(board.get(url(issue, "godkann")))
    assert waits_for(bo) == []
    board = log_in(client, anna)
    board.post(url(issue, "stanna-upp"), said_yes_to(issue))
    issue.refresh_from_db()
    assert issue.state == Issue.State.SCHEDULED


def test_who_wrote_it_cannot_be_the_second(client, issue, anna):
    board = log_in(client, anna)
    answer = board.post(url(issue, "godkann"), {"mark": issue.whole_mark})
    told = text_of(board.get(answer.headers["Location"]))
    assert "Du har själv skrivit i brevet. Någon annan godkänner det." in told
    assert waits_for_a_second(issue)
    with pytest.raises(second.OwnWords):
        second.give(issue, actor=anna, mark=issue.whole_mark)


def test_the_database_lets_nobody_be_both(issue, anna):
    facts = {"issue": issue, "user": anna, "part": "second", "at": timezone.now()}
    for mark in (issue.whole_mark, ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hand.objects.create(**facts, mark=mark)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Något annat i november"},
        {"preheader": "Fika på fredag och en ny grupp som startar i januari."},
        {"greeting": "Något nytt."},
        {"body": []},
        {"in_archive": False},
        {"kind": "notice"},
        {"audience": Choice(paces=("monthly",)).as_json()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_takes_the_second_look_back(issue, anna, bo, change):
    """Also one that goes past everything that we have written."""
    second.give(issue, actor=bo, mark=issue.whole_mark)
    assert second.of(issue) is not None
    Issue.objects.update(**change)
    issue.refresh_from_db()
    assert second.of(issue) is None
    with pytest.raises(starting.NeedsSecond):
        starting.approve(issue, actor=anna, shown=1)


def test_words_that_were_not_shown_are_not_approved(client, issue, bo):
    seen = issue.whole_mark
    Issue.objects.update(greeting="Något nytt.")
    board = log_in(client, bo)
    answer = board.post(url(issue, "godkann"), {"mark": seen})
    assert answer.headers["Location"] == url(issue, "godkann")
    assert "Någon ändrade brevet nyss." in text_of(board.get(url(issue, "godkann")))
    assert not Hand.objects.filter(part="second").exists()


def test_a_second_who_writes_in_it_is_a_writer_from_then(issue, anna, bo):
    second.give(issue, actor=bo, mark=issue.whole_mark)
    writing.entitle(issue, subject="Höst hos oss", preheader="x" * 50, actor=bo)
    issue.refresh_from_db()
    assert second.of(issue) is None
    with pytest.raises(second.OwnWords):
        second.give(issue, actor=bo, mark=issue.whole_mark)
    assert set(second.who_could(issue)) == set()


def test_a_board_that_has_not_asked_for_it_needs_no_second(issue, anna):
    NewsletterSettings.objects.update(two_persons=False)
    assert checks.stops(issue) == []
    assert starting.approve(issue, actor=anna, shown=1).prepared == 1
    assert second.waiting(anna).count() == 0


def test_what_has_paused_and_what_stopped_by_itself_waits_for_the_board(issue, anna, bo):
    second.give(issue, actor=bo, mark=issue.whole_mark)
    issue = starting.approve(issue, actor=anna, shown=1)
    starting.pause(issue)
    assert waits_for(anna) == ["1 nyhetsbrev har paus"]
    Issue.objects.update(pause=Issue.Pause.ERRORS)
    assert waits_for(anna) == ["1 nyhetsbrev stannade, för många brev kom inte fram"]
    starting.resume(Issue.objects.get())
    assert waits_for(anna) == []
    assert waits_for(UserFactory(role="redaktor")) == []
